import Contracts
import Domain
import FoundationEssentials
import Support
import Testing

/// Real processes whose stores are put back older, taken away or lost.
@Suite("Reconciling", .serialized)
struct ReconcileSystemTests {
    private func store(_ county: County) -> String { "\(county.folder)/stores/registry/registry.sqlite" }

    private func filledCounty() throws -> (County, Clerk) {
        let county = try County()
        let humanResources = try county.clerk("renshe", .humanResources)
        try humanResources.carryOut(
            "/enterprises",
            [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county"), ("standIn", "")])
        let imported = try county.jieli(
            "import", try Roster.workbook(in: county.folder, people: 3), "--enterprise", Sample.enterprise)
        try #require(imported.status == 0, "\(imported.output)\(imported.errors)")
        return (county, humanResources)
    }

    private func removeStore(_ county: County) {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: store(county) + suffix) }
    }

    private func health(_ county: County) throws -> (status: Int, text: String) {
        let answer = try Clerk(port: county.port).get("/healthz")
        return (answer.status, answer.text)
    }

    @Test(
        "One department put back older is named at once, takes nothing, and goes on by one command",
        arguments: [true, false])
    func putBack(keepsMark: Bool) throws {
        let (county, humanResources) = try filledCounty()
        try humanResources.carryOut("/steps/registry.person.verify/1", [])
        try #require(try county.jieli("backup", "\(county.folder)/backup").status == 0)
        try humanResources.carryOut("/steps/registry.person.verify/2", [])
        try humanResources.carryOut("/steps/registry.person.verify/3", [])
        let team = try county.clerk("zhuanban", .workingTeam)
        try eventually("the gateway has heard of it") {
            try county.overview(team).statuses.first { $0.status == .verified }?.people == 3
        }

        try #require(try county.jieli("down").status == 0)
        removeStore(county)
        try FileManager.default.copyItem(
            atPath: "\(county.folder)/backup/stores/registry/registry.sqlite", toPath: store(county))
        if !keepsMark { try FileManager.default.removeItem(atPath: "\(county.folder)/stores/registry/registry.mark") }
        // Without its mark the others still know that they have applied more of it.
        #expect(try county.jieli("verify").status == 1)
        let up = try county.jieli("up", "--detach", "--port", String(county.port))
        if keepsMark { #expect(up.output.contains("（registry）暂停办理"), "\(up.output)") }

        try eventually("the status names it", withinSeconds: 5) {
            let status = try county.jieli("status").output
            return status.contains("暂停办理") && status.contains("停止取用：registry")
        }
        // What was found is good for two seconds.
        try eventually("healthz tells", withinSeconds: 5) {
            let health = try self.health(county)
            return health.status == 503 && health.text.contains("log.behind-")
        }
        let health = try health(county)
        #expect(health.text.contains("log.behind-") && health.text.contains("stream-halted"))
        #expect(try humanResources.send("/steps/registry.person.verify/2", []).status == 503)

        let looked = try county.jieli("reconcile", "registry", "--dry-run")
        #expect(looked.status == 1 && looked.output.contains(PersonVerified.name), "\(looked.output)\(looked.errors)")
        #expect(try county.jieli("reconcile", "registry").status == 64)
        #expect(try county.jieli("reconcile", "registry", "--reason", "恢复").status == 64, "nobody has confirmed")
        let done = try county.jieli("reconcile", "registry", "--reason", "恢复了较早的备份", "--yes")
        #expect(done.status == 0, "\(done.output)\(done.errors)")
        try eventually("all are well") { try self.health(county).status == 200 }
        let status = try county.jieli("status").output
        #expect(!status.contains("停止取用") && !status.contains("暂停办理"), "\(status)")
        #expect(try county.jieli("verify").status == 0)
        let again = try county.jieli("reconcile", "registry", "--reason", "再看", "--yes")
        #expect(again.status == 0 && again.output.contains("无须核对"), "\(again.output)\(again.errors)")

        // What was lost is done once more, and the others follow.
        try humanResources.carryOut("/steps/registry.person.verify/2", [])
        try eventually("everybody goes on") { try county.jieli("status", "--json").output.contains("\"lag\":0") }
        #expect(try team.get("/people/2").text.contains("待申请"))
    }

    @Test("A lost store is not made anew in silence; from nothing only by command, with other numbers")
    func lost() throws {
        let (county, _) = try filledCounty()
        let team = try county.clerk("zhuanban", .workingTeam)
        try eventually("the gateway has heard of them") { try county.overview(team).people == 3 }
        try #require(try county.jieli("down").status == 0)
        removeStore(county)
        #expect(try county.jieli("verify").status == 1)
        let up = try county.jieli("up", "--detach", "--port", String(county.port))
        #expect(up.status == 1 && up.output.contains("不见了"), "\(up.output)")
        let looked = try county.jieli("reconcile", "registry", "--from-nothing", "--dry-run")
        #expect(looked.status == 1 && looked.errors.contains("不见了"), "\(looked.errors)")
        let done = try county.jieli("reconcile", "registry", "--from-nothing", "--reason", "磁盘损坏", "--yes")
        #expect(done.status == 0, "\(done.output)\(done.errors)")
        try eventually("all are well") { try self.health(county).status == 200 }
        let humanResources = try county.clerk("renshe", .humanResources)
        try humanResources.carryOut(
            "/enterprises",
            [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county"), ("standIn", "")])
        #expect(
            try county.jieli("import", "\(county.folder)/roster.xlsx", "--enterprise", Sample.enterprise).status == 0)
        try eventually("new people have new numbers") { try county.overview(team).people == 6 }
        #expect(try county.jieli("verify").status == 0)
    }

    @Test("A store deleted under its running service is told within seconds, and nothing is acknowledged any more")
    func deleted() throws {
        let (county, humanResources) = try filledCounty()
        removeStore(county)
        try eventually("the status names it", withinSeconds: 5) {
            try county.jieli("status", "--json").output.contains("\"closedSlug\":\"store.vanished\"")
        }
        try eventually("healthz names it", withinSeconds: 5) {
            try self.health(county).text.contains("store.vanished")
        }
        let refused = try humanResources.send(
            "/enterprises",
            [("code", Sample.otherEnterprise), ("name", "红河县测试糖厂"), ("ownership", "county"), ("standIn", "")])
        #expect(refused.status == 503, "\(refused.status)")
        #expect(try humanResources.get("/work/verify").status == 503, "nobody is shown who cannot be recorded")
    }
}
