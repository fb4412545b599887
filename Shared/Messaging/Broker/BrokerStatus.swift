import Kernel

/// What the broker says about itself.
extension Broker {
    /// The service name under which the broker's own status is asked.
    public static let statusService = "bus"
    public static let statusMessage = "bus.status"

    public func snapshot(now: SteadyInstant) -> BrokerSnapshot {
        var time = time
        time.advance(to: now)
        let instances = peers.taken.map { place in
            let peer = peers[place]
            return BrokerSnapshot.Instance(
                service: services[peer.service].name, instance: peer.instance, role: peer.hello.role,
                credit: peer.hello.credit, inFlight: peer.inFlight, asking: peer.asking.count,
                silentForInMilliseconds: time.milliseconds - peer.heardAt, writerEpoch: peer.hello.writerEpoch,
                isActiveWriter: services[peer.service].activeWriter == place, isWithdrawn: peer.isWithdrawn,
                writerStuckForInMilliseconds: peer.watch.stuckForInMilliseconds(now: time.milliseconds),
                isWriterHung: peer.isHung)
        }
        let states = services.indices.map { place in
            BrokerSnapshot.Service(
                service: services[place].name, queued: services[place].queued,
                queuedInBytes: services[place].queuedInBytes,
                inFlight: peers.taken.filter { peers[$0].service == place }.reduce(0) { $0 + peers[$1].inFlight },
                alarms: alarms(of: place))
        }
        return BrokerSnapshot(
            startedAt: startedAt,
            instances: instances.sorted { ($0.service, $0.instance) < ($1.service, $1.instance) },
            services: states.sorted { $0.service < $1.service },
            heads: streams.values.compactMap(\.head).sorted { $0.stream < $1.stream }, counters: counters)
    }

    /// How much is held in memory, so that a simulation can see that it is bounded, and nothing once all is done.
    package var holdings: BrokerHoldings {
        BrokerHoldings(
            requests: pending.count,
            queued: services.reduce(0) { $0 + $1.commands.waiting.count + $1.queries.waiting.count },
            peers: peers.count, streams: streams.count)
    }

    mutating func answerStatus(_ frame: Frame, to identity: PeerIdentity) {
        guard frame.message == Broker.statusMessage else {
            return send(failure: .unknownMessage, correlation: frame.correlation, to: identity)
        }
        counters.replies += 1
        let body = JSON.encode(snapshot(now: time.instant))
        deliver(Frame(kind: .reply, correlation: frame.correlation, body: body), to: identity)
    }
}

package struct BrokerHoldings: Equatable, Sendable {
    /// Requests that are not answered, or whose worker still has them in hand.
    package var requests: Int
    /// Places in queues, those of requests that nobody wants any more among them.
    package var queued: Int
    package var peers: Int
    package var streams: Int
}
