import Contracts
import Domain
import Host
import Kernel
import Messaging
import Support

/// Services with their standbys, the broker and one client in one process, each machine with its own clocks and disk,
/// on a memory network: the same code as in the real processes. The same seed gives the same run.
final class SimulatedCounty {
    let world: World
    let client: ClientNode
    var nodes: [any SimulatedNode] { seats.map(\.node) }
    private var seats: [Seat]
    private let clocks: [ManualClock]
    /// Time as it passes, and the clock of the broker's machine.
    private let clock: ManualClock
    private var network: MemoryNetwork
    private var broker: Broker
    private var brokerRestartAt: SteadyInstant?
    private var restarts: [ObjectIdentifier: SteadyInstant] = [:]
    private var disksWithRoomAt: [(disk: SimulatedDisk, at: SteadyInstant)] = []
    private var isCalm = false
    private static let bus = PeerIdentity(Array("bus".utf8))
    /// What may wait in one node at most: its credit and its open questions.
    private static let mostOutstanding = 1000
    /// What may wait in the broker at most: no run has more open questions than this.
    private static let mostHeld = 1000
    /// Each log, and how far each service has followed each.
    private static let mostStreams = ServiceName.allCases.count * (ServiceName.allCases.count + 1)

    /// A node, and when it has something to do by itself.
    private struct Seat {
        var node: any SimulatedNode
        /// On the county's clock; all clocks go equally fast.
        var due: SteadyInstant

        func isUp(_ peer: PeerIdentity) -> Bool { node.isUp && node.peer == peer }
    }

    init(seed: UInt64, faults: Faults, services: (World) throws -> [any SimulatedNode]) throws {
        world = try World(seed: seed, faults: faults)
        clock = world.clock()
        network = MemoryNetwork(randomness: world.randomness, faults: faults.network)
        broker = Broker(
            policy: ContractPolicy(), randomness: world.randomness, startedAt: clock.now(), now: clock.instant())
        client = ClientNode(clock: world.clock(), randomness: world.randomness)
        let now = clock.instant()
        seats = (try services(world) + [client]).map { Seat(node: $0, due: now) }
        // Instances of a service run on one machine and share its clock.
        var seen: Set<ObjectIdentifier> = []
        clocks = [clock] + seats.map(\.node.clock).filter { seen.insert(ObjectIdentifier($0)).inserted }
    }

    deinit { for seat in seats { seat.node.crash() } }

    private var randomness: SeededRandomness { world.randomness }
    private var now: SteadyInstant { clock.instant() }
    var figures: RunFigures { world.figures }

    /// The instance of a service that writes; nil while there is none. One that was replaced and has not noticed yet
    /// knows only what was then.
    func writer(of service: ServiceName) -> (any SimulatedNode)? {
        seats.lazy.map(\.node).first { node in
            guard node.service == service, let writerEpoch = node.writerEpoch else { return false }
            return !self.world.isReplaced(service, writerEpoch: writerEpoch)
        }
    }

    /// Goes on until `isDone`, or throws when a guarantee is broken or the county makes no progress for too long.
    func run(_ isDone: () throws -> Bool, withinSteps limit: Int = 60_000) throws {
        let last = world.figures.steps + limit
        while try !isDone() {
            guard world.figures.steps < last else { throw Broken(what: "no progress in \(limit) steps") }
            try step()
            if let what = world.broken.first { throw Broken(what: what) }
        }
    }

    /// From now on nothing goes wrong any more: what is under way has to come to rest.
    func calm() {
        network.faults = .none
        world.faults = .none
        for node in nodes {
            node.disk?.writesUntilCut = nil
            node.disk?.failingSyncs = 0
            node.disk?.isFull = false
        }
        isCalm = true
    }

    /// The machine of a service is put back to an image of it: all its instances end, and begin again with those files.
    /// That takes somebody a while, after which nothing is on its way any more that was sent before.
    func putBack(_ service: ServiceName, _ image: MachineImage) {
        for seat in seats where seat.node.service == service {
            seat.node.crash()
            restarts[ObjectIdentifier(seat.node)] = now.advanced(byMilliseconds: 70_000)
        }
        world.putsBack(service)
        nodes.first { $0.service == service }?.disk?.putBack(image.files)
        image.putBackMark()
    }

    /// Another program in the place of one: what it had under way is lost, and its store is there.
    func replace(_ former: any SimulatedNode, by next: () throws -> any SimulatedNode) throws {
        guard let place = seats.firstIndex(where: { $0.node === former }) else { return }
        former.crash()
        seats[place] = Seat(node: try next(), due: now)
        // Its start may have met the power cut that was due.
        loseWhatWasUnsynced()
        world.figures.upgraded += 1
    }

    /// Nothing is under way any more: nobody waits for anything, and the broker holds nothing for anybody.
    var isAtRest: Bool {
        let held = broker.holdings
        return client.isQuiet && nodes.allSatisfy { $0.isUp && $0.outstanding == 0 } && held.requests == 0
            && held.queued == 0 && held.peers == nodes.count
    }

