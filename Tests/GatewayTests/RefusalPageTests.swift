import Contracts
import Domain
import Host
import Support
import Testing
import Web

@testable import Gateway

@Suite("Refusals keep the menu, or are JSON for programs", .serialized)
struct RefusalPageTests {
    @Test("Who is signed in keeps the menu and a way back when something is refused or not there")
    func refusals() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("yisa", .township)
        for (path, status, back) in [
            ("/overview", 403, "<a href=\"/\">返回首页</a>"), ("/nothing-here", 404, "<a href=\"/\">返回首页</a>"),
            ("/people/x", 404, "<a href=\"/ledger\">返回台账</a>"),
            ("/work/party/x", 404, "<a href=\"/work/party\">返回党组织关系</a>"),
        ] {
            let response = world.get(path, cookie)
            #expect(response.status == status, "\(path)")
            #expect(response.text.contains("aria-label=\"主菜单\"") && response.text.contains("href=\"/ledger\""))
            #expect(response.text.contains(back), "\(path)")
        }
        let method = world.web.respond(
            to: WebRequest(method: .post, path: "/overview", headers: [WebField("Cookie", "jieli=\(cookie)")]))
        #expect(method.status == 405 && method.header("Allow") == "GET, HEAD" && method.text.contains("主菜单"))
        let visitor = world.get("/nothing-here")
        #expect(visitor.status == 404 && !visitor.text.contains("主菜单"))
    }

    @Test("A program gets its refusals as JSON, an address that does not exist as well")
    func programs() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        for cookie in [nil, cookie] {
            let response = world.get("/api/v1/nothing", cookie)
            #expect(response.status == 404)
            #expect(response.header("Content-Type") == "application/json")
            let refusal = try JSONCoding.value(Refusal.self, from: response.bytes ?? [])
            #expect(refusal.slug == "web.not-found" && refusal.kind == .notFound)
        }
        let method = world.post("/api/v1/overview", cookie, fields: [])
        #expect(method.status == 405 && method.header("Allow") == "GET, HEAD")
        #expect(try JSONCoding.value(Refusal.self, from: method.bytes ?? []).slug == "web.method-not-allowed")
    }
}
