import Contracts
import Domain
import FoundationEssentials
import Messaging
import Sealing
import Support
import Testing
import Web

@testable import Gateway

@Suite("Sessions and form tokens")
struct SessionTests {
    private let clock = ManualClock()
    private let sealer = GatewaySealer(
        sealer: Sealer(SealingKey.random()), randomness: SeededRandomness(seed: 1), isSecure: false)
    private var opened: OpenedSession {
        OpenedSession(
            secret: "5ec2e7", identifier: "x", officer: .workingTeam, displayName: "专班", mustChangePassword: false,
            assertion: "", assertionExpires: clock.now(), expires: start.advanced(byMilliseconds: 12 * 3_600_000),
            idleLimitInMilliseconds: 2 * 3_600_000)
    }
    private let start = ManualClock().now()

    private func request(_ cookie: String) -> WebRequest {
        WebRequest(path: "/", headers: [WebField("Cookie", "jieli=\(cookie)")])
    }

    private func session() throws -> Session {
        let cookie = try sealer.open(opened, now: clock.now())
        return try #require(sealer.session(of: request(cookie.value), now: clock.now()))
    }

    @Test("A session's cookie is out of reach of scripts and says nothing in the clear")
    func cookie() throws {
        let cookie = try sealer.open(opened, now: clock.now())
        #expect(cookie.name == "jieli" && cookie.isHTTPOnly)
        #expect(cookie.maximumAgeInSeconds == 12 * 3600)
        let bytes = try #require(Hex.decode(cookie.value))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("zhuanban"))
        let session = try #require(sealer.session(of: request(cookie.value), now: clock.now()))
        #expect(session.user == "zhuanban")
        #expect(session.secret == "5ec2e7")
    }

    @Test("A session ends after twelve hours, however busy it is")
    func expiry() throws {
        var cookie = try sealer.open(opened, now: clock.now())
        for _ in 0..<11 {
            clock.advance(byMilliseconds: 3_600_000)
            let session = try #require(sealer.session(of: request(cookie.value), now: clock.now()))
            cookie = try #require(try sealer.renewal(of: session, now: clock.now()))
        }
        clock.advance(byMilliseconds: 3_600_000 - 1)
        #expect(sealer.session(of: request(cookie.value), now: clock.now()) != nil)
        clock.advance(byMilliseconds: 1)
        #expect(sealer.session(of: request(cookie.value), now: clock.now()) == nil)
    }

    @Test("Nobody at the machine for two hours ends it earlier; a new cookie is made every ten minutes")
    func idle() throws {
        let cookie = try sealer.open(opened, now: clock.now())
        let session = try #require(sealer.session(of: request(cookie.value), now: clock.now()))
        #expect(try sealer.renewal(of: session, now: clock.now()) == nil)
        clock.advance(byMilliseconds: 600_000)
        let renewed = try #require(try sealer.renewal(of: session, now: clock.now()))
        #expect(renewed.maximumAgeInSeconds == 12 * 3600 - 600)
        clock.advance(byMilliseconds: 2 * 3_600_000 - 600_000)
        #expect(sealer.session(of: request(cookie.value), now: clock.now()) == nil)
        #expect(sealer.session(of: request(renewed.value), now: clock.now())?.identifier == session.identifier)
    }

    @Test("By https only, the cookie has the name that no other host or port can set")
    func hostCookie() throws {
        let secure = GatewaySealer(
            sealer: sealer.sealer, randomness: SeededRandomness(seed: 1), isSecure: true)
        let cookie = try secure.open(opened, now: clock.now())
        #expect(cookie.headerValue(isSecure: true).hasPrefix("__Host-jieli="))
        #expect(cookie.headerValue(isSecure: true).hasSuffix("; Secure"))
        #expect(secure.session(of: request(cookie.value), now: clock.now()) == nil, "under the plain name")
    }
}
