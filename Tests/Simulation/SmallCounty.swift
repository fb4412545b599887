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
    private let turn: Turn
    private var client: ClientNode { county.client }
    /// What the registry had when its store was put back; nil when that does not happen.
    private var former: FormerLog?
    /// Wishes whose answers went with the store that was put back.
    private var lost: Set<Int> = []

    /// What happens to a store or to a program in the middle of the run.
    private enum Turn: Equatable {
        case nothing
        /// The registry's store is put back older, with or without what stands beside it.
        case producerPutBack(hasMark: Bool)
        case followerPutBack
        /// The followers were of the release before, and are upgraded one after the other.
        case upgrade

        init(_ randomness: SeededRandomness) {
            switch randomness.number(below: 10) {
            case 0: self = .producerPutBack(hasMark: false)
            case 1: self = .producerPutBack(hasMark: true)
            case 2: self = .followerPutBack
            case 3, 4: self = .upgrade
            default: self = .nothing
            }
        }
    }

    private struct FormerLog {
        var records: [LogRecord]
        /// Up to where the store that was put back has it.
        var kept: Int64
    }

    init(seed: UInt64) throws {
        var turn = Turn.nothing
        county = try SimulatedCounty(seed: seed, faults: .everything) { world in
            turn = Turn(world.randomness)
            world.keepsMarks = turn == .producerPutBack(hasMark: true) || turn == .producerPutBack(hasMark: false)
            let registry = try ServiceNode<Registry>(world)
            let producers = [registry, try ServiceNode<Registry>(world, instance: 2, clock: registry.clock)]
            func witnesses<Logic: ServiceLogic>(_ logic: Logic.Type) throws -> [any SimulatedNode] {
                let first = try ServiceNode<Logic>(world)
                return [first, try ServiceNode<Logic>(world, instance: 2, clock: first.clock)]
            }
            return producers
                + (turn == .upgrade ? try witnesses(FormerWitness.self) : try witnesses(Witness.self))
        }
        self.turn = turn
    }

    func run() throws -> RunFigures {
        try makeRoster()
        try verifyEverybody()
        county.calm()
        try county.run { try self.isFollowed() }
        try checkLog()
        try replayParked()
        try checkWitness()
        try repeatAll()
        try county.run { self.county.isAtRest }
        if let what = county.world.broken.first { throw Broken(what: what) }
        return county.figures
    }

    private func settle(_ wishes: [Int]) throws {
        try county.run { try wishes.allSatisfy { try client.outcome($0) != nil } }
    }

    // MARK: The roster

    private func makeRoster() throws {
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

    // MARK: Verification, and what comes in between

    private func verify(_ people: some Sequence<Int>) throws -> [Int] {
        try people.map { try client.wish(VerifyPersons(persons: [PersonID(Int64($0))]), as: .humanResources) }
    }

    private func verifyEverybody() throws {
        let early = try verify(1...Self.people / 2)
        try county.run { try early.count { try client.outcome($0) != nil } >= 3 }
        let late = { try self.verify(Self.people / 2 + 1...Self.people) }
        switch turn {
        case .nothing:
            if county.world.randomness.chance(50) { try repairEarly() }
            try settle(early + late())
        case .producerPutBack(let hasMark): try putBackProducer(hasMark: hasMark, early, late)
        case .followerPutBack: try putBackFollower(early, late)
        case .upgrade: try upgrade(early, late)
        }
        for wish in early {
            county.world.require(try client.outcome(wish)?.isSuccess == true, "what was acknowledged is done")
        }
    }

    /// The cause is mended while more events of the same people are to come: those wait behind the parked ones.
    private func repairEarly() throws {
        try county.run { self.registry != nil }
        let head = registry?.head?.seq ?? 0
        try county.run {
            guard let witness = self.witness,
                try witness.offsets()[ServiceName.registry.rawValue]?.seq ?? 0 >= head
            else { return false }
            do {
                try witness.change(Witness.repair)
                return true
            } catch is StoreError {
                // Full, without power, replaced: the next one.
                return false
            }
        }
    }

    private func upgrade(_ early: [Int], _ late: () throws -> [Int]) throws {
        let wishes = try early + late()
        for node in county.nodes where node.service == .gateway {
            let pause = county.figures.steps + county.world.randomness.number(below: 200)
            try county.run { self.county.figures.steps >= pause }
            try county.replace(node) {
                try ServiceNode<Witness>(
                    county.world, instance: node.instance, clock: node.clock, lives: node.lives)
            }
        }
        try settle(wishes)
    }

    private func putBackFollower(_ early: [Int], _ late: () throws -> [Int]) throws {
        try county.run { self.witness != nil }
        guard let witness else { return }
        let image = MachineImage(of: witness, hasMark: false)
        let wishes = try early + late()
        try settle(wishes)
        county.putBack(.gateway, image)
    }

    /// Some of what was acknowledged is lost with it; an operator lets the log go on, and that is done again.
    private func putBackProducer(hasMark: Bool, _ early: [Int], _ late: () throws -> [Int]) throws {
        try county.run { self.registry != nil }
        guard let registry else { return }
        let image = MachineImage(of: registry, hasMark: !hasMark)
        let kept = try early.filter { try client.outcome($0) != nil }
        let wishes = try early + late()
        try settle(wishes)
        lost = Set(wishes).subtracting(kept)
        // Somebody has seen what is lost; without that nobody could ever know.
        try county.run {
            guard self.registry != nil, let witness = self.witness else { return false }
            let isMarked = !hasMark || (MachineImage.mark(beside: registry.storePath) ?? 0) > image.head
            return try isMarked && witness.offsets()[ServiceName.registry.rawValue]?.seq ?? 0 > image.head
        }
        former = FormerLog(records: try self.registry?.log() ?? [], kept: image.head)
        county.putBack(.registry, image)
        try county.run { self.registry?.complaint != nil && self.witness != nil }
        let refused = try verify([Self.people])
        try settle(refused)
        require(try client.outcome(refused[0])?.isSuccess == false, "nothing is done before somebody has decided")
        try county.run { self.registry != nil && self.witness != nil }
        require(self.registry?.head?.seq == image.head, "no second history grows (\(turn))")
        guard let offset = try witness?.offsets()[ServiceName.registry.rawValue] else { return }
        let reconcile = try client.wish(
            ReconcileLog(seq: image.head, positions: [.init(epoch: offset.epoch, seq: offset.seq)], reason: "换回旧数据"),
            of: .registry)
        try settle([reconcile])
        require(try client.outcome(reconcile)?.isSuccess == true, "the log goes on once somebody has decided")
        try doAgain(after: kept.count)
    }

    /// A request that is still on its way may do it first; that all is done once is seen at the end.
    private func doAgain(after kept: Int) throws {
        try county.run { self.registry != nil }
        let done = Set(try registry?.log().filter { $0.name == PersonVerified.name }.map(\.key) ?? [])
        require(done.count >= kept, "what was acknowledged before the copy is in it")
        let again = try verify((1...Self.people).filter { !done.contains(PersonID(Int64($0)).key) })
        try settle(again)
        try county.run { try self.isFollowed() }
        county.world.agrees(.registry)
    }

    // MARK: The end

    private var registry: (any SimulatedNode)? { county.writer(of: .registry) }
    private var witness: ServiceNode<Witness>? { county.writer(of: .gateway) as? ServiceNode<Witness> }

    /// The follower has come to the log's end, and has taken in what it passed over.
    private func isFollowed() throws -> Bool {
        guard client.isQuiet, let head = registry?.head, let witness else { return false }
        let isAtEnd = try witness.offsets()[ServiceName.registry.rawValue]?.hash == head.hash
        return try isAtEnd && witness.look { try $0.scalar("SELECT count(*) FROM passed_over") } == 0
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
            try county.run { self.witness != nil }
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

    /// Each event once; in the log's order, but for those that were parked or passed over, which kept it among
    /// themselves.
    private func checkWitness() throws {
        let seen = try witness?.look { try Witness.seen(of: .registry, $0) } ?? []
        let expected = try expected()
        require(
            seen.map(\.seq).sorted() == expected.map(\.seq).sorted(),
            "each event is applied once (\(turn)): \(seen.map(\.seq)) instead of \(expected.map(\.seq))")
        let (ways, due) = (Dictionary(grouping: seen, by: way), Dictionary(grouping: expected, by: way))
        for way in Set(ways.keys).union(due.keys).sorted() {
            require(ways[way] == due[way], "the events of \(way) are applied in order")
        }
    }

    /// Events that follow each other whatever happens.
    private func way(of event: Witness.Seen) -> String {
        let isLate = turn == .upgrade && !FormerWitness.known.contains(event.name)
        let key = Witness.unlucky.contains(event.key) ? event.key : "all others"
        return isLate ? "\(key), passed over at first" : key
    }

    /// What was applied before the registry's store was put back stays applied. The log's own word that an epoch began
    /// is nobody's event.
    private func expected() throws -> [Witness.Seen] {
        let log = try registry?.log() ?? []
        guard let former else { return log.map(Witness.Seen.init) }
        let last = try witness?.look {
            try $0.scalar("SELECT last_seq FROM surplus WHERE stream = ?", ServiceName.registry.rawValue)
        }
        let before = former.records.filter { $0.seq <= (last ?? nil) ?? former.kept }
        return (before + log.filter { $0.seq > former.kept + 1 }).map(Witness.Seen.init)
    }

    /// Everything once more under its number: the same answers, and nothing happens.
    private func repeatAll() throws {
        let before = registry?.head?.seq
        client.repeatAll(except: lost)
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
