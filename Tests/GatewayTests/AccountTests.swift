import Contracts
import Domain
import Support
import Testing

@testable import Gateway

@Suite("Accounts")
struct AccountTests {
    private static let hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"

    private static func user(_ user: String, _ displayName: String = "迤萨镇", hash: String = hash) -> RecordUser {
        RecordUser(
            user: user, displayName: displayName, role: .township, area: .township(Sample.township), passwordHash: hash)
    }

    @Test("An account is entered; entered again, its name and password are, and its role only when that is meant")
    func recorded() throws {
        let bench = try GatewayBench()
        try bench.execute(Self.user("yisa"), as: .operations)
        #expect(try bench.newEvents(UserRecorded.self).map(\.user) == ["yisa"])
        let account = try #require(try bench.look { try $0.account("yisa") })
        #expect(account.officer == Officer(user: "yisa", role: .township, area: .township(Sample.township)))
        #expect(account.displayName == "迤萨镇")
        #expect(account.passwordHash == Self.hash)
        try bench.execute(Self.user("yisa", "迤萨镇中心", hash: Self.hash + "y"), as: .operations)
        #expect(try bench.look { try $0.account("yisa") }?.passwordHash == Self.hash + "y")
        var other = RecordUser(
            user: "yisa", displayName: "专班", role: .workingTeam, area: .county, passwordHash: Self.hash + "x")
        #expect(try bench.refusal(of: other, as: .operations) == GatewayRefusal.otherAccount)
        #expect(try bench.look { try $0.account("yisa") }?.displayName == "迤萨镇中心")
        let elsewhere = RecordUser(
            user: "yisa", displayName: "甲寅镇", role: .township, area: .township("532529102"), passwordHash: Self.hash)
        #expect(try bench.refusal(of: elsewhere, as: .operations) == GatewayRefusal.otherAccount)
        other.replaces = true
        try bench.execute(other, as: .operations)
        let changed = try #require(try bench.look { try $0.account("yisa") })
        #expect(changed.officer == Officer(user: "yisa", role: .workingTeam, area: .county))
        #expect(changed.displayName == "专班")
        #expect(changed.passwordHash == Self.hash + "x")
        #expect(try bench.look { try $0.account("nobody") } == nil)
    }

    @Test("Only operators enter accounts")
    func operatorsOnly() throws {
        let bench = try GatewayBench()
        for role in Role.allCases where role != .systemOperator {
            let officer = Officer(user: "u", role: role)
            #expect(try bench.refusal(of: Self.user("yisa"), as: officer)?.slug == "access.role", "\(role)")
        }
        #expect(try bench.look { try $0.account("yisa") } == nil)
    }

    @Test(
        "A name of 2 to 32 characters without blanks or colon, a display name, a hash that can be checked",
        arguments: [
            user("a"), user(String(repeating: "a", count: 33)), user(""), user("yi sa"), user("yi:sa"),
            user("yisa", ""), user("yisa", "  "), user("yisa", hash: ""), user("yisa", hash: "plain password"),
        ])
    func malformed(_ account: RecordUser) throws {
        let bench = try GatewayBench()
        #expect(try bench.refusal(of: account, as: .operations) == GatewayRefusal.malformedAccount)
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.look { try $0.account(account.user) } == nil)
    }

    private static func of(_ role: Role, _ area: Area) -> RecordUser {
        RecordUser(user: "yisa", displayName: "账号", role: role, area: area, passwordHash: hash, replaces: true)
    }

    @Test(
        "An area that does not belong to the role is refused",
        arguments: [
            of(.township, .county), of(.township, .enterprise(Sample.enterprise)),
            of(.township, .township("532529999")),
            of(.township, .township("530102001")), of(.enterprise, .county),
            of(.enterprise, .township(Sample.township)), of(.enterprise, .enterprise("91350100M000100Y44")),
            of(.enterprise, .enterprise("91350100m000100y43")),
            of(.archives, .township(Sample.township)), of(.workingTeam, .enterprise(Sample.enterprise)),
        ])
    func areaMismatch(_ account: RecordUser) throws {
        let bench = try GatewayBench()
        #expect(try bench.refusal(of: account, as: .operations) == GatewayRefusal.areaMismatch)
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.look { try $0.account(account.user) } == nil)
    }

    @Test("An area without a code is not understood at all")
    func emptyArea() throws {
        let refusal = try GatewayBench().refusal(of: Self.of(.enterprise, .enterprise("")), as: .operations)
        #expect(refusal?.slug == CommonRefusal.malformed.slug && refusal?.details == ["area"])
    }

    @Test("Every role with the area that belongs to it is entered", arguments: Role.allCases)
    func areas(_ role: Role) throws {
        let fitting: [Area] =
            switch role {
            case .township: Township.all.map { .township($0.code) }
            case .enterprise: [.enterprise(Sample.enterprise), .enterprise(Sample.otherEnterprise)]
            default: [.county]
            }
        let bench = try GatewayBench()
        for area in fitting {
            #expect(try bench.refusal(of: Self.of(role, area), as: .operations) == nil, "\(area.text)")
            #expect(try bench.look { try $0.account("yisa")?.officer.area } == area)
        }
    }

    @Test("The refusals say what to do")
    func sentences() {
        #expect(GatewayRefusal.areaMismatch.slug == "gateway.account.area")
        #expect(GatewayRefusal.malformedAccount.message.contains("不含空格和冒号"))
    }

    @Test("Names of the shortest and the greatest length", arguments: ["ab", String(repeating: "a", count: 32), "迤萨"])
    func limits(_ name: String) throws {
        let bench = try GatewayBench()
        #expect(try bench.refusal(of: Self.user(name), as: .operations) == nil)
    }

    @Test("The event carries no hash and no display name")
    func event() throws {
        let bench = try GatewayBench()
        try bench.execute(Self.user("yisa"), as: .operations)
        for record in try bench.newEvents() {
            let text = String(decoding: record.body, as: UTF8.self)
            #expect(!text.contains("argon2") && !text.contains("迤萨镇"))
        }
    }
}