    private func step() throws {
        world.figures.steps += 1
        if !isCalm { misfortune() }
        try comeBack()
        for arrival in network.due(now: now) { arrive(arrival) }
        let now = now
        let turns = seats.indices.filter { place in
            let node = seats[place].node
            return node.isUp && (seats[place].due <= now || node === client)
        }
        for place in turns { seats[place].node.tick() }
        loseWhatWasUnsynced()
        if brokerRestartAt == nil { send(broker.tick(now: now)) }
        for place in turns {
            let node = seats[place].node
            guard node.isUp else { continue }
            for frame in node.takeFrames() { network.send(from: node.peer, to: Self.bus, frame: frame, now: now) }
            seats[place].due = now.advanced(byMilliseconds: node.waitInMilliseconds)
            world.require(
                node.outstanding <= Self.mostOutstanding, "\(node.service): \(node.outstanding) things wait in it")
        }
        let held = broker.holdings
        world.require(
            max(held.requests, held.queued) <= Self.mostHeld && held.peers <= seats.count
                && held.streams <= Self.mostStreams,
            "the broker holds \(held)")
        advance()
    }

    private func arrive(_ arrival: MemoryNetwork.Arrival) {
        if arrival.to == Self.bus {
            guard brokerRestartAt == nil, let sender = seats.first(where: { $0.isUp(arrival.from) }) else { return }
            send(broker.receive(arrival.frame, from: arrival.from, caller: sender.node.service.rawValue, now: now))
        } else if let place = seats.firstIndex(where: { $0.isUp(arrival.to) }) {
            seats[place].node.receive(arrival.frame)
            seats[place].due = now
        }
    }

    private func send(_ deliveries: [Delivery]) {
        for delivery in deliveries {
            network.send(from: Self.bus, to: delivery.peer, frame: delivery.frame, now: now)
        }
    }

    // MARK: Misfortune

    private func misfortune() {
        let faults = world.faults
        if world.chance(perThousand: faults.crashPerThousand) { anyService { $0.crash() } }
        if world.chance(perThousand: faults.powerCutPerThousand) {
            anyService { $0.disk?.writesUntilCut = randomness.number(below: 40) }
        }
        if world.chance(perThousand: faults.hangPerThousand) {
            anyService { node in
                node.hang(
                    forMilliseconds: Int64(randomness.number(below: 20_000)), withBus: randomness.chance(50))
                if randomness.chance(50) { node.loseLock() }
            }
        }
        if world.chance(perThousand: faults.fullDiskPerThousand) {
            anyService { node in
                guard let disk = node.disk else { return }
                disk.isFull = true
                world.figures.fullDisks += 1
                let span = Int64(randomness.number(below: 3000))
                disksWithRoomAt.append((disk, now.advanced(byMilliseconds: span)))
            }
        }
        if world.chance(perThousand: faults.failedSyncPerThousand) {
            anyService { node in
                node.disk?.failingSyncs = 1 + randomness.number(below: 4)
                world.figures.failingDisks += 1
            }
        }
        if brokerRestartAt == nil, world.chance(perThousand: faults.brokerCrashPerThousand) {
            brokerRestartAt = now.advanced(byMilliseconds: Int64(randomness.number(below: 4000)))
        }
        if world.chance(perThousand: faults.clockJumpPerThousand) {
            // The administrator of one machine sets its time: mostly forward, sometimes back.
            let clock = seats[randomness.number(below: seats.count)].node.clock
            clock.set(clock.now().advanced(byMilliseconds: Int64(randomness.number(below: 125_000)) - 5_000))
        }
    }

    private func anyService(_ harm: (any SimulatedNode) -> Void) {
        let places = seats.indices.filter { seats[$0].node.isUp && seats[$0].node !== client }
        guard !places.isEmpty else { return }
        let place = places[randomness.number(below: places.count)]
        harm(seats[place].node)
        seats[place].due = now
    }

    /// Where the power failed, all processes of the machine are gone, and of what was not synced a part.
    private func loseWhatWasUnsynced() {
        for seat in seats {
            guard let disk = seat.node.disk, disk.isCut else { continue }
            for other in seats where other.node.disk === disk { other.node.crash() }
            disk.settle()
            world.figures.powerCuts += 1
        }
    }

    private func comeBack() throws {
        if let at = brokerRestartAt, at <= now || isCalm {
            brokerRestartAt = nil
            // A broker that comes back knows nobody: it holds nothing but what is under way.
            broker = Broker(
                policy: ContractPolicy(), randomness: randomness, startedAt: clock.now(), now: now)
        }
        for (disk, at) in disksWithRoomAt where at <= now { disk.isFull = false }
        disksWithRoomAt.removeAll { $0.at <= now }
        for place in seats.indices where !seats[place].node.isUp {
            let node = seats[place].node
            let key = ObjectIdentifier(node)
            let at = restarts[key] ?? now.advanced(byMilliseconds: Int64(randomness.number(below: 3000)))
            restarts[key] = at
            guard at <= now || isCalm else { continue }
            restarts[key] = nil
            try node.restart()
            seats[place].due = now
        }
    }

    private func advance() {
        let now = now
        var next = now.advanced(byMilliseconds: 1000)
        if let due = network.nextDue { next = min(next, due) }
        if let due = broker.nextDue { next = min(next, due) }
        for seat in seats where seat.node.isUp { next = min(next, seat.due) }
        let span = max(1, next.milliseconds(since: now))
        for clock in clocks { clock.advance(byMilliseconds: span) }
    }
}
