import Sealing
import Testing

@Suite("Password hash")
struct PasswordHashTests {
    @Test("knows the right password from a wrong one")
    func verdict() throws {
        let hash = try PasswordHash.make("正确的密码 1")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try PasswordHash.verify("正确的密码 1", against: hash) == .right(needsRehash: false))
        #expect(try PasswordHash.verify("正确的密码 2", against: hash) == .wrong)
        #expect(try PasswordHash.verify("", against: hash) == .wrong)
        #expect(try PasswordHash.verify("正确的密码 1\0", against: hash) == .wrong)
    }

    @Test("has a salt of its own each time")
    func salt() throws {
        #expect(try PasswordHash.make("a") != PasswordHash.make("a"))
    }

    @Test("asks for a new hash when the stored one was made at another cost")
    func rehash() throws {
        // Made by libsodium with one pass over 8 MiB.
        let weak = "$argon2id$v=19$m=8192,t=1,p=1$8f64Y0sGWjJQb0Nm+MuBsQ$E5w2F1qmGp02eGH0Jhc55M4I7TaYgLOZXjXrIXWwg+c"
        #expect(try PasswordHash.verify("weak", against: weak) == .right(needsRehash: true))
        #expect(try PasswordHash.verify("week", against: weak) == .wrong)
    }

    @Test("tells a damaged hash from a wrong password", arguments: ["", "x", "$argon2id$", "$2b$10$abcdefghijkl"])
    func damaged(hash: String) {
        #expect(code { _ = try PasswordHash.verify("a", against: hash) } == .passwordHashMalformed)
    }

    @Test("refuses a password that is too long")
    func long() throws {
        let longest = String(repeating: "码", count: 341) + "a"
        let hash = try PasswordHash.make(longest)
        #expect(try PasswordHash.verify(longest, against: hash) == .right(needsRehash: false))
        #expect(code { _ = try PasswordHash.make(longest + "a") } == .passwordTooLong)
        #expect(code { _ = try PasswordHash.verify(longest + "a", against: hash) } == .passwordTooLong)
        #expect(code { try PasswordHash.verifyAgainstNobody(longest + "a") } == .passwordTooLong)
    }

    @Test("takes as long for a user who does not exist")
    func nobody() throws {
        let hash = try PasswordHash.make("a")
        try PasswordHash.verifyAgainstNobody("a")
        let clock = ContinuousClock()
        // The shortest of several, side by side: what else the machine does only makes them longer.
        var known = Duration.seconds(100)
        var unknown = known
        for _ in 0..<5 {
            known = min(known, try clock.measure { _ = try PasswordHash.verify("b", against: hash) })
            unknown = min(unknown, try clock.measure { try PasswordHash.verifyAgainstNobody("b") })
        }
        #expect(unknown > known / 3 && unknown < known * 3)
    }
}
