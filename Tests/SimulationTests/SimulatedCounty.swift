import Contracts
import Domain
import Host
import Kernel
import Messaging
import Support

/// What may go wrong in a run.
struct Faults: Sendable {
    var network = NetworkFaults()
    var crashAfterCommitPerThousand = 0
    /// Of a thousand steps, how many crash a service, how many the broker, how many make the clock jump.
    var serviceCrashPerThousand = 0
    var brokerCrashPerThousand = 0
    var clockJumpPerThousand = 0

    static let none = Faults()

    static let everything: Faults = {
        var faults = Faults()
        faults.network.lostPerThousand = 30
        faults.network.doubledPerThousand = 50
        faults.network.shortestDelayInMilliseconds = 1
        faults.network.longestDelayInMilliseconds = 60
        faults.network.keepsOrder = false
        faults.crashAfterCommitPerThousand = 10
        faults.serviceCrashPerThousand = 4
        faults.brokerCrashPerThousand = 2
        faults.clockJumpPerThousand = 3
        return faults
    }()
}

/// What all nodes of a simulated county share.
struct World {
    let folder: String
    let clock: ManualClock
    let randomness: SeededRandomness
    /// How many of a thousand commits are followed by a crash before anybody hears of them.
    let crashAfterCommitPerThousand: Int
}

/// Services, broker and one client in one process, on a seeded clock and a memory network: the same code as in the real
/// processes. The same seed gives the same run.
final class SimulatedCounty {
    let clock = ManualClock()
    let randomness: SeededRandomness
    let faults: Faults
    let client: ClientNode
    private(set) var nodes: [any SimulatedNode]
    private let folder: String
    private var network: MemoryNetwork
    private var broker: Broker
    private var brokerRestartAt: SteadyInstant?
    private var restarts: [(node: any SimulatedNode, at: SteadyInstant)] = []
    private(set) var steps = 0
    private static let bus = PeerIdentity(Array("bus".utf8))

    init(seed: UInt64, faults: Faults, services: (World) throws -> [any SimulatedNode]) throws {
        randomness = SeededRandomness(seed: seed)
        self.faults = faults
        folder = try TemporaryFolder.make()
        network = MemoryNetwork(randomness: randomness, faults: faults.network)
        broker = Broker(policy: ContractPolicy(), randomness: randomness, startedAt: clock.now(), now: clock.instant())
        client = ClientNode(clock: clock, randomness: randomness)
        nodes = try services(
            World(
                folder: folder, clock: clock, randomness: randomness,
                crashAfterCommitPerThousand: faults.crashAfterCommitPerThousand))
        nodes.append(client)
    }

    deinit {
        for node in nodes { node.crash() }
        TemporaryFolder.remove(folder)
    }

    /// Goes on until `isDone`, or throws when the simulated county makes no progress for too long.
    func run(_ isDone: () throws -> Bool, withinSteps limit: Int = 60_000) throws {
        let last = steps + limit
        while try !isDone() {
            guard steps < last else { throw SimulationError.stuck(afterSteps: limit) }
            try step()
        }
    }

    /// From now on nothing goes wrong any more: what is under way has to come to rest.
    func calm() {
        network.faults = .none
        isCalm = true
    }

    private var isCalm = false

    private func step() throws {
        steps += 1
        if !isCalm { misfortune() }
        try comeBack()
        for arrival in network.due(now: clock.instant()) { arrive(arrival) }
        for node in nodes where node.isUp { node.tick() }
        if brokerRestartAt == nil { send(broker.tick(now: clock.instant())) }
        for node in nodes where node.isUp {
            for frame in node.takeFrames() {
                network.send(from: node.peer, to: Self.bus, frame: frame, now: clock.instant())
            }
        }
        advance()
    }

    private func arrive(_ arrival: MemoryNetwork.Arrival) {
        if arrival.to == Self.bus {
            guard brokerRestartAt == nil, let sender = nodes.first(where: { $0.peer == arrival.from && $0.isUp }) else {
                return
            }
            send(
                broker.receive(arrival.frame, from: arrival.from, caller: sender.service.rawValue, now: clock.instant())
            )
        } else if let node = nodes.first(where: { $0.peer == arrival.to && $0.isUp }) {
            node.receive(arrival.frame)
        }
    }

    private func send(_ deliveries: [Delivery]) {
        for delivery in deliveries {
            network.send(from: Self.bus, to: delivery.peer, frame: delivery.frame, now: clock.instant())
        }
    }

    private func misfortune() {
        if randomness.number(below: 1000) < faults.serviceCrashPerThousand {
            let services = nodes.filter { $0.isUp && $0 !== client }
            if !services.isEmpty { services[randomness.number(below: services.count)].crash() }
        }
        if brokerRestartAt == nil, randomness.number(below: 1000) < faults.brokerCrashPerThousand {
            brokerRestartAt = clock.instant().advanced(byMilliseconds: Int64(randomness.number(below: 4000)))
        }
        if randomness.number(below: 1000) < faults.clockJumpPerThousand {
            // The administrator sets the time: mostly forward, sometimes back.
            clock.set(clock.now().advanced(byMilliseconds: Int64(randomness.number(below: 125_000)) - 5_000))
        }
    }

    private func comeBack() throws {
        if let at = brokerRestartAt, at <= clock.instant() || isCalm {
            brokerRestartAt = nil
            // A broker that comes back knows nobody: it holds nothing but what is under way.
            broker = Broker(
                policy: ContractPolicy(), randomness: randomness, startedAt: clock.now(), now: clock.instant())
        }
        for node in nodes where !node.isUp && !restarts.contains(where: { $0.node === node }) {
            restarts.append((node, clock.instant().advanced(byMilliseconds: Int64(randomness.number(below: 3000)))))
        }
        for (node, at) in restarts where at <= clock.instant() || isCalm { try node.restart() }
        restarts.removeAll { $0.node.isUp }
    }

    private func advance() {
        let dues = [network.nextDue, broker.nextDue].compactMap { $0 } + nodes.compactMap(\.nextDue)
        let next = dues.min() ?? clock.instant()
        let wait = max(1, min(1000, next.milliseconds(since: clock.instant())))
        clock.advance(byMilliseconds: wait)
    }
}

/// The simulation itself failed.
enum SimulationError: Error {
    case stuck(afterSteps: Int)
}
