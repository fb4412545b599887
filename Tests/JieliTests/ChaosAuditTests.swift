import Contracts
import Domain
import Messaging
import Sealing
import Store
import Support
import Testing

@testable import Jieli

/// The check at the end of `jieli chaos` finds what it is there to find: stores and a ledger that were made by hand.
@Suite("The audit of a harmed county")
struct ChaosAuditTests {
    private static let person = PersonID(7)
    private static let effect = ChaosEffect(.registry, PersonVerified(person: person))

    /// A county whose registry has carried out one command, told by events of these people.
    private final class Made {
        let county: CountyFolder
        let ledger: ChaosLedger
        private let folder: String

        init(
            verified: [PersonID], storing body: [UInt8]? = Array("{}".utf8), applied: Bool = true,
            entered: [ChaosEffect] = [ChaosAuditTests.effect]
        ) throws {
            folder = try TemporaryFolder.make()
            county = try CountyFolder(path: "\(folder)/county")
            try county.make()
            _ = try KeyMaking.makeMissing(county)
            for service in Supervision.storing { try Self.makeFolder(county.store(service)) }
            var offset: StreamOffset?
            for service in Supervision.storing {
                let store = try WritableStore(
                    path: county.storeFile(service), stream: service.rawValue, migrations: [], clock: ManualClock(),
                    randomness: SeededRandomness(seed: 1), durability: .none)
                defer { store.close() }
                try store.commit { transaction in
                    if service != .registry {
                        if let offset, applied { try transaction.setOffset(offset, of: ServiceName.registry.rawValue) }
                        return
                    }
                    for person in verified {
                        let event = PersonVerified(person: person)
                        _ = try transaction.append(
                            name: PersonVerified.name, version: 1, key: event.key, actor: "renshe",
                            body: JSONCoding.bytes(event))
                    }
                    if let body {
                        try transaction.storeResult(
                            StoredResult(status: StoredResult.done, body: body, requestDigest: 1),
                            for: CommandIdentity(caller: "jieli", session: 1, counter: 1))
                    }
                }
                if service == .registry {
                    let head = store.head
                    offset = StreamOffset(epoch: head.epoch, seq: head.seq, hash: head.hash)
                }
            }
            ledger = try ChaosLedger(path: "\(folder)/ledger.jsonl")
            try ledger.enter(
                ChaosEntry(
                    service: .registry, message: VerifyPersons.name, session: 1, counter: 1, isDone: true,
                    answer: Hex.encode(SM3.digest(Array("{}".utf8))), asked: 1, waitedInMilliseconds: 1,
                    effects: entered))
        }

        deinit { TemporaryFolder.remove(folder) }

        private static func makeFolder(_ path: String) throws { _ = try Program.run("mkdir", ["-p", path]) }

        /// Audits it. - Returns: the kinds of what was found.
        func kinds() throws -> [ChaosViolation.Kind] {
            _ = try ChaosAudit(county: county, ledger: ledger).run()
            return ledger.tally.violations.map(\.kind)
        }
    }

    @Test("finds nothing where all is as it was answered")
    func sound() throws {
        let made = try Made(verified: [Self.person])
        #expect(try made.kinds() == [], "\(made.ledger.tally.violations)")
    }

    @Test("finds an event that is missing, one that is there twice, one that nobody was told of")
    func effects() throws {
        #expect(try Made(verified: []).kinds().contains(.lost))
        #expect(try Made(verified: [Self.person, Self.person]).kinds() == [.doubled])
        #expect(try Made(verified: [Self.person, PersonID(8)]).kinds() == [.doubled])
    }

    @Test("finds a result that is missing, and one that is not what was answered")
    func results() throws {
        #expect(try Made(verified: [Self.person], storing: nil).kinds() == [.lost])
        #expect(try Made(verified: [Self.person], storing: [1]).kinds() == [.answer])
    }

    @Test("finds a follower that was told all and has another end of the log")
    func offsets() throws {
        let made = try Made(verified: [Self.person])
        let store = try WritableStore(
            path: made.county.storeFile(.registry), stream: ServiceName.registry.rawValue, migrations: [],
            clock: ManualClock(), randomness: SeededRandomness(seed: 2), durability: .none)
        try store.commit { transaction in
            _ = try transaction.append(
                name: PersonRegistered.name, version: 1, key: "person:9", actor: "renshe",
                body: JSONCoding.bytes(PersonRegistered(person: PersonID(9), enterprise: "", township: "", roster: 3)))
        }
        store.close()
        let kinds = try made.kinds()
        // The eight others each, and the person on a roster that no command has registered.
        #expect(kinds.count { $0 == .stuck } == 8 && kinds.contains(.doubled), "\(kinds)")
    }

    @Test("the same seed plans the same faults, another seed others")
    func plan() throws {
        func steps(_ seed: Int) throws -> [UInt8] {
            try JSONCoding.bytes(ChaosPlan(seed: seed, faults: 200, possible: ChaosFault.allCases).steps)
        }
        #expect(try steps(1) == steps(1))
        #expect(try steps(1) != steps(2))
        let kinds = Set(ChaosPlan(seed: 1, faults: 1000, possible: ChaosFault.allCases).steps.map(\.fault))
        #expect(kinds == Set(ChaosFault.allCases))
    }
}
