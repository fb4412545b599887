import Contracts
import Domain
import Host
import Support
import Testing
import Web

@testable import Gateway

@Suite("Names in pages are text, whatever they contain", .serialized)
struct EscapingTests {
    private static let dangerous = "<b>&quot;李\"&'明'</b>"
    private static let harmless = "&lt;b&gt;&amp;quot;李&quot;&amp;&#39;明&#39;&lt;/b&gt;"

    @Test("In the ledger's table")
    func table() {
        let text = String(decoding: LedgerPage.table([StandInRegistry.row]).bytes, as: UTF8.self)
        #expect(text.contains("<a href=\"/people/1\">&lt;b&gt;&quot;李&quot;&amp;&#39;明&#39;&lt;/b&gt;</a>"))
        #expect(text.contains("<td>&lt;i&gt;茶厂&amp;&lt;/i&gt;</td>"))
        #expect(text.contains("<td>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</td>"))
        #expect(!text.contains("<b>") && !text.contains("<i>") && !text.contains("<script"))
    }

    @Test("In the ledger page: frame, choices, table; the search text comes back as text")
    func page() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam, displayName: Self.dangerous)
        try world.enterprise(named: Self.dangerous)
        let page = world.get("/ledger", cookie).text
        #expect(page.contains(">\(Self.harmless)</a>"), "the account's name in the head")
        #expect(page.contains(">\(Self.harmless)</option>"), "the enterprise in the list of choices")
        #expect(page.contains("<td>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</td>"), "the person in the table")
        #expect(!page.contains("<b>") && !page.contains("<i>") && !page.contains("<script>"))
        let sent = world.post("/ledger", cookie, fields: [WebField("text", Self.dangerous)])
        let sealed = try #require(sent.header("Location")?.split(separator: "=").last)
        let found = world.get("/ledger", cookie, query: [WebField("search", String(sealed))])
        #expect(found.status == 200)
        #expect(found.text.contains("value=\"\(Self.harmless)\""))
        #expect(!found.text.contains("<b>"))
    }

    @Test("In the sign-in page: the address to go on to")
    func signIn() throws {
        let response = SignIn.show(
            WebRequest(path: "/signin", query: [WebField("next", "/\"><script>")]), refusal: nil)
        #expect(response.text.contains("value=\"/&quot;&gt;&lt;script&gt;\""))
        #expect(!response.text.contains("<script>"))
    }

    @Test("An address can choose among known sentences and put no words of its own into a page")
    func flash() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        func status(_ name: String) -> String { world.get("/ledger", cookie, query: [WebField("done", name)]).text }
        for (name, sentence) in [
            ("saved", "已办理。"), ("accepted", "已接收。"), ("refused", "已退回。"), ("sent", "已提交。"), ("undone", "已撤销。"),
            ("built", "已生成名单并交付。"), ("published", "已发布。"),
            ("already-imported", "这份文件此前已经导入，没有重复登记。"),
        ] {
            #expect(status(name).contains("<p class=\"done\" role=\"status\">\(sentence)</p>"), "\(name)")
        }
        for name in ["", "请汇款到", "Saved", "saved ", "<b>", "alreadyImported"] {
            let page = status(name)
            #expect(!page.contains("role=\"status\"") && !page.contains("请汇款到"), "\(name)")
        }
    }
}
