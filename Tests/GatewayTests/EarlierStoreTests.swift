import Contracts
import Domain
import Host
import Store
import Support
import Testing

@testable import Gateway

/// Stores of earlier releases, made by the migrations of then, which never change.
@Suite("A gateway's store of an earlier release")
struct EarlierStoreTests {
    /// The tracks in the order of the bits that they had.
    private static let bits: [Track] = [
        .acceptance, .archives, .party, .confirmation, .socialInsurance, .health, .benefits,
    ]

    private struct Person {
        var progress: PersonProgress
        var needed: Int64
        var done: Int64
        var late: Int64

        func has(_ track: Track, _ bits: Int64) -> Bool {
            EarlierStoreTests.bits.firstIndex(of: track).map { bits & (1 << Int64($0)) != 0 } ?? false
        }
    }

    @Test("Tracks that were kept as bits are rows now, and the figures are those of a recount")
    func bitsBecomeRows() throws {
        let random = SeededRandomness(seed: 3)
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let persons = (1...300).map { _ in
            Person(
                progress: PersonProgress(
                    enterprise: random.chance(90) ? Sample.enterprise : nil,
                    township: random.chance(50) ? Sample.township : Sample.otherTownship,
                    status: PersonStatus.allCases[random.number(below: 5)]),
                needed: Int64(random.number(below: 128)), done: Int64(random.number(below: 128)),
                late: Int64(random.number(below: 128)))
        }
        let migrations = ServiceCore<GatewayLogic>.migrations
        let released = Array(migrations.prefix { $0.name != "gateway-3-tracks" })
        try Self.open(folder, released) { store in
            try store.commit { transaction in
                for (index, person) in persons.enumerated() {
                    try transaction.execute(
                        """
                        INSERT INTO person(id, enterprise, township, status, needed, done, overdue)
                        VALUES(?, ?, ?, ?, ?, ?, ?)
                        """, index + 1, person.progress.enterprise, person.progress.township,
                        person.progress.status.rawValue, person.needed, person.done, person.late)
                }
            }
        }
        try Self.open(folder, migrations) { store in
            try store.commit { transaction in
                let reads = GatewayReads(transaction)
                for (index, person) in persons.enumerated() {
                    let states = try reads.tracks(PersonID(Int64(index + 1)))
                    #expect(try reads.progress(PersonID(Int64(index + 1))) == person.progress)
                    for track in Track.allCases {
                        #expect(states[track]?.isNeeded == person.has(track, person.needed))
                        #expect(states[track]?.isDone == person.has(track, person.done))
                        #expect(states[track]?.isLate == person.has(track, person.late))
                    }
                }
                let tallies = try reads.tallies()
                for (scope, members) in [
                    ("county", persons), ("enterprise:\(Sample.enterprise)", persons),
                    ("township:\(Sample.township)", persons.filter { $0.progress.township == Sample.township }),
                ] {
                    let counted = members.filter { $0.progress.enterprise != nil }
                    #expect(tallies[scope]?.people == counted.count)
                    for count in tallies[scope]?.tracks ?? [] {
                        let needing = counted.filter { $0.has(count.track, $0.needed) }
                        let open = needing.filter { !$0.has(count.track, $0.done) }
                        #expect(count.needed == needing.count, "\(scope) \(count.track)")
                        #expect(count.done == needing.count - open.count, "\(scope) \(count.track)")
                        #expect(count.overdue == open.count { $0.has(count.track, $0.late) }, "\(scope) \(count.track)")
                    }
                }
            }
        }
    }

    private static func open(
        _ folder: String, _ migrations: [Migration], _ body: (WritableStore) throws -> Void
    ) throws {
        let store = try WritableStore(
            path: "\(folder)/gateway.sqlite", stream: ServiceName.gateway.rawValue, migrations: migrations,
            clock: ManualClock(), randomness: SeededRandomness(seed: 1), durability: .none)
        defer { store.close() }
        try body(store)
    }
}
