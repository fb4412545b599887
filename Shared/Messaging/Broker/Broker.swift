import Domain
import Kernel

/// The middle of the bus, without input and output: frames and the time go in, frames come out. It keeps nothing on
/// disk: after a restart it asks its peers with `who` to register again, and they send again what is outstanding.
///
/// Delivery contract:
/// - A request is handed to one instance at a time and answered at most once to its asker. If that instance is lost,
///   the request goes to another one until its deadline: a command too, because the same command number gives the same
///   stored answer.
/// - An answer is taken only from the instance that has the request in hand; any other is dropped and counted.
/// - Heads are hints. They may be lost, doubled or reordered; each beat is answered with all heads that the peer reads.
/// - Requests of one asker to one service may overtake each other.
public struct Broker: Sendable {
    let policy: any BusPolicy
    let limits: BrokerLimits
    /// Random per run.
    let session: UInt64
    let startedAt: Timestamp
    var time: WakingTime
    var peers = Peers()
    var pending: PendingRequests
    var services: [BrokerService] = []
    var serviceByName: [String: Int] = [:]
    var streams: [String: BrokerStream] = [:]
    var counters = BrokerSnapshot.Counters()
    /// Nothing expires before this moment; a lower bound, made exact by each sweep.
    var nextSweep: SteadyInstant?
    /// When to look for silent peers, on the waking clock.
    var nextSilenceCheck: Int64 = 0
    var deliveries: [Delivery] = []

    public init(
        policy: any BusPolicy, limits: BrokerLimits = BrokerLimits(), randomness: any Randomness,
        startedAt: Timestamp, now: SteadyInstant
    ) {
        self.policy = policy
        self.limits = limits
        session = randomness.number() | 1
        self.startedAt = startedAt
        time = WakingTime(now)
        pending = PendingRequests(generation: randomness.number())
    }

    /// Takes a frame that came from `peer`, whose key belongs to the service `caller`.
    /// - Returns: what is to be sent because of it.
    public mutating func receive(
        _ frame: Frame, from peer: PeerIdentity, caller: String, now: SteadyInstant
    ) -> [Delivery] {
        accept(frame, from: peer, caller: caller, now: now)
        return takeDeliveries()
    }

    /// Takes bytes that are no frame: counted, and answered with `bus.malformed` when they look like a request.
    public mutating func receive(broken bytes: [UInt8], from peer: PeerIdentity, now: SteadyInstant) -> [Delivery] {
        bytes.withUnsafeBytes { acceptBroken($0, from: peer) }
        return takeDeliveries()
    }

    /// Does what is due: expired requests, silent peers. At the latest at ``nextDue``, at any time before as well.
    public mutating func tick(now: SteadyInstant) -> [Delivery] {
        work(now: now)
        return takeDeliveries()
    }

    /// The transport could not reach `peer`: it is taken for dead at once, what it had in hand goes to others.
    public mutating func unreachable(_ peer: PeerIdentity, now: SteadyInstant) -> [Delivery] {
        lose(peer, now: now)
        return takeDeliveries()
    }

    /// A frame for each peer that does no harm: sending it shows the transport which peers are gone.
    public mutating func probe(now: SteadyInstant) -> [Delivery] {
        probeAll(now: now)
        return takeDeliveries()
    }

    /// When ``tick(now:)`` is to be called at the latest; nil while nobody is registered and nothing waits.
    public var nextDue: SteadyInstant? {
        let silence = peers.count == 0 ? nil : time.instant(at: nextSilenceCheck)
        guard let silence, let nextSweep else { return silence ?? nextSweep }
        return min(silence, nextSweep)
    }

    /// ``receive(_:from:caller:now:)`` without handing out the deliveries: for a transport that takes many at a time.
    mutating func accept(_ frame: Frame, from identity: PeerIdentity, caller: String, now: SteadyInstant) {
        time.advance(to: now)
        if frame.kind == .hello { return register(frame, from: identity, caller: caller) }
        guard let place = peers.place(of: identity), peers[place].caller == caller else {
            // An identity can come back with another key; whoever it was before is not this peer.
            counters.unknownPeers += 1
            if frame.kind != .bye { deliver(Frame(kind: .who), to: identity) }
            return
        }
        peers[place].heardAt = time.milliseconds
        switch frame.kind {
        case .request: take(request: frame, from: place)
        case .reply: take(reply: frame, from: place)
        case .handBack: takeBack(frame.correlation, from: place)
        case .beat: takeBeat(frame, from: place)
        case .hint: learn(heads: frame.body, from: place)
        case .bye: withdraw(place, atOnce: frame.status != .done)
        case .hello, .welcome, .refusedHello, .beatBack, .who: counters.malformed += 1
        }
    }

    mutating func acceptBroken(_ bytes: UnsafeRawBufferPointer, from peer: PeerIdentity) {
        counters.malformed += 1
        if let correlation = Frame.correlationOfBrokenRequest(bytes) {
            send(failure: .malformed, correlation: correlation, to: peer)
        }
    }

    /// Takes a frame of a connection whose key has been revoked since it was let in.
    mutating func refuseRevoked(_ frame: Frame, from identity: PeerIdentity, now: SteadyInstant) {
        lose(identity, now: now)
        switch frame.kind {
        case .request: send(failure: .notAllowed, correlation: frame.correlation, to: identity)
        case .hello: refuse(.notAllowed, frame, identity)
        default: deliver(Frame(kind: .who), to: identity)
        }
    }

    mutating func lose(_ identity: PeerIdentity, now: SteadyInstant) {
        time.advance(to: now)
        if let place = peers.place(of: identity) { remove(peer: place, isLoss: true) }
    }

    mutating func probeAll(now: SteadyInstant) {
        time.advance(to: now)
        for place in peers.taken { answerBeat(of: place) }
    }

    mutating func work(now: SteadyInstant) {
        time.advance(to: now)
        if time.milliseconds >= nextSilenceCheck {
            removeSilentPeers()
            replaceHungWriters()
        }
        if let nextSweep, now >= nextSweep { sweep() }
    }

    mutating func takeDeliveries() -> [Delivery] {
        defer { deliveries.removeAll() }
        return deliveries
    }

    mutating func deliver(_ frame: Frame, to identity: PeerIdentity) {
        deliveries.append(Delivery(peer: identity, frame: frame))
    }

    mutating func send(failure: BusFailure, correlation: UInt64, to identity: PeerIdentity) {
        counters.failures[failure.slug, default: 0] += 1
        deliver(
            Frame(kind: .reply, status: .failed, correlation: correlation, body: failure.encoded()), to: identity)
    }

    mutating func place(ofService name: String) -> Int {
        if let place = serviceByName[name] { return place }
        let place = services.count
        services.append(BrokerService(name: name))
        services[place].withoutWriterSince = time.milliseconds
        services[place].withoutWorkerSince = time.milliseconds
        serviceByName[name] = place
        return place
    }
}
