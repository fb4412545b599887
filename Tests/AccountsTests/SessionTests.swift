import Contracts
import Domain
import Host
import Messaging
import Sealing
import Support
import Testing

@testable import Accounts

@Suite("Sign-ins")
struct SessionTests {
    private func bench() throws -> AccountsBench {
        let bench = try AccountsBench()
        try bench.execute(AccountTests.record("yisa"), as: .operations)
        return bench
    }

    private func assertion(_ session: OpenedSession) throws -> OfficerAssertion {
        let bytes = try #require(Hex.decode(session.assertion))
        let signed = try #require(SignedAssertion(bytes: bytes))
        #expect(Authority.key.verify(signed.signature, of: signed.content))
        return try JSONCoding.value(OfficerAssertion.self, from: signed.content)
    }

    @Test("Whoever signs in gets an assertion for ten minutes; a new one as long as the session lasts")
    func renewal() throws {
        let bench = try bench()
        let session = try #require(try bench.signIn("yisa"))
        let first = try assertion(session)
        #expect(first.officer == Officer(user: "yisa", role: .township, area: .township(Sample.township)))
        #expect(first.expires == bench.clock.now().advanced(byMilliseconds: 600_000))
        for _ in 0..<11 {
            bench.clock.advance(byMilliseconds: 3_600_000)
            let renewed = try bench.execute(RenewSession(secret: session.secret), as: .operations)
            #expect(try assertion(renewed).issued == bench.clock.now())
        }
        bench.clock.advance(byMilliseconds: 3_600_000 - 60_000)
        let last = try bench.execute(RenewSession(secret: session.secret), as: .operations)
        #expect(try assertion(last).expires == session.expires, "never beyond the session's own end")
        bench.clock.advance(byMilliseconds: 60_000)
        #expect(
            try bench.refusal(of: RenewSession(secret: session.secret), as: .operations)
                == AccountsRefusal.sessionEnded)
    }

    @Test("Two hours without use end it, also when nobody cleared it away; the limits are data")
    func idle() throws {
        let bench = try bench()
        let session = try #require(try bench.signIn("yisa"))
        bench.clock.advance(byMilliseconds: 2 * 3_600_000)
        #expect(
            try bench.refusal(of: RenewSession(secret: session.secret), as: .operations)
                == AccountsRefusal.sessionEnded)
        #expect(try bench.look { try $0.sessions(of: "yisa") }.count == 1)
        try bench.wake()
        #expect(try bench.look { try $0.sessions(of: "yisa") }.isEmpty)
    }

    @Test("A wrong password is written down; a name that there is not is not")
    func failures() throws {
        let bench = try bench()
        _ = try bench.newEvents()
        #expect(try bench.signIn("yisa", "不是这个密码的") == nil)
        #expect(try bench.signIn("mima-shu-cuo-le", "不是这个密码的") == nil)
        #expect(try bench.newEvents(SignInFailed.self).map(\.user) == ["yisa"])
    }

    @Test("Signed out, no copy of the secret is good; others stay")
    func signOut() throws {
        let bench = try bench()
        let (mine, other) = (try #require(try bench.signIn("yisa")), try #require(try bench.signIn("yisa")))
        try bench.execute(CloseSession(secret: mine.secret), as: .operations)
        #expect(
            try bench.refusal(of: RenewSession(secret: mine.secret), as: .operations) == AccountsRefusal.sessionEnded)
        try bench.execute(RenewSession(secret: other.secret), as: .operations)
        #expect(
            try bench.refusal(of: EndSessions(user: "yisa", identifier: mine.identifier), as: .operations)
                == AccountsRefusal.unknownSession)
        try bench.execute(EndSessions(user: "yisa", identifier: other.identifier), as: .operations)
        #expect(
            try bench.refusal(of: RenewSession(secret: other.secret), as: .operations) == AccountsRefusal.sessionEnded)
    }

    @Test("One's own password: the present one must be right, the new one good; other sessions end, this one goes on")
    func ownPassword() throws {
        let bench = try AccountsBench()
        var account = AccountTests.record("yisa")
        account.mustChangePassword = true
        try bench.execute(account, as: .operations)
        let (mine, other) = (try #require(try bench.signIn("yisa")), try #require(try bench.signIn("yisa")))
        #expect(mine.mustChangePassword)
        func change(_ password: String, _ fresh: String) throws -> Refusal? {
            try bench.refusal(
                of: ChangePassword(secret: mine.secret, password: password, newPassword: fresh), as: .operations)
        }
        #expect(try change("不是这个密码的", "另外几个词连一句") == AccountsRefusal.wrongPassword)
        #expect(try change(AccountTests.password, "12345678") == AccountsRefusal.passwordKnown)
        #expect(try change(AccountTests.password, AccountTests.password) == AccountsRefusal.passwordSame)
        #expect(try change(AccountTests.password, "另外几个词连一句") == nil)
        #expect(try bench.execute(RenewSession(secret: mine.secret), as: .operations).mustChangePassword == false)
        #expect(
            try bench.refusal(of: RenewSession(secret: other.secret), as: .operations) == AccountsRefusal.sessionEnded)
        #expect(try bench.signIn("yisa") == nil)
    }

    @Test("Neither a secret nor a hash lies in the file")
    func file() throws {
        let bench = try bench()
        let session = try #require(try bench.signIn("yisa"))
        bench.core.store.close()
        #expect(try StoredText.found([session.secret, "argon2id", "迤萨镇"], in: bench.folder) == [])
    }

    @Test("Sign-ins, failures and changes are listed, the latest first, page by page, of one account or of all")
    func records() throws {
        let bench = try bench()
        try bench.execute(AccountTests.record("jiayin"), as: .operations)
        _ = try bench.signIn("yisa")
        _ = try bench.signIn("yisa", "不是这个密码的")
        try bench.execute(SetAccountState(user: "jiayin", state: .disabled, reason: "休假"), as: .operations)
        let officer = Officer(user: "xinxi", role: .dataProtection)
        func all(_ user: String?) throws -> [AccessRecord] {
            var rows: [AccessRecord] = []
            var before: Int64?
            repeat {
                let page = try bench.ask(ListAccessRecords(user: user, before: before, limit: 2), as: officer)
                rows += page.rows
                before = page.next
            } while before != nil
            return rows
        }
        let expected = [AccountChanged.name, SignInFailed.name, SessionOpened.name, AccountChanged.name]
        #expect(try all(nil).map(\.event) == expected + [AccountChanged.name])
        #expect(try all("yisa").map(\.event) == [SignInFailed.name, SessionOpened.name, AccountChanged.name])
        let last = try #require(try all("jiayin").first)
        #expect(last.what == "state" && last.reason == "休假" && last.actor.hasPrefix("yunwei#"))
        for role in Role.allCases where !ListAccessRecords.roles.contains(role) {
            let refusal = try bench.refusal(of: ListAccessRecords(limit: 1), as: Officer(user: "x", role: role))
            #expect(refusal == CommonRefusal.roleNotEntitled)
        }
    }
}
