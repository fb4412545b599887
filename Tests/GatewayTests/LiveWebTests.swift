import Contracts
import Domain
import Host
import Support
import Testing
import Web

@testable import Gateway

@Suite("The web side on a running bus", .serialized)
struct LiveWebTests {
    @Test("An interface by HTTP Basic: 401 without or with a wrong password, 403 for another role, else 200")
    func basic() throws {
        let world = try GatewayWorld()
        try world.account("zhuanban", .workingTeam)
        try world.account("yisa", .township)
        let path = "/api/v1/overview"
        let wrong = [[], GatewayWorld.basic("zhuanban", "wrong"), GatewayWorld.basic("nobody")]
        for headers in wrong + [[WebField("Authorization", "Basic ???")], [WebField("Authorization", "Bearer x")]] {
            let response = world.get(path, headers: headers)
            #expect(response.status == 401)
            #expect(response.header("WWW-Authenticate") == "Basic realm=\"jieli\", charset=\"UTF-8\"")
            #expect(try JSONCoding.value(Refusal.self, from: response.bytes ?? []).slug == "gateway.session.none")
        }
        let township = world.get(path, headers: GatewayWorld.basic("yisa"))
        #expect(township.status == 403)
        #expect(try JSONCoding.value(Refusal.self, from: township.bytes ?? []) == CommonRefusal.roleNotEntitled)
        let team = world.get(path, headers: GatewayWorld.basic("zhuanban"))
        #expect(team.status == 200)
        let overview = try JSONCoding.value(Overview.self, from: team.bytes ?? [])
        #expect(overview.townships.count == 13)
        #expect(overview.services?.first { $0.service == .registry }?.hasWriter == true)
        #expect(world.get("/api/v1/enterprises", headers: GatewayWorld.basic("zhuanban")).status == 200)
    }

