import Contracts
import Domain
import Sealing
import Support
import Testing

@testable import Accounts
@testable import Host

typealias AccountsBench = ServiceBench<Accounts>

extension ServiceBench where Logic == Accounts {
    func look<T>(_ body: (AccountsReads) throws -> T) throws -> T {
        try core.store.commit { try body(AccountsReads($0, tools.sealer)) }
    }

    func signIn(_ user: String, _ password: String = AccountTests.password) throws -> OpenedSession? {
        try execute(OpenSession(user: user, password: password), as: .operations).session
    }
}

@Suite("Accounts")
struct AccountTests {
    static let password = "几个词连成一句话"

    static func record(
        _ user: String, _ displayName: String = "迤萨镇", password: String = password, replaces: Bool? = nil
    ) -> RecordAccount {
        RecordAccount(
            user: user, displayName: displayName, role: .township, area: .township(Sample.township),
            password: password, replaces: replaces)
    }

    @Test("An account is entered; entered again, its name and password are, and its role only when that is meant")
    func recorded() throws {
        let bench = try AccountsBench()
        try bench.execute(Self.record("yisa"), as: .operations)
        #expect(try bench.newEvents(AccountChanged.self).map(\.user) == ["yisa"])
        let account = try #require(try bench.look { try $0.account("yisa") })
        #expect(account.officer == Officer(user: "yisa", role: .township, area: .township(Sample.township)))
        #expect(account.details.recordedBy == "yunwei")
        try bench.execute(Self.record("yisa", "迤萨镇中心", password: "另外几个词连一句"), as: .operations)
        #expect(try bench.signIn("yisa") == nil)
        #expect(try bench.signIn("yisa", "另外几个词连一句")?.displayName == "迤萨镇中心")
        var other = Self.record("yisa", "专班")
        other.role = .workingTeam
        other.area = .county
        #expect(try bench.refusal(of: other, as: .operations) == AccountsRefusal.otherAccount)
        #expect(try bench.look { try $0.account("yisa") }?.details.displayName == "迤萨镇中心")
        other.replaces = true
        try bench.execute(other, as: .operations)
        #expect(
            try bench.look { try $0.account("yisa") }?.officer
                == Officer(user: "yisa", role: .workingTeam, area: .county))
    }

    @Test("Only operators enter accounts")
    func operatorsOnly() throws {
        let bench = try AccountsBench()
        for role in Role.allCases where role != .systemOperator {
            let officer = Officer(user: "u", role: role)
            #expect(try bench.refusal(of: Self.record("yisa"), as: officer)?.slug == "access.role", "\(role)")
        }
        #expect(try bench.look { try $0.account("yisa") } == nil)
    }

    @Test(
        "A name of one alphabet, so that no two look alike, and a display name",
        arguments: [
            record("a"), record(String(repeating: "a", count: 33)), record(""), record("yi sa"), record("yi:sa"),
            record("Yisa"), record("r\u{0435}nshe"), record("ｙisa"), record("yi\u{200B}sa"), record("迤萨"),
            record("yisa", ""), record("yisa", "  "),
        ])
    func malformed(_ account: RecordAccount) throws {
        let bench = try AccountsBench()
        #expect(try bench.refusal(of: account, as: .operations) == AccountsRefusal.malformedAccount)
        #expect(try bench.newEvents().isEmpty)
    }

    private static func of(_ role: Role, _ area: Area) -> RecordAccount {
        RecordAccount(user: "yisa", displayName: "账号", role: role, area: area, password: password, replaces: true)
    }

    @Test(
        "An area that does not belong to the role is refused",
        arguments: [
            of(.township, .county), of(.township, .enterprise(Sample.enterprise)),
            of(.township, .township("532529999")),
            of(.township, .township("530102001")), of(.enterprise, .county),
            of(.enterprise, .township(Sample.township)), of(.enterprise, .enterprise("91350100M000100Y44")),
            of(.enterprise, .enterprise("91350100m000100y43")), of(.archives, .township(Sample.township)),
            of(.workingTeam, .enterprise(Sample.enterprise)),
        ])
    func areaMismatch(_ account: RecordAccount) throws {
        let bench = try AccountsBench()
        #expect(try bench.refusal(of: account, as: .operations) == AccountsRefusal.areaMismatch)
        #expect(try bench.look { try $0.account(account.user) } == nil)
    }

    @Test("Every role with the area that belongs to it is entered", arguments: Role.allCases)
    func areas(_ role: Role) throws {
        let area: Area =
            switch role {
            case .township: .township(Sample.otherTownship)
            case .enterprise: .enterprise(Sample.otherEnterprise)
            default: .county
            }
        let bench = try AccountsBench()
        try bench.execute(Self.of(role, area), as: .operations)
        #expect(try bench.look { try $0.account("yisa")?.officer.area } == area)
    }

    @Test(
        "A password that guessers try first is refused, whatever letters are mixed in",
        arguments: [
            "12345678", "aaaaaaaa", "password", "Passw0rd", "        ", "abcdefgh", "87654321", "1212121212",
            "yisayisa",
            "yisa123", "password1!", "woaini1314", "qwertyuiop", "yisa2020",
        ])
    func knownPasswords(_ password: String) throws {
        let bench = try AccountsBench()
        let refusal = try bench.refusal(of: Self.record("yisa", password: password), as: .operations)
        #expect(refusal == (password.count < 8 ? AccountsRefusal.passwordTooShort : AccountsRefusal.passwordKnown))
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("Length alone makes a password good", arguments: ["正确的密码 123", "correct horse", "jieli-2020", "四个字四个字两个"])
    func goodPasswords(_ password: String) throws {
        let bench = try AccountsBench()
        try bench.execute(Self.record("yisa", password: password), as: .operations)
        #expect(try bench.signIn("yisa", password) != nil)
    }

    @Test("Disabled, nobody signs in and all sessions end; enabled, the password is as before; ended, for good")
    func states() throws {
        let bench = try AccountsBench()
        try bench.execute(Self.record("yisa"), as: .operations)
        let session = try #require(try bench.signIn("yisa"))
        let own = Officer(user: "yisa", role: .systemOperator)
        let disable = SetAccountState(user: "yisa", state: .disabled, reason: "休假")
        #expect(try bench.refusal(of: disable, as: own) == AccountsRefusal.ownAccount)
        var silent = disable
        silent.reason = " "
        #expect(try bench.refusal(of: silent, as: .operations) == AccountsRefusal.reasonMissing)
        try bench.execute(disable, as: .operations)
        #expect(try bench.signIn("yisa") == nil)
        #expect(
            try bench.refusal(of: RenewSession(secret: session.secret), as: .operations)
                == AccountsRefusal.sessionEnded)
        try bench.execute(SetAccountState(user: "yisa", state: .active, reason: "销假"), as: .operations)
        #expect(try bench.signIn("yisa") != nil)
        try bench.execute(SetAccountState(user: "yisa", state: .ended, reason: "调离"), as: .operations)
        #expect(try bench.signIn("yisa") == nil)
        #expect(try bench.refusal(of: Self.record("yisa"), as: .operations) == AccountsRefusal.endedAccount)
        let again = SetAccountState(user: "yisa", state: .active, reason: "回来")
        #expect(try bench.refusal(of: again, as: .operations) == AccountsRefusal.endedAccount)
        let nobody = SetAccountState(user: "nobody", state: .active, reason: "x")
        #expect(try bench.refusal(of: nobody, as: .operations) == AccountsRefusal.unknownAccount)
        #expect(
            try bench.ask(ListAccounts(), as: .operations).rows.map(\.state) == [.ended])
    }

    @Test("Accounts of an earlier release are taken over once, with their passwords; the present ones stay")
    func adopted() throws {
        let bench = try AccountsBench()
        try bench.execute(Self.record("yisa"), as: .operations)
        let hash = try PasswordHash.make("旧密码旧密码旧")
        for user in ["yisa", "dangan"] {
            let former = AdoptAccount(
                user: user, displayName: "原账号", role: .archives, area: .county, passwordHash: hash)
            try bench.execute(former, as: .operations)
        }
        #expect(try bench.signIn("yisa", "旧密码旧密码旧") == nil)
        #expect(try bench.signIn("dangan", "旧密码旧密码旧")?.officer.role == .archives)
    }

    @Test("The events carry no hash and no display name")
    func event() throws {
        let bench = try AccountsBench()
        try bench.execute(Self.record("yisa"), as: .operations)
        for record in try bench.newEvents() {
            let text = String(decoding: record.body, as: UTF8.self)
            #expect(!text.contains("argon2") && !text.contains("迤萨镇"))
        }
    }

    @Test("A row that is changed by hand, or is another account's, opens nothing")
    func forgedRow() throws {
        let bench = try AccountsBench()
        try bench.execute(Self.record("yisa"), as: .operations)
        var mighty = Self.record("yunwei2", "系统运维")
        mighty.role = .systemOperator
        mighty.area = .county
        try bench.execute(mighty, as: .operations)
        try bench.core.store.commit { transaction in
            try transaction.execute(
                "UPDATE account SET details = (SELECT details FROM account WHERE user = 'yunwei2') WHERE user = 'yisa'")
        }
        #expect(throws: (any Error).self) { try bench.look { try $0.account("yisa") } }
        let outcome = try bench.refusal(of: OpenSession(user: "yisa", password: Self.password), as: .operations)
        #expect(outcome == CommonRefusal.internalFault)
    }

    @Test("A list of what is stored is read as it was written")
    func samples() throws {
        let accounts = try StoredSamples.read(AccountDetails.self)
        #expect(accounts.first?.value.role == .township && accounts.first?.value.accountState == .active)
        let sessions = try StoredSamples.read(SessionDetails.self)
        #expect(sessions.first?.value.user == "yisa")
        #expect(try accounts.last.map { try $0.value.stored() } == accounts.last?.bytes)
        #expect(try sessions.last.map { try $0.value.stored() } == sessions.last?.bytes)
    }
}
