import Contracts
import Domain
import Sealing
import Support
import Testing

@testable import Accounts

@Suite("The second factor")
struct SecondFactorTests {
    private struct Enrolled {
        let bench: AccountsBench
        let session: OpenedSession
        let key: [UInt8]
        let recovery: [String]

        func code(_ steps: Int64 = 0) -> String {
            let step = OneTimePassword.step(at: bench.clock.now().millisecondsSinceEpoch / 1000) + steps
            return OneTimePassword.code(key: key, step: step)
        }

        func signIn(_ code: String?) throws -> SignInOutcome {
            try bench.execute(
                OpenSession(user: "yisa", password: AccountTests.password, code: code), as: .operations)
        }
    }

    private func enrolled() throws -> Enrolled {
        let bench = try AccountsBench()
        try bench.execute(AccountTests.record("yisa"), as: .operations)
        let session = try #require(try bench.signIn("yisa"))
        let begin = BeginSecondFactor(secret: session.secret, password: AccountTests.password)
        let key = try bench.execute(begin, as: .operations)
        #expect(try bench.signIn("yisa") != nil, "it does not count before it is confirmed")
        let pending = try #require(try bench.look { try $0.account("yisa") }).details.pendingFactorKey
        let bytes = try #require(Hex.decode(pending))
        #expect(key.key == OneTimePassword.base32(bytes) && key.uri.contains("secret=\(key.key)"))
        let step = OneTimePassword.step(at: bench.clock.now().millisecondsSinceEpoch / 1000)
        #expect(
            try bench.refusal(of: ConfirmSecondFactor(secret: session.secret, code: "000000"), as: .operations)
                == AccountsRefusal.wrongCode)
        let confirm = ConfirmSecondFactor(
            secret: session.secret, code: OneTimePassword.code(key: bytes, step: step))
        let codes = try bench.execute(confirm, as: .operations).codes
        bench.clock.advance(byMilliseconds: 60_000)
        return Enrolled(bench: bench, session: session, key: bytes, recovery: codes)
    }

    @Test("The password alone signs nobody in any more; with a code it does, and each code once")
    func code() throws {
        let enrolled = try enrolled()
        #expect(try enrolled.signIn(nil) == SignInOutcome(session: nil, needsCode: true))
        #expect(try enrolled.signIn("123456").needsCode == true)
        let code = enrolled.code()
        #expect(try enrolled.signIn(code).session?.hasSecondFactor == true)
        #expect(try enrolled.signIn(code).session == nil, "seen over the shoulder, it is of no use")
        #expect(try enrolled.signIn(enrolled.code(-1)).session == nil, "nor is one before it")
        #expect(try enrolled.signIn(enrolled.code(1)).session != nil, "a telephone that is half a minute ahead")
        let wrong = try enrolled.bench.execute(
            OpenSession(user: "yisa", password: "不是这个密码的", code: enrolled.code(1)), as: .operations)
        #expect(wrong == SignInOutcome(session: nil), "a wrong password does not tell that there is a second factor")
    }

    @Test("A recovery code stands in once; another password leaves the second factor; an operator takes it away")
    func recovery() throws {
        let enrolled = try enrolled()
        #expect(Set(enrolled.recovery).count == 8)
        #expect(try enrolled.signIn(enrolled.recovery[0].uppercased()).session != nil)
        #expect(try enrolled.signIn(enrolled.recovery[0]).session == nil)
        try enrolled.bench.execute(AccountTests.record("yisa"), as: .operations)
        #expect(try enrolled.signIn(nil).needsCode == true)
        #expect(try enrolled.signIn(enrolled.recovery[1]).session != nil)
        let remove = RemoveSecondFactor(user: "yisa", reason: "手机丢失")
        #expect(try enrolled.bench.refusal(of: remove, as: .archivist)?.slug == "access.role")
        try enrolled.bench.execute(remove, as: .operations)
        #expect(try enrolled.signIn(nil).session != nil)
    }

    @Test("To begin it the password is asked again; without beginning there is nothing to confirm")
    func begin() throws {
        let bench = try AccountsBench()
        try bench.execute(AccountTests.record("yisa"), as: .operations)
        let session = try #require(try bench.signIn("yisa"))
        let begin = BeginSecondFactor(secret: session.secret, password: "不是这个密码的")
        #expect(try bench.refusal(of: begin, as: .operations) == AccountsRefusal.wrongPassword)
        #expect(
            try bench.refusal(of: ConfirmSecondFactor(secret: session.secret, code: "000000"), as: .operations)
                == AccountsRefusal.factorNotBegun)
    }
}
