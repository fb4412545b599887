import Contracts
import Domain
import Messaging
import Sealing
import Support
import Testing

@testable import Host

/// Whoever has a program's key and no sign-in behind it, and what that is good for: nothing that is known of a person.
@Suite("The officer is proved, not claimed")
struct OfficerCheckTests {
    private let now = Timestamp(millisecondsSinceEpoch: 1_796_000_000_000)

    private func request(_ context: [UInt8], _ message: String = GetPerson.name, from caller: ServiceName = .gateway)
        -> IncomingRequest
    {
        IncomingRequest(
            caller: caller.rawValue, message: message, version: 1, command: nil, context: context, body: [],
            token: ReplyToken(correlation: 1, brokerSession: 1))
    }

    private func refusal(_ request: IncomingRequest, at now: Timestamp? = nil) -> Refusal? {
        do {
            _ = try Authority.check.actor(of: request, now: now ?? self.now)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test("What earlier programs sent, an officer in plain JSON, is believed by nobody; nor is any other text")
    func claim() throws {
        let claims = [
            #"{"user":"weijian","role":"health","area":"county"}"#,
            #"{"user":"weijian","role":"health","role":"operator","area":"county"}"#, "{}", "\u{01}", "\u{01}\u{48}abc",
        ]
        for claim in claims {
            for caller in [ServiceName.gateway, .jieli] {
                #expect(refusal(request(Array(claim.utf8), from: caller)) == AccessRefusal.notProven, "\(claim)")
            }
        }
    }

    @Test("A signature by another key, a changed name, a shortened or lengthened assertion: not proven")
    func forged() throws {
        let officer = Officer.doctor
        let stranger = try SignatureKey.random().sign(Authority.assertion(officer))
        #expect(refusal(request(stranger)) == AccessRefusal.notProven)
        let good = try Authority.context(officer)
        #expect(refusal(request(good)) == nil)
        let text = String(decoding: good.dropFirst(2 + Int(good[1])), as: UTF8.self)
        let other = Array(text.replacing("weijian", with: "dangan1").utf8)
        #expect(other.count == good.count - 2 - Int(good[1]))
        #expect(refusal(request(Array(good.prefix(2 + Int(good[1]))) + other)) == AccessRefusal.notProven)
        #expect(refusal(request(good.dropLast())) == AccessRefusal.notProven)
        #expect(refusal(request(good + [0])) == AccessRefusal.notProven)
        for place in good.indices where place != 0 {
            var changed = good
            changed[place] ^= 1
            #expect(refusal(request(changed)) == AccessRefusal.notProven, "byte \(place)")
        }
    }

    @Test("It ends by the service's own clock, also once it is known; clocks may be two minutes apart")
    func expiry() throws {
        let issued = Authority.assertion(
            .doctor, issued: now, expires: now.advanced(byMilliseconds: OfficerAssertion.lifetimeInMilliseconds))
        let context = try Authority.key.sign(issued)
        func at(_ milliseconds: Int64) -> Refusal? {
            refusal(request(context), at: now.advanced(byMilliseconds: milliseconds))
        }
        #expect(at(0) == nil)
        #expect(at(12 * 60_000 - 1) == nil)
        #expect(at(12 * 60_000) == AccessRefusal.assertionExpired)
        #expect(at(-2 * 60_000) == nil)
        #expect(at(-2 * 60_000 - 1) == AccessRefusal.assertionExpired)
    }

    /// Everything that a program may do by its key alone, a second time: so a change of the table is seen.
    private static let byItself: [ServiceName: Set<String>] = [
        .gateway: [
            "accounts.session.open", "accounts.session.renew", "accounts.session.close", "accounts.password.change",
            "accounts.factor.begin", "accounts.factor.confirm",
            "gateway.run.note", "gateway.run.stop",
        ],
        .jieli: [
            "accounts.session.open", "accounts.session.renew", "accounts.session.close", "accounts.password.change",
            "accounts.factor.begin", "accounts.factor.confirm",
            "accounts.account.record", "accounts.account.adopt", "accounts.account.set-state", "accounts.account.list",
            "accounts.session.end", "accounts.factor.remove", "gateway.account.list-former", "gateway.account.forget",
            "gateway.position.list",
            "registry.roster.open", "registry.roster.add-rows", "registry.roster.close", "registry.roster.undo",
            "registry.roster.list", "registry.roster.get", "registry.enterprise.list",
            // To operators the check tells no difference of anybody who is in the ledger.
            "registry.roster.check-rows", "registry.roster.headings", "registry.roster.remember-headings",
        ],
    ]

    @Test("With nobody behind it a program may send the messages of its list, and no other")
    func programs() throws {
        for caller in ServiceName.allCases {
            for entry in ServiceContract.all.values.flatMap(\.entries) where entry.kind != nil {
                let isListed = Self.byItself[caller]?.contains(entry.name) ?? false
                let refusal = refusal(request([], entry.name, from: caller))
                #expect((refusal == nil) == isListed, "\(caller) \(entry.name)")
            }
        }
    }

    @Test("The stolen key of the gateway reads no person, opens no account and adopts none")
    func stolenGatewayKey() throws {
        for name in [GetPerson.name, SearchPersons.name, GetHealthRecord.name, GetFile.name] {
            #expect(refusal(request([], name)) == AccessRefusal.notProven, "\(name)")
        }
        for name in [RecordAccount.name, AdoptAccount.name, SetAccountState.name] {
            #expect(refusal(request([], name)) == AccessRefusal.notProven, "\(name)")
        }
        #expect(!AccessTable.mayAsk(.gateway, .accounts, AdoptAccount.name))
    }

    @Test("The log says within its chain what proved who acted")
    func log() throws {
        let acting = try Authority.check.actor(of: request(Authority.context(.doctor)), now: now)
        #expect(acting.officer == .doctor)
        #expect(acting.text.hasPrefix("weijian#") && acting.text.count == "weijian#".count + 16)
        #expect(ActingOfficer(.doctor).text == "weijian")
    }
}
