import Contracts
import Domain
import FoundationEssentials
import Glibc
import Support
import Testing

/// Real processes, real files: what a county does with the system, from the roster's file to "handed over".
@Suite("A county of real processes", .serialized)
struct HandOverSystemTests {
    @Test("A roster made by another program, through every department's page, to handed over")
    func wholeWay() throws {
        let county = try County()
        let humanResources = try county.clerk("renshe", .humanResources)
        try humanResources.carryOut(
            "/enterprises",
            [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county"), ("standIn", "")])
        let imported = try county.jieli(
            "import", try Roster.workbook(in: county.folder, people: 3), "--enterprise", Sample.enterprise, "--json")
        #expect(imported.status == 0, "\(imported.output)\(imported.errors)")
        let again = try county.jieli(
            "import", "\(county.folder)/roster.xlsx", "--enterprise", Sample.enterprise)
        #expect(again.status == 0 && again.output.contains("已经导入过"))

        try steps(county, humanResources)

        let team = try county.clerk("zhuanban", .workingTeam)
        try eventually("the overview counts who is handed over") {
            try county.overview(team).statuses.first { $0.status == .handedOver }?.people == 1
        }
        let overview = try county.overview(team)
        #expect(overview.people == 3)
        #expect(overview.enterprises.first?.assets == AssetState.none)
        #expect(overview.tracks.allSatisfy { $0.done == 1 }, "\(overview.tracks)")
        #expect(overview.services?.allSatisfy(\.hasWriter) == true)
        let page = try team.get("/people/1").text
        #expect(page.contains("已全部移交") && page.contains("编入党支部") && page.contains("发放联系卡"))
        let verified = try county.jieli("verify")
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        #expect(try county.status().count == 11)
    }

    /// The steps of every department for the first person, a Party member with out-of-pool items.
    private func steps(_ county: County, _ humanResources: Clerk) throws {
        let enterprise = try county.clerk("qiye", .enterprise, .enterprise(Sample.enterprise))
        let township = try county.clerk("yisa", .township, .township(Sample.township))
        try humanResources.carryOut("/steps/registry.person.verify/1", [])
        // Dated into the month before, so that the month's list can be built.
        let dated = CalendarDay(SystemClock().now()).month.previous.lastDay.description
        let materials = Material.allCases.map { ("material", $0.rawValue) }
        try enterprise.carryOut(
            "/work/apply",
            [("enterprise", Sample.enterprise), ("township", Sample.township), ("person", "1"), ("dated", dated)]
                + materials)
        let refused = try township.send(
            "/work/receive",
            [("application", "1"), ("step", "refuse"), ("cause", "premises-missing"), ("explanation", "无场所")])
        #expect(refused.status == 403 && refused.text.contains("第十一条（三）"))
        try township.carryOut("/work/receive", [("application", "1"), ("step", "accept"), ("dated", dated)])
        try township.carryOut("/steps/registry.person.confirm/1", [("method", "visit"), ("telephone", "13800000000")])
        try township.carryOut("/work/confirm", [("person", "1")])
        #expect(try township.get("/cards/1").text.contains("<svg"))

        let archives = try county.clerk("dangan", .archives)
        try wait(for: "李阿明", at: "/work/archives", archives)
        try archives.carryOut(
            "/steps/archives.file.receive/1",
            [
                ("scheme", "worker"), ("volumes", "1"), ("dated", dated), ("catalogue", "1 履历表 1985-06 4"),
                ("missing", ""),
            ])
        let doctor = try county.clerk("weijian", .health)
        try wait(for: "李阿明", at: "/work/health", doctor)
        try doctor.carryOut(
            "/steps/health-records.record.open/1",
            [
                ("villageSegment", "001"), ("dated", dated), ("bloodType", ""), ("allergies", ""),
                ("chronicDiseases", ""),
            ])
        try party(county, dated)
        try wait(for: dated.prefix(4) + "年", at: "/work/intake", humanResources)
        try humanResources.carryOut("/work/intake", [("step", "build"), ("month", String(dated.prefix(7)))])
        let finance = try county.clerk("caizheng", .finance)
        try finance.carryOut(
            "/work/surveys",
            [("enterprise", Sample.enterprise), ("kind", "heating"), ("cap", "300")])
        try humanResources.carryOut(
            "/steps/benefits-liaison.items.register/1",
            [
                ("items.kind", "heating"), ("items.monthlyAmountInFen", "120.50"), ("items.channel", "enterprise"),
            ])
        try finance.carryOut("/work/assets/\(Sample.enterprise)", [("step", "none")])
    }

    private func party(_ county: County, _ dated: String) throws {
        let organization = try county.clerk("zuzhibu", .organization)
        try wait(for: "李阿明", at: "/work/party", organization)
        let transfer = "/steps/party-relations.transfer"
        let letter = [("organization", "迤萨镇党委"), ("dated", dated), ("validDays", "60")]
        let incomplete = try organization.send("\(transfer).send/1", letter)
        #expect(incomplete.status == 409 && incomplete.text.contains("第十条（三）"), "\(Clerk.fault(incomplete.text))")
        try organization.carryOut(
            "\(transfer).prepare/1",
            [
                ("kind", "full"), ("duesBaseInFen", "2850.50"),
                ("preparation.duesPaidThrough", String(dated.prefix(7))), ("preparation.fileChecked", "on"),
                ("preparation.duesBaseVerified", "on"), ("preparation.dataGathered", "on"),
            ])
        try organization.carryOut("\(transfer).send/1", letter)
        try organization.carryOut("\(transfer).accept/1", [])
        try organization.carryOut("/steps/party-relations.member.place/1", [("branch", "城关社区第一支部")])
    }

    private func wait(for text: some StringProtocol, at address: String, _ clerk: Clerk) throws {
        try eventually("\(text) at \(address)") { try clerk.get(address).text.contains(text) }
    }

    @Test(
        "kill -9 of any one process during an import loses nothing and doubles nobody",
        arguments: ["registry", "bus", "gateway", "archives"])
    func killed(service: String) throws {
        let county = try County()
        let humanResources = try county.clerk("renshe", .humanResources)
        let team = try county.clerk("zhuanban", .workingTeam)
        try humanResources.carryOut(
            "/enterprises",
            [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county"), ("standIn", "")])
        let people = 3000
        let file = try Roster.csv(in: county.folder, people: people)
        let victim = try county.process(of: service)
        let importing = Background {
            try county.jieli("import", file, "--enterprise", Sample.enterprise)
        }
        // In the middle: once the registry has taken some rows.
        try eventually("rows arrive") { try county.jieli("rosters").output.contains("导入中") || importing.isOver }
        #expect(!importing.isOver, "the import is over before anything could happen to it")
        kill(victim, SIGKILL)
        var imported = try importing.result()
        if imported.status != 0 {
            try eventually("the county is back") { try county.jieli("rosters").status == 0 }
            imported = try county.jieli("import", file, "--enterprise", Sample.enterprise)
        }
        #expect(imported.status == 0, "\(imported.output)\(imported.errors)")
        try eventually("everybody counts once", withinSeconds: 30) {
            try (try? county.overview(team).people) == people && county.process(of: service) != victim
        }
        #expect(try county.jieli("verify").status == 0)
        let store = try Program.run(
            "/usr/bin/sqlite3",
            [
                "\(county.folder)/stores/registry/registry.sqlite",
                "SELECT count(*), count(DISTINCT identity_token) FROM person",
            ])
        #expect(store.output.contains("\(people)|\(people)"), "\(store.output)\(store.errors)")
    }
}
