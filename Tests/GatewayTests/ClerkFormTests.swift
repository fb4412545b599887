import Contracts
import Domain
import Support
import Testing
import Web

@testable import Gateway
@testable import PartyRelations

@Suite("Forms of archives, benefits and Party relations: nothing is lost, nothing is said twice", .serialized)
struct ClerkFormTests {
    @Test("第十六条（一）: who has received a file reads the number of its hand-over document, and later what was in it")
    func receipt() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        try clerks.accept(1)
        let archives = try Browser(clerks.web, as: .archivist, in: clerks.county)
        try clerks.wait { archives.text("/work/archives").contains("李阿明") }
        #expect(!archives.text("/work/archives/1").contains("交接书编号"), "nothing is received yet")
        let sent = try archives.send(
            "/steps/archives.file.receive/1",
            [
                ("scheme", "worker"), ("volumes", "2"), ("dated", "2026-11-02"),
                ("catalogue", "1 履历表 1985-06 4\n2 自传 3"), ("missing", "3 考核材料 红档证〔2026〕3号"),
            ])
        let confirmation = archives.text(sent.header("Location") ?? "")
        #expect(confirmation.contains("已办理。") && confirmation.contains("红档接〔2026〕"))
        let file = archives.text("/work/archives/1")
        for word in ["红档接〔2026〕", "2026年11月2日", "<dd>2</dd>", "履历表", "1985-06", "自传", "考核材料", "红档证〔2026〕3号"] {
            #expect(file.contains(word), "\(word)")
        }
        #expect(!file.contains("/steps/archives.file.receive/1"), "nothing to receive any more")
    }

    @Test(
        "第十二条: an amount together with 'there is none' is refused, and so is neither; the person's form and the survey")
    func itemsAndNone() throws {
        let clerks = try ClerkCounty([["out-of-pool": "供暖费补贴"]])
        defer { clerks.stop() }
        try clerks.accept(1)
        let finance = try Browser(clerks.web, as: .finance, in: clerks.county)
        try clerks.wait { finance.text("/work/benefits").contains("李阿明") }
        let kind = try #require(BenefitKind.allCases.first).rawValue
        let channel = try #require(PaymentChannel.allCases.first).rawValue
        func refusals(_ path: String, _ fields: [(String, String)], _ amount: String) throws {
            let both = try finance.send(path, fields + [(amount, "120"), ("none", "on")])
            #expect(both.status == 422 && Browser.text(both).contains("既填写了"))
            #expect(Browser.text(both).contains("value=\"120\""), "what was entered is kept")
            let neither = try finance.send(path, fields.filter { !$0.0.hasPrefix("items") } + [(amount, "")])
            #expect(neither.status == 422 && Browser.text(neither).contains("没有填写"))
        }
        try refusals(
            "/steps/benefits-liaison.items.register/1", [("items.kind", kind), ("items.channel", channel)],
            "items.monthlyAmountInFen")
        #expect(finance.text("/work/benefits").contains("李阿明"), "nothing was registered")
        try refusals("/work/surveys", [("enterprise", Sample.enterprise), ("kind", kind)], "cap")
        #expect(!finance.text("/work/surveys").contains("已清查锁定"))
    }

    @Test("第十条（三）: the saved base comes back and is shown; what is missing has the form's own words; ten days as usual")
    func party() throws {
        let clerks = try ClerkCounty([["political-status": "中共党员"]])
        defer { clerks.stop() }
        try clerks.accept(1)
        let path = "/work/party/1"
        try clerks.wait { clerks.enterprise.text("/work/party").contains("李阿明") }
        let send = "/steps/party-relations.transfer.send/1"
        let prepare = "/steps/party-relations.transfer.prepare/1"
        let letter = [("organization", "迤萨镇党委"), ("dated", "2026-11-23"), ("validDays", "10")]
        let refused = try clerks.enterprise.send(send, letter)
        #expect(refused.status == 409)
        let form = clerks.enterprise.text(prepare)
        let missing = TransferConditions.missing(
            TransferPreparation(fileChecked: false, duesBaseVerified: false, dataGathered: false),
            dated: CalendarDay("2026-11-23")!)
        #expect(missing.count == 4)
        for item in missing {
            #expect(Browser.text(refused).contains(item))
            #expect(form.contains(item.prefix { $0 != "（" }), "\(item) has the form's words")
        }
        let sending = clerks.enterprise.text(send)
        #expect(sending.contains("value=\"10\"") && sending.contains("value=\"迤萨镇党委\""))
        #expect(PartyRelationsRefusal.wrongValidity.message.contains("一般为 10 天"))
        let work = [("kind", "full"), ("duesBaseInFen", "3125.5"), ("preparation.duesBaseVerified", "on")]
        #expect(try clerks.enterprise.send(prepare, work).status == 303)
        for browser in [clerks.enterprise, clerks.township] {
            #expect(browser.text(path).contains("<dd>3,125.50 元/月</dd>"), "the base is shown")
        }
        let field = "name=\"duesBaseInFen\" type=\"text\" value=\"3,125.50\""
        #expect(clerks.enterprise.text(prepare).contains(field))
        let again = [("kind", "full"), ("duesBaseInFen", "3,125.50"), ("preparation.dataGathered", "on")]
        #expect(try clerks.enterprise.send(prepare, again).status == 303, "what comes back can be saved as it is")
        #expect(clerks.enterprise.text(prepare).contains(field))
    }
}
