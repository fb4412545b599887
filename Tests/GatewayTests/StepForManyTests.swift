import Contracts
import Domain
import FoundationEssentials
import Support
import Testing
import Web

@testable import Gateway

@Suite("What the system knows is filled in, for one and for many", .serialized)
struct StepForManyTests {
    @Test("第十条（三）: the pension is the base of the dues; ticked members are prepared and sent by two forms")
    func party() throws {
        let member = ["political-status": "中共党员", "basic-pension": "2974"]
        let clerks = try ClerkCounty([member, member, ["political-status": "中共党员"]])
        defer { clerks.stop() }
        try clerks.accept(3)
        try clerks.wait { clerks.enterprise.text("/work/party").contains("李阿贵") }
        let prepare = "/steps/party-relations.transfer.prepare"
        #expect(clerks.enterprise.text("\(prepare)/1").contains("value=\"2,974.00\""))
        let ticked = (1...3).map { ("person", String($0)) } + [("scope", "ticked")]
        let done = [
            ("go", "on"), ("kind", "full"), ("preparation.fileChecked", "on"), ("preparation.duesBaseVerified", "on"),
            ("preparation.dataGathered", "on"), ("preparation.duesPaidThrough", "2026-11"),
        ]
        let run = try #require(try clerks.enterprise.send(prepare, ticked + done).header("Location"))
        try clerks.wait { clerks.enterprise.text(run).contains("已办完，1 项未成") }
        let page = clerks.enterprise.text(run)
        #expect(page.contains("李阿贵") && page.contains("党费交纳基数（元/月）：请填写"), "who has no pension is not lost")
        #expect(clerks.enterprise.text("/work/party/1").contains("2,974.00 元/月"))
        let send = "/steps/party-relations.transfer.send"
        let letter = [("go", "on"), ("dated", "2026-11-23"), ("validDays", "10")]
        let sent = try #require(try clerks.enterprise.send(send, ticked + letter).header("Location"))
        try clerks.wait { clerks.enterprise.text(sent).contains("已办完，1 项未成") }
        #expect(clerks.township.text("/work/party/2").contains("迤萨镇党委"))
        let accept = "/steps/party-relations.transfer.accept"
        let all = [("scope", "all"), ("go", "on"), ("dated", "2026-11-24")]
        #expect(clerks.township.text(accept).contains("符合条件的全部 2 人"))
        let accepted = try #require(try clerks.township.send(accept, all).header("Location"))
        try clerks.wait { clerks.township.text(accepted).contains("已全部办完") }
    }

    @Test("第十二条（三）: what the roster tells is filled in, the caps stand beside it")
    func benefits() throws {
        let clerks = try ClerkCounty([
            ["out-of-pool": "按月生活补贴 180 元/月"], ["out-of-pool": "按月生活补贴 200元"], ["out-of-pool": "供暖费补贴"],
        ])
        defer { clerks.stop() }
        try clerks.accept(3)
        let finance = try Browser(clerks.web, as: .finance, in: clerks.county)
        try clerks.wait { finance.text("/work/benefits").contains("李阿贵") }
        let frozen = try finance.send(
            "/work/surveys", [("enterprise", Sample.enterprise), ("kind", "monthly-allowance"), ("cap", "180")])
        #expect(frozen.status == 303)
        let register = "/steps/benefits-liaison.items.register"
        let form = finance.text("\(register)/1")
        #expect(form.contains("value=\"180.00\"") && form.contains("按月生活补贴每月不超过 180.00 元"))
        let ticked = (1...3).map { ("person", String($0)) } + [("scope", "ticked"), ("go", "on")]
        let run = try #require(try finance.send(register, ticked).header("Location"))
        try clerks.wait { finance.text(run).contains("已办完，2 项未成") }
        #expect(finance.text(run).contains("不得提高") && finance.text(run).contains("没有填写项目"))
        #expect(RosterItems.read("供暖费补贴120元；未知 5 元").map(\.amountInFen) == [12_000])
    }

    @Test("第十六条（三）: a sheet that comes back as it went out corrects nothing; changes are corrections")
    func confirm() throws {
        let clerks = try ClerkCounty([["telephone": "13800000001"], [:]])
        defer { clerks.stop() }
        try clerks.accept(2)
        let confirm = "/steps/registry.person.confirm"
        let form = clerks.township.text("\(confirm)/1")
        #expect(form.contains("value=\"13800000001\"") && form.contains(TestIdentity.number(1)))
        let ticked = (1...2).map { ("person", String($0)) } + [("scope", "ticked"), ("go", "on"), ("method", "visit")]
        let run = try #require(try clerks.township.send(confirm, ticked).header("Location"))
        try clerks.wait { clerks.township.text(run).contains("已全部办完") }
        let changed = try clerks.township.send("\(confirm)/2", [("method", "visit"), ("telephone", "13800000002")])
        #expect(changed.status == 303)
        let humanResources = try Browser(clerks.web, as: .humanResources, in: clerks.county)
        #expect(humanResources.text("/people/2").contains("13800000002"))
    }

    @Test("第十五条（二）: whole numbers and the data to compare stand in the list of the office in charge, and are recorded")
    func compared() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        let cells = ["name": "李阿贵", "identity-number": TestIdentity.number(7), "township": "迤萨镇"]
        try clerks.order(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "二.xlsx", fileDigest: "d2", headings: [], rowCount: 1),
            as: .enterprise())
        try clerks.order(
            AddRosterRows(roster: 2, firstRow: 0, rows: [RosterRowInput(sheetRow: 2, cells: cells, original: [])]),
            as: .enterprise())
        let humanResources = try Browser(clerks.web, as: .humanResources, in: clerks.county)
        #expect(humanResources.text("/work/verify").contains(TestIdentity.number(7)))
        let team = try Browser(clerks.web, as: .workingTeam, in: clerks.county)
        #expect(!team.text("/work/verify").contains(TestIdentity.number(7)), "who only looks sees it masked")
        #expect(humanResources.text("/steps/registry.person.verify/2").contains(TestIdentity.number(7)))
    }

    @Test("A program orders under a key of its own: the same key is the same order; a wrong person is refused as JSON")
    func program() throws {
        let (clerks, _) = try StepTests.archives()
        defer { clerks.stop() }
        let basic = "Basic " + Data("dangan-archives:correct horse".utf8).base64EncodedString()
        func post(_ body: String, key: String) -> WebResponse {
            clerks.web.respond(
                to: WebRequest(
                    method: .post, path: "/api/v1/archives.file.receive",
                    headers: [
                        WebField("Authorization", basic), WebField("Content-Type", "application/json"),
                        WebField("Idempotency-Key", key),
                    ], body: Array(body.utf8)))
        }
        let body = """
            {"person":1,"scheme":"worker","volumes":1,"missing":[],"dated":"2026-11-02",\
            "catalogue":[{"classNumber":"1","title":"履历表","pages":4}]}
            """
        let first = post(body, key: "a")
        #expect(first.status == 200 && Browser.text(first).contains("红档接〔2026〕"), "\(Browser.text(first))")
        #expect(Browser.text(post(body, key: "a")) == Browser.text(first))
        let again = post(body, key: "b")
        #expect(again.status == 409 && Browser.text(again).contains("archives.file.already-received"))
        #expect(post("{\"person\":2}", key: "c").status == 422)
        #expect(post("{\"person\":99,\"reasons\":[]}", key: "d").status == 422)
    }
}