    @Test("The overview is closed to a role without the duty, its pieces as well")
    func closed() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("yisa", .township)
        for path in ["/overview", "/overview/fragment", "/events"] {
            let response = world.get(path, cookie)
            #expect(response.status == 403, "\(path)")
            #expect(response.text.contains(CommonRefusal.roleNotEntitled.slug), "\(path)")
            #expect(!response.text.contains("阶段目标"), "\(path)")
        }
        #expect(!world.get("/ledger", cookie).text.contains("href=\"/overview\""), "the menu does not offer it")
    }

    @Test("HEAD is answered as GET; an unknown page is 404, a page without a form takes none")
    func addresses() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        let headers = [WebField("Cookie", "jieli=\(cookie)")]
        func status(_ method: WebMethod, _ path: String) -> Int {
            world.web.respond(to: WebRequest(method: method, path: path, headers: headers)).status
        }
        for path in ["/overview", "/ledger", "/signin", "/healthz", "/assets/style.css"] {
            #expect(status(.head, path) == 200, "\(path)")
        }
        #expect(world.web.respond(to: WebRequest(method: .head, path: "/overview")).status == 303)
        #expect(status(.get, "/nothing-here") == 404)
        #expect(status(.head, "/nothing-here") == 404)
        #expect(status(.post, "/overview") == 405)
        let page = world.get("/nothing-here", cookie)
        #expect(page.header("Content-Type") == "text/html; charset=utf-8")
    }

    @Test("A form without its token, with another session's, or with an invented one orders nothing")
    func staleForm() throws {
        let world = try GatewayWorld()
        let mine = try world.session("renshe", .humanResources)
        let other = try #require(world.signIn("renshe").cookies.first).value
        let foreign = try #require(GatewayWorld.token(in: world.get("/enterprises", other).text))
        func send(_ token: String?) -> WebResponse {
            let fields = [
                WebField("code", Sample.enterprise), WebField("name", "红河县测试茶厂"), WebField("ownership", "county"),
            ]
            return world.post("/enterprises", mine, fields: fields + (token.map { [WebField("token", $0)] } ?? []))
        }
        for token in [nil, "", "0-0", foreign] {
            let response = send(token)
            #expect(response.status == 409)
            #expect(response.text.contains("gateway.form.stale"))
            #expect(response.text.contains("value=\"红河县测试茶厂\""), "what was entered is kept")
        }
        #expect(try world.web.desk.ask(ListEnterprises(), as: .proven(.operations)).rows.isEmpty)
        let own = try #require(GatewayWorld.token(in: world.get("/enterprises", mine).text))
        #expect(send(own).status == 303)
        // The stand-in cannot take the same enterprise twice: the second sending was not a second command.
        #expect(send(own).status == 303)
        #expect(try world.web.desk.ask(ListEnterprises(), as: .proven(.operations)).rows.count == 1)
    }

    @Test("Health is 200 while the broker answers and 503 when it is gone")
    func health() throws {
        let world = try GatewayWorld()
        let well = world.get("/healthz")
        #expect(well.status == 200)
        let answer = try JSONCoding.value(Health.Answer.self, from: well.bytes ?? [])
        #expect(answer.status == "ok" && answer.bus && answer.store)
        let cookie = try world.session("zhuanban", .workingTeam)
        world.stopBroker()
        // What was found is good for two seconds.
        #expect(GatewayWorld.eventually { world.get("/healthz").status == 503 })
        let ill = world.get("/healthz")
        let failing = try JSONCoding.value(Health.Answer.self, from: ill.bytes ?? [])
        #expect(failing.status == "failing" && !failing.bus && failing.store)
        // The gateway's own figures are shown all the same.
        let overview = world.get("/overview", cookie)
        #expect(overview.status == 200)
        #expect(overview.text.contains("暂时无法取得"))
    }

    @Test("The figures for monitoring name services and numbers only, and stay on the machine")
    func metrics() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam, displayName: "专班张三")
        try world.enterprise(named: "红河县测试茶厂")
        _ = world.get("/ledger", cookie)
        _ = world.get("/people/1", cookie)
        let response = world.get("/metrics")
        #expect(response.status == 200)
        let known = Set(
            ServiceName.allCases.map(\.rawValue) + (1...5).map { "\($0)xx" }
                + ["malformed", "slow", "busy"])
        let lines = response.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        for line in lines {
            let parts = line.split(separator: " ")
            #expect(parts.count == 2 && Int64(parts.last ?? "") != nil, "\(line)")
            let label = line.split(separator: "\"").dropFirst().first.map(String.init)
            #expect(label.map(known.contains) != false, "\(line)")
            #expect(line.utf8.allSatisfy { $0 < 0x80 }, "\(line)")
        }
        for name in [
            "jieli_people", "jieli_http_requests_total", "jieli_service_lag", "jieli_service_queued",
            "jieli_projection_applied_seq",
        ] {
            #expect(lines.contains { $0.hasPrefix(name) }, "\(name)")
        }
        let proxied = world.web.respond(
            to: WebRequest(path: "/metrics", remoteAddress: "127.0.0.1", isForwarded: true))
        #expect(proxied.status == 403, "the proxy on the same machine is not the machine")
        let far = world.web.respond(to: WebRequest(path: "/metrics", remoteAddress: "10.0.0.7"))
        #expect(far.status == 403)
    }

    @Test("An open overview is told once when it opens, then after each change, and ends with the server")
    func events() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        let response = world.get("/events", cookie)
        #expect(response.header("Content-Type") == "text/event-stream; charset=utf-8")
        guard case .stream(let stream) = response.body else { throw BrowserError(reason: "no stream") }
        guard case .bytes(let retry) = stream.next(timeoutInMilliseconds: 0) else {
            throw BrowserError(reason: "no word about reconnecting")
        }
        #expect(String(decoding: retry, as: UTF8.self).hasPrefix("retry: "))
        #expect(Self.isOverview(stream.next(timeoutInMilliseconds: 0)), "at once, without any change")
        #expect(GatewayWorld.eventually { stream.next(timeoutInMilliseconds: 300) == .nothing }, "then it is quiet")
        try world.enterprise(named: "红河县测试茶厂")
        #expect(GatewayWorld.eventually { Self.isOverview(stream.next(timeoutInMilliseconds: 300)) })
        #expect(
            GatewayWorld.eventually { stream.next(timeoutInMilliseconds: 300) == .nothing }, "once, and quiet again")
        world.web.stop()
        #expect(stream.next(timeoutInMilliseconds: 0) == .end)
    }

    private static func isOverview(_ chunk: StreamChunk) -> Bool {
        guard case .bytes(let bytes) = chunk else { return false }
        return String(decoding: bytes, as: UTF8.self).hasPrefix("event: overview\ndata: ")
    }
}
