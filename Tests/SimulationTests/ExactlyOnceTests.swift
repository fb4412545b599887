import Contracts
import Domain
import FoundationEssentials
import Host
import Messaging
import Store
import Support
import Testing

@testable import Registry

@Suite("Services under crashes, lost, doubled and reordered frames and a jumping clock")
struct ExactlyOnceTests {
    /// How many seeds a run of the tests takes, and from which it begins: `JIELI_SEEDS=5000`, `JIELI_SEED=17` (that one
    /// alone, to replay a failure).
    static var seeds: ClosedRange<UInt64> {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["JIELI_SEED"].flatMap(UInt64.init) { return seed...seed }
        return 1...(environment["JIELI_SEEDS"].flatMap(UInt64.init) ?? 200)
    }

    @Test("Every acknowledged command once, every event once and in order")
    func everySeed() throws {
        for seed in Self.seeds {
            do {
                try Self.run(seed: seed)
            } catch {
                Issue.record("seed \(seed): \(error) — replay with JIELI_SEED=\(seed)")
            }
        }
    }

    @Test("The same seed gives the same run")
    func replay() throws {
        #expect(try Self.run(seed: 42) == Self.run(seed: 42))
    }

    /// - Returns: how many steps the run took.
    @discardableResult
    static func run(seed: UInt64) throws -> Int {
        var registry: ServiceNode<Registry>!
        var witness: ServiceNode<Witness>!
        let county = try SimulatedCounty(seed: seed, faults: .everything) { world in
            registry = try ServiceNode(world)
            witness = try ServiceNode(world)
            return [registry, witness]
        }
        let client = county.client
        func settle(_ wishes: [Int]) throws {
            try county.run({ try wishes.allSatisfy { try client.outcome($0) != nil } })
        }
        try settle([
            client.wish(
                RecordEnterprise(
                    code: Sample.enterprise, name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                    hasVanished: false, hasAnnuity: false), as: .humanResources)
        ])
        let open = try client.wish(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "a.csv", fileDigest: "x", headings: [], rowCount: 12),
            as: .humanResources)
        try settle([open])
        // Batches at the same time: those that come out of order are refused and sent anew under a new number.
        var waiting = Array(stride(from: 0, to: 12, by: 3))
        while !waiting.isEmpty {
            let wishes = try waiting.map { first in
                let rows = (first..<first + 3).map { row($0) }
                return try client.wish(
                    AddRosterRows(roster: 1, firstRow: first, rows: rows), as: .humanResources)
            }
            try settle(wishes)
            waiting = try zip(waiting, wishes).filter { try client.outcome($0.1)?.isSuccess != true }.map(\.0)
        }
        try settle([client.wish(CloseRoster(roster: 1), as: .humanResources)])
        let verifications = try (1...12).map {
            try client.wish(VerifyPersons(persons: [PersonID(Int64($0))]), as: .humanResources)
        }
        try settle(verifications)
        county.calm()
        try county.run({
            guard client.isQuiet, registry.isUp, witness.isUp else { return false }
            let log = try registry.log()
            return try witness.look { try Witness.seqs(of: .registry, $0) } == log.map(\.seq)
        })
        let log = try registry.log()
        try check(log.map(\.seq) == Array(1...Int64(log.count)), "the log is dense")
        try check(verifications.allSatisfy { try client.outcome($0)?.isSuccess == true }, "all are verified")
        try check(log.count { $0.name == PersonRegistered.name } == 12, "each person is registered once")
        try check(log.count { $0.name == PersonVerified.name } == 12, "each person is verified once")
        try check(log.count { $0.name == RosterClosed.name } == 1, "the roster is closed once")
        return county.steps
    }

    private static func check(_ condition: @autoclosure () throws -> Bool, _ what: String) throws {
        if try !condition() { throw Broken(what: what) }
    }

    struct Broken: Error {
        let what: String
    }

    private static func row(_ index: Int) -> RosterRowInput {
        RosterRowInput(
            sheetRow: index + 2,
            cells: ["name": "李阿明", "identity-number": TestIdentity.number(index), "township": "迤萨镇"], original: [])
    }
}

extension Result {
    var isSuccess: Bool { if case .success = self { true } else { false } }
}
