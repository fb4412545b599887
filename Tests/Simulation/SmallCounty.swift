import Contracts
import Domain
import Host
import Messaging
import Registry
import Store
import Support

/// The registry and one follower, each with a standby: what holds between a producer and those who follow it, at the
/// least cost for a seed.
final class SmallCounty {
    private static let people = 12
    private let county: SimulatedCounty
    private let witnesses: [ServiceNode<Witness>]
    private var client: ClientNode { county.client }

    init(seed: UInt64) throws {
        var witnesses: [ServiceNode<Witness>] = []
        county = try SimulatedCounty(seed: seed, faults: .everything) { world in
            let registry = try ServiceNode<Registry>(world)
            let witness = try ServiceNode<Witness>(world)
            witnesses = [witness, try ServiceNode<Witness>(world, instance: 2, clock: witness.clock)]
            return [registry, try ServiceNode<Registry>(world, instance: 2, clock: registry.clock)] + witnesses
        }
        self.witnesses = witnesses
    }

    func run() throws -> RunFigures {
        try settle([
            client.wish(
                RecordEnterprise(
                    code: Sample.enterprise, name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                    hasVanished: false, hasAnnuity: false), as: .humanResources)
        ])
        let open = try client.wish(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "a.csv", fileDigest: "x", headings: [],
                rowCount: Self.people), as: .humanResources)
        try settle([open])
        try addRows()
        try settle([client.wish(CloseRoster(roster: 1), as: .humanResources)])
        let verifications = try (1...Self.people).map {
            try client.wish(VerifyPersons(persons: [PersonID(Int64($0))]), as: .humanResources)
        }
        try settle(verifications)
        county.calm()
        try county.run { try self.isFollowed() }
        try checkLog()
        require(
            try verifications.allSatisfy { try client.outcome($0)?.isSuccess == true }, "what was acknowledged is done")
        try replayParked()
        try checkWitness()
        try repeatAll()
        if let what = county.world.broken.first { throw Broken(what: what) }
        return county.figures
    }

    private func settle(_ wishes: [Int]) throws {
        try county.run { try wishes.allSatisfy { try client.outcome($0) != nil } }
    }

    /// Batches at the same time: those that come out of order are refused and sent anew under a new number.
    private func addRows() throws {
        var waiting = Array(stride(from: 0, to: Self.people, by: 3))
        while !waiting.isEmpty {
            let wishes = try waiting.map { first in
                let rows = (first..<first + 3).map { Self.row($0) }
                return try client.wish(AddRosterRows(roster: 1, firstRow: first, rows: rows), as: .humanResources)
            }
            try settle(wishes)
            waiting = try zip(waiting, wishes).filter { try client.outcome($0.1)?.isSuccess != true }.map(\.0)
        }
    }

    private static func row(_ index: Int) -> RosterRowInput {
        RosterRowInput(
            sheetRow: index + 2,
            cells: ["name": "李阿明", "identity-number": TestIdentity.number(index), "township": "迤萨镇"], original: [])
    }

    // MARK: The end

    private var registry: (any SimulatedNode)? { county.writer(of: .registry) }
    private var witness: ServiceNode<Witness>? {
        witnesses.filter { $0.writerEpoch != nil }.max { $0.writerEpoch ?? 0 < $1.writerEpoch ?? 0 }
    }

    /// The follower has come to the log's end.
    private func isFollowed() throws -> Bool {
        guard client.isQuiet, let head = registry?.head, let witness else { return false }
        return try witness.offsets()[ServiceName.registry.rawValue]?.hash == head.hash
    }

    private func checkLog() throws {
        let log = try registry?.log() ?? []
        require(log.map(\.seq) == Array(1...Int64(max(1, log.count))), "the log is dense")
        for (name, count) in [
            (PersonRegistered.name, Self.people), (PersonVerified.name, Self.people), (RosterClosed.name, 1),
        ] {
            require(log.count { $0.name == name } == count, "\(name) happened \(count) times")
        }
    }

    /// The follower is mended, and an operator replays what was parked.
    private func replayParked() throws {
        let seen = try witness?.look { try Witness.seen(of: .registry, $0) } ?? []
        require(!seen.contains { Witness.unlucky.contains($0.key) }, "what is parked has left nothing behind")
        do {
            try witness?.change(Witness.repair)
        } catch let error as StoreError where error.code == .fenced {
            try witness?.change(Witness.repair)
        }
        for key in Witness.unlucky.sorted() {
            let settle = SettleParked(stream: ServiceName.registry.rawValue, key: key)
            let wish = try client.wish(settle, of: .gateway)
            try self.settle([wish])
            require(try client.outcome(wish)?.isSuccess == true, "the events of \(key) are parked and can be replayed")
            county.world.figures.parked += 1
        }
    }

    /// Each event once; in the log's order, but for those that were parked, which kept it among themselves.
    private func checkWitness() throws {
        let log = try registry?.log() ?? []
        let seen = try witness?.look { try Witness.seen(of: .registry, $0) } ?? []
        require(seen.map(\.seq).sorted() == log.map(\.seq), "each event is applied once")
        let others = seen.filter { !Witness.unlucky.contains($0.key) }
        require(others == others.sorted { $0.seq < $1.seq }, "events are applied in order")
        for key in Witness.unlucky {
            let own = seen.filter { $0.key == key }
            require(own == own.sorted { $0.seq < $1.seq }, "the events of a parked key are applied in order")
        }
    }

    /// Everything once more under its number: the same answers, and nothing happens.
    private func repeatAll() throws {
        let before = registry?.head?.seq
        client.repeatAll()
        try county.run { client.hasRepeated }
        require(client.changedAnswers.isEmpty, "the same number has the same answer: \(client.changedAnswers)")
        require(registry?.head?.seq == before, "the same number does nothing twice")
    }

    private func require(_ condition: Bool, _ what: @autoclosure () -> String) {
        county.world.require(condition, what())
    }
}

extension Result {
    var isSuccess: Bool { if case .success = self { true } else { false } }
}
