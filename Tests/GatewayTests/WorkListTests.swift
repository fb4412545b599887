import Contracts
import Domain
import FoundationEssentials
import Support
import Testing
import Web

@testable import Gateway

/// The pages against the real services.
@Suite("Work lists", .serialized)
struct WorkListTests {
    @Test("A roster becomes a person with a card, page by page")
    func wholeWay() throws {
        let county = try RunningCounty()
        defer { county.stop() }
        let web = try GatewayWeb(desk: Desk(process: county.gateway))
        let humanResources = try Browser(web, as: .humanResources, in: county)
        let enterprise = try Browser(web, as: .enterprise(), in: county)
        let township = try Browser(web, as: .township(), in: county)
        let recorded = try humanResources.send(
            "/enterprises", [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county")])
        #expect(recorded.status == 303)

        // One good row, one whose ID number is wrong.
        let file = "\(county.folder)/roster.csv"
        let text = """
            姓名,身份证号,乡镇,现居住地址,政治面貌,养老保险参保地,医疗保险参保地
            李阿明,\(TestIdentity.number(1)),迤萨镇,红河县迤萨镇,中共党员,红河县,红河县
            王<b>,532529195503140000,迤萨镇,红河县迤萨镇,群众,红河县,红河县

            """
        try Data(text.utf8).write(to: URL(filePath: file))
        let upload = UploadedFile(
            field: "file", fileName: "名册.csv", mediaType: "text/csv", byteCount: text.utf8.count, path: file)
        let sent = try enterprise.importRoster(upload)
        #expect(sent.header("Location") == "/rosters/1")
        var page = enterprise.text("/rosters/1")
        for _ in 0..<200 where !page.contains("已导入") { page = enterprise.text("/rosters/1") }
        #expect(page.contains("未导入的行（1）"))
        let setAside = Browser.text(enterprise.open("/rosters/1/set-aside"))
        #expect(setAside.contains("原因") && setAside.contains("王<b>"))
        let again = try enterprise.importRoster(upload)
        #expect(again.header("Location") == "/rosters/1?done=already-imported")

        #expect(humanResources.text("/work/verify").contains("李阿明"))
        #expect(try humanResources.send("/steps/registry.person.verify/1", []).status == 303)
        let application = [
            ("enterprise", Sample.enterprise), ("township", Sample.township), ("person", "1"),
            ("dated", "2026-10-20"),
        ]
        let refused = try enterprise.send("/work/apply", application)
        #expect(refused.status == 422)
        #expect(Browser.text(refused).contains("第十五条") && Browser.text(refused).contains("户口本"))
        let materials = Material.allCases.map { ("material", $0.rawValue) }
        #expect(try enterprise.send("/work/apply", application + materials).status == 303)

        let forbidden = try township.send(
            "/work/receive",
            [("application", "1"), ("step", "refuse"), ("cause", "premises-missing"), ("explanation", "没有<场所>")])
        #expect(forbidden.status == 403)
        #expect(Browser.text(forbidden).contains("第十一条"))
        #expect(Browser.text(forbidden).contains("没有&lt;场所&gt;"), "what was entered is kept, escaped")
        let accept = [("application", "1"), ("step", "accept"), ("dated", "2026-10-28")]
        #expect(try township.send("/work/receive", accept).status == 303)
        #expect(
            try township.send(
                "/steps/registry.person.confirm/1", [("method", "visit"), ("telephone", "13800000000")]
            ).status == 303)
        let card = try township.send("/work/confirm", [("person", "1")])
        #expect(card.header("Location") == "/cards?person=1&did=cards-issued&count=1")
        #expect(township.text("/cards?person=1").contains("<svg"))
        #expect(township.text("/people/1").contains("/cards/1"))
        #expect(township.text("/cards/1").contains("<svg"))

        let applied = township.text("/work/applications/1")
        #expect(applied.contains("李阿明") && applied.contains("户口本") && applied.contains("已接收"))
        #expect(enterprise.text("/work/apply").contains("/work/applications/1"))
        #expect(try enterprise.send("/rosters", []).status == 422, "a form without a file is refused")
        try tracks(web, county)
        try access(web, county)
        try once(township)
    }

    /// Each department's step for the person who was accepted.
    private func tracks(_ web: GatewayWeb, _ county: RunningCounty) throws {
        let archives = try Browser(web, as: .archivist, in: county)
        try wait { archives.text("/work/archives").contains("李阿明") }
        let bad = try archives.send(
            "/steps/archives.file.receive/1",
            [("scheme", "worker"), ("volumes", "1"), ("dated", "2026-11-02"), ("catalogue", "履历表")])
        #expect(bad.status == 422 && Browser.text(bad).contains("第 1 行"))
        let received = try archives.send(
            "/steps/archives.file.receive/1",
            [
                ("scheme", "worker"), ("volumes", "1"), ("dated", "2026-11-02"),
                ("catalogue", "1 履历表 1985-06 4\n2 自传 3"), ("missing", ""),
            ])
        #expect(received.status == 303, "\(Browser.text(received).suffix(3000).prefix(900))")
        let file = archives.text("/work/archives/1")
        #expect(file.contains("红档接〔") && file.contains("自传") && !file.contains("/steps/archives.file.receive/1"))
        let health = try Browser(web, as: .doctor, in: county)
        try wait { health.text("/work/health").contains("李阿明") }
        let opened = try health.send(
            "/steps/health-records.record.open/1", [("villageSegment", "001"), ("dated", "2026-11-03")])
        #expect(opened.status == 303, "\(Browser.text(opened).suffix(1500))")
        #expect(health.text("/work/health/1").contains("档案编号"))
        let humanResources = try Browser(web, as: .humanResources, in: county)
        try wait { humanResources.text("/work/intake").contains("2026年10月") }
        #expect(try humanResources.send("/work/intake", [("step", "build"), ("month", "2026-10")]).status == 303)
        let agency = try Browser(web, as: .socialInsurance, in: county)
        #expect(
            try agency.send("/steps/benefits-liaison.list.check/1", [("result", "differs")]).status == 422)
        #expect(
            try agency.send("/steps/benefits-liaison.list.check/1", [("result", "matches")]).status == 303)
        let finance = try Browser(web, as: .finance, in: county)
        try wait { finance.text("/work/assets").contains("红河县测试茶厂") }
        let inventory = try finance.send(
            "/work/assets/\(Sample.enterprise)",
            [
                ("step", "inventory"), ("itemName", "活动室"), ("itemKind", "premises"), ("itemSeparable", "yes"),
                ("itemValue", "12000.50"), ("itemName", ""), ("itemKind", "premises"), ("itemSeparable", "yes"),
                ("itemValue", ""), ("shareholders", "1"), ("numerator", "1"), ("denominator", "1"),
            ])
        #expect(inventory.status == 303, "\(Browser.text(inventory).suffix(1500))")
        let organization = try Browser(web, as: .organization, in: county)
        try wait { organization.text("/work/party").contains("李阿明") }
        let steps: [(String, [(String, String)])] = [
            (
                "prepare",
                [
                    ("kind", "full"), ("preparation.fileChecked", "on"), ("preparation.duesBaseVerified", "on"),
                    ("preparation.dataGathered", "on"), ("duesBaseInFen", "3200"),
                    ("preparation.duesPaidThrough", "2026-10"),
                ]
            ),
            ("send", [("organization", "迤萨镇党委"), ("dated", "2026-11-23"), ("validDays", "30")]),
            ("accept", []),
        ]
        for (step, fields) in steps {
            let answer = try organization.send("/steps/party-relations.transfer.\(step)/1", fields)
            #expect(answer.status == 303, "\(step): \(Browser.text(answer).suffix(3000).prefix(600))")
        }
        let placed = try organization.send("/steps/party-relations.member.place/1", [("branch", "第一社区党支部")])
        #expect(placed.status == 303)
        #expect(organization.text("/work/party/1").contains("第一社区党支部"))
    }

    @Test("A roster is taken back; notices are opened, answered and closed; an announcement arrives")
    func undoAndNotices() throws {
        let county = try RunningCounty()
        defer { county.stop() }
        let web = try GatewayWeb(desk: Desk(process: county.gateway))
        let humanResources = try Browser(web, as: .humanResources, in: county)
        let team = try Browser(web, as: .workingTeam, in: county)
        let township = try Browser(web, as: .township(), in: county)
        try humanResources.send(
            "/enterprises", [("code", Sample.enterprise), ("name", "红河县测试茶厂"), ("ownership", "county")])
        let file = "\(county.folder)/roster.csv"
        let text = "姓名,身份证号,乡镇,养老保险参保地,医疗保险参保地\n李阿芳,\(TestIdentity.number(2)),迤萨镇,红河县,红河县\n"
        try Data(text.utf8).write(to: URL(filePath: file))
        let upload = UploadedFile(
            field: "file", fileName: "名册.csv", mediaType: "text/csv", byteCount: text.utf8.count, path: file)
        try humanResources.importRoster(upload)
        try wait { humanResources.text("/rosters/1").contains("已导入") }
        #expect(try humanResources.send("/rosters/1", [("reason", "")]).status == 422)
        #expect(try humanResources.send("/rosters/1", [("reason", "企业重报")]).status == 422)
        #expect(
            try humanResources.send("/rosters/1", [("reason", "企业重报"), ("certain", "on")]).status == 303)
        #expect(humanResources.text("/rosters/1").contains("已撤销"))
        #expect(!humanResources.text("/work/verify").contains("李阿芳"))

        let notice = [
            ("step", "open"), ("role", "township"), ("area", "township:\(Sample.township)"), ("due", "2099-01-05"),
            ("subject", "尽快接收"),
        ]
        #expect(try team.send("/supervision", notice).status == 303)
        #expect(township.text("/supervision").contains("尽快接收"))
        #expect(
            try township.send("/supervision", [("step", "answer"), ("notice", "1"), ("answer", "已办")]).status == 422)
        let answer = [("step", "answer"), ("notice", "1"), ("answer", "已接收全部申请人员")]
        #expect(try township.send("/supervision", answer).status == 303)
        #expect(try team.send("/supervision", [("step", "close"), ("notice", "1")]).status == 303)
        #expect(township.text("/supervision").contains("已办结"))
        let announcement = [("step", "publish"), ("title", "政策宣讲"), ("body", "周三下午"), ("role", "township")]
        #expect(try team.send("/inbox", announcement).status == 303)
        try wait { township.text("/inbox").contains("政策宣讲") }
    }

    /// Every page for every role: open for those it is meant for, closed for the others.
    private func access(_ web: GatewayWeb, _ county: RunningCounty) throws {
        for role in Role.allCases {
            let area: Area =
                switch role {
                case .township: .township(Sample.township)
                case .enterprise: .enterprise(Sample.enterprise)
                default: .county
                }
            let browser = try Browser(web, as: Officer(user: "u", role: role, area: area), in: county)
            let shown = ["/steps/", "/runs/", "/rosters/preview/"]
            for page in Pages.all where !shown.contains(where: page.path.hasPrefix) {
                let path = page.path.replacing(":person", with: "1").replacing(":roster", with: "1")
                    .replacing(":enterprise", with: Sample.enterprise).replacing(":application", with: "1")
                let status = browser.open(path).status
                // A township sees the assets of those enterprises only whose agreement names it.
                if role == .township, page.path == EnterpriseAssetsPage.path { continue }
                let isMeant = page.roles.contains(role)
                #expect(status == (isMeant ? 200 : 403), "\(page.path) for \(role.rawValue)")
            }
            #expect(browser.open(Pages.home(of: role)).status == 200, "the home page of \(role.rawValue)")
        }
        #expect(Browser(web).open("/work/verify").status == 303, "who is not signed in goes to sign in")
    }

    /// A form works once and only for the session it was made for.
    private func once(_ township: Browser) throws {
        let stale = township.post("/work/receive", [("token", "0-0"), ("application", "1"), ("dated", "2026-10-28")])
        #expect(stale.status == 409)
        #expect(Browser.text(stale).contains("页面已过期"))
    }

    private func wait(_ condition: () -> Bool) throws {
        for _ in 0..<200 {
            if condition() { return }
            Pause.milliseconds(50)
        }
        throw BrowserError(reason: "what was waited for did not come")
    }
}
