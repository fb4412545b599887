import Contracts
import Domain
import Host
import Kernel
import Sealing
import Support
import Synchronization
import Testing
import Web

@testable import Gateway

@Suite("Signing in and out", .serialized)
struct SignInTests {
    @Test("A wrong password and an unknown name are told apart from nothing; the right one opens a session")
    func signIn() throws {
        let world = try GatewayWorld()
        try world.account("zhuanban", .workingTeam)
        let wrong = world.signIn("zhuanban", "错误的密码")
        let unknown = world.signIn("nobody")
        let endless = world.signIn("zhuanban", String(repeating: "a", count: 5000))
        for response in [wrong, unknown, endless] {
            #expect(response.status == 403)
            #expect(response.cookies.isEmpty)
            #expect(response.text.contains("gateway.session.wrong-password"))
        }
        #expect(
            wrong.text == unknown.text.replacing("value=\"nobody\"", with: "value=\"zhuanban\""),
            "which names exist is not told")
        #expect(!wrong.text.contains("错误的密码"))
        let right = world.signIn("zhuanban")
        #expect(right.status == 303)
        #expect(right.header("Location") == "/")
        let cookie = try #require(right.cookies.first)
        #expect(cookie.name == "jieli")
        #expect(world.get("/", cookie.value).header("Location") == "/overview")
        #expect(world.get("/overview", cookie.value).status == 200)
    }

    @Test("After a wrong password the account's name is still there, as text")
    func account() throws {
        let world = try GatewayWorld()
        let page = world.signIn("yi\"<sa>", "geheim").text
        #expect(page.contains("name=\"user\" value=\"yi&quot;&lt;sa&gt;\""))
        #expect(!page.contains("geheim"))
    }

    @Test("Signing in leads on to the page that was asked for, and to no other site")
    func next() throws {
        let world = try GatewayWorld()
        try world.account("zhuanban", .workingTeam)
        #expect(world.signIn("zhuanban", next: "/ledger").header("Location") == "/ledger")
        for foreign in ["//example.org/", "https://example.org/", "/\\example.org"] {
            #expect(world.signIn("zhuanban", next: foreign).header("Location") == "/", "\(foreign)")
        }
    }

    @Test("After five wrong passwords the right one has to wait as well")
    func barred() throws {
        let world = try GatewayWorld()
        try world.account("zhuanban", .workingTeam)
        for _ in 0..<5 { #expect(world.signIn("zhuanban", "wrong").status == 403) }
        let barred = world.signIn("zhuanban")
        #expect(barred.status == 503)
        #expect(barred.cookies.isEmpty)
        #expect(barred.text.contains("gateway.session.too-many-attempts"))
        let program = world.get("/api/v1/overview", headers: GatewayWorld.basic("zhuanban"))
        #expect(program.status == 503)
        #expect(
            try JSONCoding.value(Refusal.self, from: program.bytes ?? []).slug == "gateway.session.too-many-attempts")
    }

    @Test("Parallel tries count before they are checked, by Basic as well")
    func parallel() throws {
        let world = try GatewayWorld()
        try world.account("zhuanban", .workingTeam)
        let web = world.web
        let statuses = Mutex<[Int]>([])
        let threads = (0..<60).compactMap { number in
            OwnThread(name: "try") {
                let request =
                    number % 2 == 0
                    ? WebRequest(
                        method: .post, path: "/signin",
                        fields: [WebField("user", "zhuanban"), WebField("password", "wrong")])
                    : WebRequest(path: "/api/v1/overview", headers: GatewayWorld.basic("zhuanban", "wrong"))
                let response = web.respond(to: request)
                statuses.withLock { $0.append(response.status) }
            }
        }
        for thread in threads { thread.join() }
        let checked = statuses.withLock { $0.count { $0 == 403 || $0 == 401 } }
        #expect(checked == 5)
        #expect(statuses.withLock { $0.count } == 60)
    }

    @Test("Guesses from elsewhere do not lock out an account where it is in use")
    func notLockedOut() throws {
        let world = try GatewayWorld()
        try world.account("zhuanban", .workingTeam)
        func signIn(_ password: String, from address: String) -> Int {
            world.web.respond(
                to: WebRequest(
                    method: .post, path: "/signin",
                    fields: [WebField("user", "zhuanban"), WebField("password", password)], remoteAddress: address)
            ).status
        }
        #expect(signIn(GatewayWorld.password, from: "10.0.0.1") == 303)
        for number in 0..<25 { _ = signIn("wrong", from: "203.0.113.\(number)") }
        #expect(signIn(GatewayWorld.password, from: "203.0.113.99") == 503)
        #expect(signIn(GatewayWorld.password, from: "10.0.0.1") == 303)
    }

    @Test("A signed-out session is over wherever its cookie still is")
    func signedOutForGood() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        #expect(world.get("/overview", cookie).status == 200)
        _ = world.post("/signout", cookie, fields: [])
        #expect(world.get("/overview", cookie).status == 303)
        #expect(world.get("/api/v1/overview", cookie).status == 401)
    }

    @Test("Without a session a page leads to the sign-in, with the way back; a program gets 401")
    func noSession() throws {
        let world = try GatewayWorld()
        for cookie in [nil, "", "00", "nonsense"] {
            let response = world.get("/overview", cookie)
            #expect(response.status == 303)
            #expect(response.header("Location") == "/signin?next=%2Foverview")
        }
        let form = world.post("/enterprises", fields: [])
        #expect(form.status == 401 && form.text.contains("name=\"next\" value=\"/enterprises\""))
        let program = world.get("/overview", headers: [WebField("Accept", "application/json")])
        #expect(program.status == 401)
        #expect(try JSONCoding.value(Refusal.self, from: program.bytes ?? []).slug == "gateway.session.none")
    }

    @Test("A changed password ends the sessions that the old one opened")
    func changedPassword() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        #expect(world.get("/overview", cookie).status == 200)
        try world.account("zhuanban", .workingTeam, password: "新的密码 456")
        // The gateway hears of it by the accounts service's log.
        #expect(GatewayWorld.eventually { world.get("/overview", cookie).status == 303 })
        #expect(world.get("/overview", cookie).header("Location") == "/signin?next=%2Foverview")
        #expect(world.get("/api/v1/overview", cookie).status == 401)
        #expect(world.signIn("zhuanban").status == 403)
        let renewed = try #require(world.signIn("zhuanban", "新的密码 456").cookies.first)
        #expect(world.get("/overview", renewed.value).status == 200)
    }

    @Test("An account that gets another role signs in anew")
    func changedRole() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("zhuanban", .workingTeam)
        #expect(world.get("/overview", cookie).status == 200)
        try world.account("zhuanban", .union)
        #expect(GatewayWorld.eventually { world.get("/overview", cookie).status == 303 })
        let fresh = try #require(world.signIn("zhuanban").cookies.first).value
        #expect(world.get("/overview", fresh).status == 403)
    }

    @Test("Signing out works with a session, and when it has already ended", arguments: [true, false])
    func signOut(hasSession: Bool) throws {
        let world = try GatewayWorld()
        let cookie = hasSession ? try world.session("zhuanban", .workingTeam) : "00"
        let request = WebRequest(method: .post, path: "/signout", headers: [WebField("Cookie", "jieli=\(cookie)")])
        #expect(world.web.admit(request) == nil)
        let response = world.web.respond(to: request)
        #expect(response.status == 303)
        #expect(response.header("Location") == "/signin")
        #expect(response.cookies.map(\.name) == ["jieli"])
        #expect(response.cookies.first?.value == "")
    }

    @Test("A body is taken from those who are signed in, and at the sign-in")
    func admitted() throws {
        let world = try GatewayWorld()
        let cookie = try world.session("renshe", .humanResources)
        #expect(world.web.admit(WebRequest(method: .post, path: "/rosters"))?.status == 401)
        #expect(
            world.web.admit(
                WebRequest(method: .post, path: "/rosters", headers: [WebField("Cookie", "jieli=\(cookie)")])) == nil)
        #expect(world.web.admit(WebRequest(method: .post, path: "/signin")) == nil)
        #expect(world.web.admit(WebRequest(path: "/ledger")) == nil)
    }
}
