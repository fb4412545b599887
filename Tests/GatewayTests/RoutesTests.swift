import Contracts
import Testing
import Web

@testable import Gateway

@Suite("Addresses: pages, files, interfaces")
struct RoutesTests {
    @Test("The table builds: no two routes answer the same request")
    func builds() throws {
        #expect(try Router(GatewayRoutes.all).routes.count == GatewayRoutes.all.count)
        #expect(Set(Pages.all.map { $0.path }).count == Pages.all.count)
        #expect(Pages.all.allSatisfy { $0.path.hasPrefix("/") && !$0.title.isEmpty && !$0.roles.isEmpty })
    }

    @Test("Every page is served, and takes a form when it has one")
    func served() throws {
        let router = try Router(GatewayRoutes.all)
        for page in Pages.all {
            let path = page.path.split(separator: "/").map { $0.hasPrefix(":") ? "1" : $0 }.joined(separator: "/")
            for method in page.hasForm ? [WebMethod.get, .post] : [.get] {
                guard case .found(let route, _) = router.match(WebRequest(method: method, path: "/\(path)")) else {
                    Issue.record("\(method) \(page.path) leads nowhere")
                    continue
                }
                #expect(route.pattern == page.path)
            }
        }
    }

    @Test("What stands in the menu needs nothing filled in")
    func menu() {
        for page in Pages.all where page.menu != nil { #expect(!page.path.contains(":"), "\(page.path)") }
        let texts = Pages.all.compactMap { $0.menu }
        #expect(Set(texts).count == texts.count)
    }

    @Test("Every role has a home page that it may open", arguments: Role.allCases)
    func home(of role: Role) {
        let home = Pages.home(of: role)
        let page = Pages.all.first { $0.path == home }
        #expect(page?.roles.contains(role) == true, "\(role) \(home)")
    }

    @Test("Only sign-in, sign-out, health, metrics and the description are open to all")
    func open() {
        let open = GatewayRoutes.all.compactMap { route in
            if case .open = route.action { "\(route.method.rawValue) \(route.pattern)" } else { nil }
        }
        #expect(
            Set(open) == [
                "GET /signin", "POST /signin", "POST /signout", "GET /healthz", "GET /metrics", "GET /api/openapi.json",
            ])
    }

    @Test("An address encodes what it carries, and leaves out what is absent")
    func address() {
        #expect(Address("/ledger").string == "/ledger")
        #expect(Address("/ledger", [("status", nil)]).string == "/ledger")
        #expect(Address("/a", [("x", "1"), ("y", nil), ("z", "")]).string == "/a?x=1&z=")
        #expect(Address("/a", [("x", "a b&c=d+e/f?#%\"<")]).string == "/a?x=a%20b%26c%3Dd%2Be%2Ff%3F%23%25%22%3C")
        #expect(Address("/a", [("x", "迤萨")]).string == "/a?x=%E8%BF%A4%E8%90%A8")
        #expect(Address("/a", [("x", "\u{1}\r\n")]).string == "/a?x=%01%0D%0A")
        #expect(Address("/a", [("x", "AZaz09-._~")]).string == "/a?x=AZaz09-._~")
    }

    @Test("HTTP Basic's Base64 (RFC 4648)")
    func base64() {
        #expect(Base64.decode("6L+k6JCo").map { String(decoding: $0, as: UTF8.self) } == "迤萨")
        #expect(Base64.decode("") == [])
        #expect(Base64.decode("!!!") == nil)
    }
}
