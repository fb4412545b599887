import Contracts
import Domain
import FoundationEssentials
import Glibc
import Support
import Testing

@Suite("What is done for many, by real processes", .serialized)
struct RunSystemTests {
    private static let people = 2000

    private func run(_ county: County, _ arguments: String...) throws -> Program {
        try Program.run(
            County.jieli,
            ["run"] + arguments + [
                "--user", "renshe", "--password-stdin", "--gateway", "http://127.0.0.1:\(county.port)",
            ], input: County.password + "\n")
    }

    @Test(
        "A sheet of thousands is done in an account's name, over kill -9 of the gateway, and nobody is done twice"
    )
    func sheet() throws {
        let county = try County()
        let humanResources = try county.clerk("renshe", .humanResources)
        let team = try county.clerk("zhuanban", .workingTeam)
        try humanResources.carryOut(
            "/enterprises",
            [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county"), ("standIn", "")])
        let file = try Roster.csv(in: county.folder, people: Self.people)
        #expect(try county.jieli("import", file, "--enterprise", Sample.enterprise).status == 0)
        try humanResources.carryOut("/steps/registry.person.verify/1", [])

        let template = "\(county.folder)/template.xlsx"
        let fetched = try run(county, "registry.person.verify", "--template", template)
        #expect(fetched.status == 0, "\(fetched.output)\(fetched.errors)")
        // Somebody is verified by hand after the sheet was made: the line is refused, and the others are done.
        try humanResources.carryOut("/steps/registry.person.verify/2", [])
        let checked = try run(county, "registry.person.verify", template, "--check")
        #expect(checked.status == 0 && checked.output.contains("没有办理"), "\(checked.output)\(checked.errors)")
        #expect(try county.overview(team).statuses.first { $0.status == .verified }?.people == 2)

        let victim = try county.process(of: "gateway")
        let running = Background { try self.run(county, "registry.person.verify", template) }
        try eventually("some are done") {
            (try? humanResources.get("/api/v1/runs/2"))?.text.contains("\"state\":\"running\"") ?? false
        }
        kill(victim, SIGKILL)
        let done = try running.result()
        #expect(done.status == 1, "one was refused: \(done.output)\(done.errors)")
        #expect(done.output.contains("已办 \(Self.people - 2) 人，未成 1 人"), "\(done.output)\(done.errors)")
        #expect(done.errors.contains("第 2 行："), "\(done.errors)")
        try eventually("all are verified") {
            try county.overview(team).statuses.first { $0.status == .verified }?.people == Self.people
        }
        let verified = try team.get("/people/3").text
        #expect(verified.split(separator: PersonVerified.title, omittingEmptySubsequences: false).count == 2)
        let wrong = try Program.run(
            County.jieli,
            [
                "run", "registry.person.verify", template, "--user", "renshe", "--password-stdin", "--gateway",
                "http://127.0.0.1:\(county.port)",
            ], input: "falsch\n")
        #expect(wrong.status == 1 && wrong.errors.contains("账号或密码不对"))
    }
}
