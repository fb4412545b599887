import Domain
import Kernel

/// What a simulated network does to frames. Rates are in thousandths of the frames sent.
public struct NetworkFaults: Equatable, Sendable {
    public var lostPerThousand: Int = 0
    public var doubledPerThousand: Int = 0
    /// Each frame takes between the two; frames with different delays overtake each other unless `keepsOrder`.
    public var shortestDelayInMilliseconds: Int64 = 0
    public var longestDelayInMilliseconds: Int64 = 0
    /// Whether frames from one peer to another arrive in the order in which they were sent, as over ZeroMQ.
    public var keepsOrder: Bool = true

    public init() {}

    public static let none = NetworkFaults()
}

/// A network in memory for simulations: no threads, no waiting. What is sent comes out of ``due(now:)`` when its time
/// has come, if it is not lost on the way. The same randomness gives the same run.
public struct MemoryNetwork: Sendable {
    /// A frame that has arrived.
    public struct Arrival: Equatable, Sendable {
        public var from: PeerIdentity
        public var to: PeerIdentity
        public var frame: Frame
    }

    private struct Way: Hashable, Sendable {
        var from: PeerIdentity
        var to: PeerIdentity
    }

    /// Takes effect for the frames sent from now on.
    public var faults: NetworkFaults
    private let randomness: any Randomness
    private var travelling: [(arrival: Arrival, at: SteadyInstant, order: UInt64)] = []
    private var order: UInt64 = 0
    /// When the last frame from one peer to another arrives, so that the next does not overtake it.
    private var lastArrival: [Way: SteadyInstant] = [:]
    private var cut: Set<PeerIdentity> = []

    public init(randomness: any Randomness, faults: NetworkFaults = .none) {
        self.randomness = randomness
        self.faults = faults
    }

    public mutating func send(from: PeerIdentity, to: PeerIdentity, frame: Frame, now: SteadyInstant) {
        guard !cut.contains(from), !cut.contains(to) else { return }
        if chance(faults.lostPerThousand) { return }
        travel(Arrival(from: from, to: to, frame: frame), now: now)
        if chance(faults.doubledPerThousand) { travel(Arrival(from: from, to: to, frame: frame), now: now) }
    }

    /// The frames that have arrived by `now`, in the order of their arrival.
    public mutating func due(now: SteadyInstant) -> [Arrival] {
        var arrived = travelling.filter { $0.at <= now }
        guard !arrived.isEmpty else { return [] }
        travelling.removeAll { $0.at <= now }
        arrived.sort { ($0.at, $0.order) < ($1.at, $1.order) }
        return arrived.map(\.arrival).filter { !cut.contains($0.from) && !cut.contains($0.to) }
    }

    /// When the next frame arrives; nil when none is on its way.
    public var nextDue: SteadyInstant? { travelling.lazy.map(\.at).min() }

    /// Cuts a peer off: what it sends and what is sent to it is lost, also what is on its way, until ``mend(_:)``.
    public mutating func cut(_ peer: PeerIdentity) {
        cut.insert(peer)
        travelling.removeAll { $0.arrival.from == peer || $0.arrival.to == peer }
    }

    public mutating func mend(_ peer: PeerIdentity) { cut.remove(peer) }

    private mutating func travel(_ arrival: Arrival, now: SteadyInstant) {
        let spread = max(0, faults.longestDelayInMilliseconds - faults.shortestDelayInMilliseconds)
        let extra = spread == 0 ? 0 : Int64(randomness.number() % UInt64(spread + 1))
        var at = now.advanced(byMilliseconds: faults.shortestDelayInMilliseconds + extra)
        if faults.keepsOrder {
            let way = Way(from: arrival.from, to: arrival.to)
            if let before = lastArrival[way], before > at { at = before }
            lastArrival[way] = at
        }
        travelling.append((arrival, at, order))
        order += 1
    }

    private func chance(_ perThousand: Int) -> Bool {
        perThousand > 0 && randomness.number() % 1000 < UInt64(perThousand)
    }
}
