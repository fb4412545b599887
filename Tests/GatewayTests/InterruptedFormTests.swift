import Contracts
import Domain
import Support
import Testing
import Web

@testable import Gateway

@Suite("What was typed outlives the session", .serialized)
struct InterruptedFormTests {
    private static let typed = [
        WebField("code", Sample.enterprise), WebField("name", "红河县<测试>茶厂"), WebField("ownership", "central"),
        WebField("isFinancial", "on"), WebField("token", "0-0"),
    ]

    private static func kept(in page: String) -> String? {
        page.firstRange(of: "name=\"kept\" value=\"").map { String(page[$0.upperBound...].prefix { $0 != "\"" }) }
    }

    private static func signIn(
        _ world: GatewayWorld, _ user: String, _ kept: String, password: String = GatewayWorld.password
    ) -> WebResponse {
        world.post(
            "/signin",
            fields: [
                WebField("user", user), WebField("password", password), WebField("next", "/enterprises"),
                WebField("kept", kept),
            ])
    }

    @Test("The form stands there again after the sign-in, filled in, with a token of the new session, and is not sent")
    func carried() throws {
        let world = try GatewayWorld()
        try world.account("renshe", .humanResources)
        let asked = world.post("/enterprises", "00", fields: Self.typed)
        #expect(asked.status == 401)
        #expect(asked.text.contains("登录已过期") && asked.text.contains("name=\"password\""))
        #expect(!asked.text.contains("茶厂"), "who finds the page open reads nothing in it")
        let kept = try #require(Self.kept(in: asked.text))
        let wrong = Self.signIn(world, "renshe", kept, password: "wrong")
        #expect(wrong.status == 403)
        #expect(Self.kept(in: wrong.text) == kept, "a wrong password does not lose the text")
        let shown = Self.signIn(world, "renshe", kept)
        #expect(shown.status == 200)
        let cookie = try #require(shown.cookies.first).value
        #expect(shown.text.contains("登录已过期，请核对后重新提交"))
        #expect(shown.text.contains("value=\"红河县&lt;测试&gt;茶厂\""))
        #expect(shown.text.contains("value=\"central\" selected"))
        #expect(try world.web.desk.ask(ListEnterprises(), as: .proven(.operations)).rows.isEmpty, "nothing was sent")
        let token = try #require(GatewayWorld.token(in: shown.text))
        let fields = Self.typed.filter { $0.name != "token" } + [WebField("token", token)]
        #expect(world.post("/enterprises", cookie, fields: fields).status == 303)
        #expect(try world.web.desk.ask(ListEnterprises(), as: .proven(.operations)).rows.count == 1)
    }

    @Test("Somebody whose duty it is not sees a refusal and none of the text; a damaged text is told to be lost")
    func others() throws {
        let world = try GatewayWorld()
        try world.account("zhuanban", .workingTeam)
        let asked = world.post("/work/receive", fields: [WebField("explanation", "没有场所")])
        let kept = try #require(Self.kept(in: asked.text))
        let refused = Self.signIn(world, "zhuanban", kept)
        #expect(refused.status == 403 && refused.cookies.count == 1)
        #expect(refused.text.contains("aria-label=\"主菜单\"") && !refused.text.contains("没有场所"))
        for damaged in [String(kept.dropLast(2)), "zz", "00"] {
            let lost = Self.signIn(world, "zhuanban", damaged)
            #expect(lost.status == 303 && lost.cookies.count == 1)
            #expect(lost.header("Location") == "/enterprises?done=kept-lost")
        }
    }

    @Test("Passwords, tokens, too much text, files and what another site sent are not carried")
    func notCarried() throws {
        let world = try GatewayWorld()
        let sealer = world.web.desk.sealer
        let now = world.web.desk.now
        func outcome(_ fields: [WebField], headers: [WebField] = []) throws -> KeptForm.Outcome {
            try KeptForm.keep(
                WebRequest(method: .post, path: "/enterprises", headers: headers, fields: fields), sealer, now: now)
        }
        let secret = [WebField("newPassword", "geheim"), WebField("password", "geheim"), WebField("token", "0-0")]
        guard case .kept(let sealed) = try outcome(Self.typed + secret) else {
            throw BrowserError(reason: "nothing kept")
        }
        let form = try #require(KeptForm.open(sealed, sealer, now: now))
        #expect(form.fields.map(\.name) == ["code", "name", "ownership", "isFinancial"])
        let later = now.advanced(byMilliseconds: KeptForm.lifetimeInMilliseconds)
        #expect(KeptForm.open(sealed, sealer, now: later) == nil, "not for ever")
        if case .nothing = try outcome(secret) {} else { Issue.record("a form of secrets alone was kept") }
        let foreign = [WebField("Sec-Fetch-Site", "cross-site")]
        if case .nothing = try outcome(Self.typed, headers: foreign) {} else { Issue.record("foreign words kept") }
        let most = String(repeating: "a", count: KeptForm.mostBytes - 4)
        if case .kept = try outcome([WebField("name", most)]) {} else { Issue.record("64 KiB were not kept") }
        if case .tooLarge = try outcome([WebField("name", most + "a")]) {} else { Issue.record("more was kept") }
        let tooLarge = world.post("/enterprises", fields: [WebField("name", most + "a")])
        #expect(tooLarge.text.contains("超过 64 KB") && Self.kept(in: tooLarge.text) == nil)
    }

    @Test("A little text is read without a session, more and files are answered before they are read")
    func admitted() throws {
        let world = try GatewayWorld()
        func admit(_ type: String, _ length: Int?) -> WebResponse? {
            let headers =
                [WebField("Content-Type", type)] + (length.map { [WebField("Content-Length", String($0))] } ?? [])
            return world.web.admit(WebRequest(method: .post, path: "/rosters", headers: headers))
        }
        let form = "application/x-www-form-urlencoded"
        #expect(admit(form, 3 * KeptForm.mostBytes) == nil)
        #expect(admit(form, 3 * KeptForm.mostBytes + 1)?.text.contains("超过 64 KB") == true)
        #expect(admit(form, nil)?.status == 401)
        let files = try #require(admit("multipart/form-data; boundary=x", 100))
        #expect(files.status == 401 && files.text.contains("重新选择文件") && files.text.contains("name=\"password\""))
        #expect(admit("application/json", 2)?.header("Content-Type") == "application/json")
    }
}
