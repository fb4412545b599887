import Contracts
import Domain
import Messaging
import Sealing
import Support
import Testing
import Web

@testable import Gateway

@Suite("Sessions, form tokens, and the guard against trying passwords")
struct SessionTests {
    private let clock = ManualClock()
    private let sealer = GatewaySealer(
        sealer: Sealer(SealingKey.random()), randomness: SeededRandomness(seed: 1))
    private let account = Account(officer: .workingTeam, displayName: "专班", passwordHash: "$argon2id$one")

    private func request(_ cookie: String) -> WebRequest {
        WebRequest(path: "/", headers: [WebField("Cookie", "jieli=\(cookie)")])
    }

    private func session() throws -> Session {
        let cookie = try sealer.open(account, now: clock.now())
        return try #require(sealer.session(of: request(cookie.value), now: clock.now()))
    }

    @Test("A session's cookie is out of reach of scripts and says nothing in the clear")
    func cookie() throws {
        let cookie = try sealer.open(account, now: clock.now())
        #expect(cookie.name == "jieli" && cookie.isHTTPOnly)
        #expect(cookie.maximumAgeInSeconds == 12 * 3600)
        let bytes = try #require(Hex.decode(cookie.value))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("zhuanban"))
        let session = try #require(sealer.session(of: request(cookie.value), now: clock.now()))
        #expect(session.user == "zhuanban")
        #expect(session.passwordMark == sealer.mark(account))
    }

    @Test("A session ends after twelve hours")
    func expiry() throws {
        let cookie = try sealer.open(account, now: clock.now())
        clock.advance(byMilliseconds: 12 * 3_600_000 - 1)
        #expect(sealer.session(of: request(cookie.value), now: clock.now()) != nil)
        clock.advance(byMilliseconds: 1)
        #expect(sealer.session(of: request(cookie.value), now: clock.now()) == nil)
    }

    @Test("A cookie of another county's key, a changed one and nonsense are no sessions")
    func foreign() throws {
        let other = GatewaySealer(sealer: Sealer(SealingKey.random()), randomness: SeededRandomness(seed: 1))
        let foreign = try other.open(account, now: clock.now())
        #expect(sealer.session(of: request(foreign.value), now: clock.now()) == nil)
        let own = try sealer.open(account, now: clock.now()).value
        let changed = String(own.dropLast()) + (own.hasSuffix("0") ? "1" : "0")
        for text in [changed, "", "zz", String(own.dropLast(2)), "00"] {
            #expect(sealer.session(of: request(text), now: clock.now()) == nil)
        }
        #expect(sealer.session(of: WebRequest(path: "/"), now: clock.now()) == nil)
    }

    @Test("Something else that the same key sealed is no session")
    func purpose() throws {
        let session = Session(
            user: "zhuanban", identifier: "x", expires: clock.now().advanced(byMilliseconds: 1000), passwordMark: 0)
        let sealed = sealer.sealer.seal(try JSONCoding.bytes(session), purpose: "something-else")
        #expect(sealer.session(of: request(Hex.encode(sealed)), now: clock.now()) == nil)
    }

    @Test("A new password has another mark, the same one the same mark")
    func mark() {
        let changed = Account(officer: .workingTeam, displayName: "专班", passwordHash: "$argon2id$two")
        #expect(sealer.mark(account) == sealer.mark(account))
        #expect(sealer.mark(changed) != sealer.mark(account))
    }

    @Test("One form token is one command number, two tokens are two")
    func tokens() throws {
        let session = try session()
        let first = sealer.formToken(session)
        let second = sealer.formToken(session)
        #expect(first != second)
        let number = try #require(sealer.number(of: first, session))
        #expect(sealer.number(of: first, session) == number)
        #expect(sealer.number(of: second, session) != nil)
        #expect(sealer.number(of: second, session) != number)
    }

    @Test("Another session's token, a changed one and nonsense are refused")
    func foreignTokens() throws {
        let (mine, other) = (try session(), try session())
        #expect(mine.identifier != other.identifier)
        let token = sealer.formToken(mine)
        #expect(sealer.number(of: token, other) == nil)
        let changed = (token.hasPrefix("0") ? "1" : "0") + token.dropFirst()
        for text in [changed, "", "-", token + "0", "0-0", String(token.prefix(32)), String(token.prefix(33))] {
            #expect(sealer.number(of: text, mine) == nil)
        }
    }

    @Test("Five wrong passwords bar a name for a minute, and only that name")
    func guardian() {
        let guardian = SignInGuard()
        for _ in 0..<5 {
            #expect(!guardian.isBarred("yisa", now: clock.now()))
            guardian.note("yisa", succeeded: false, now: clock.now())
        }
        #expect(guardian.isBarred("yisa", now: clock.now()))
        #expect(!guardian.isBarred("dangan", now: clock.now()))
        clock.advance(byMilliseconds: 60_000)
        #expect(guardian.isBarred("yisa", now: clock.now()))
        clock.advance(byMilliseconds: 1)
        #expect(!guardian.isBarred("yisa", now: clock.now()))
        guardian.note("yisa", succeeded: false, now: clock.now())
        #expect(!guardian.isBarred("yisa", now: clock.now()))
    }

    @Test("A right password forgets the wrong ones before it")
    func forgiven() {
        let guardian = SignInGuard()
        for _ in 0..<4 { guardian.note("yisa", succeeded: false, now: clock.now()) }
        guardian.note("yisa", succeeded: true, now: clock.now())
        for _ in 0..<4 { guardian.note("yisa", succeeded: false, now: clock.now()) }
        #expect(!guardian.isBarred("yisa", now: clock.now()))
    }
}
