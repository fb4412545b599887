import CZeroMQ
import Domain
import Glibc
import Kernel

/// The work of a broker's thread. Made, run and ended on that thread.
final class BrokerLoop {
    private static let batch = 512
    /// libzmq tells that some connection ended before it has given up that connection's pipe; after so long a probe
    /// shows whose it was.
    private static let probeAfterInMilliseconds: Int64 = 20
    private static let registryCheckInMilliseconds: Int64 = 1000

    private let registry: KeyRegistry
    private let clock = MonotonicClock()
    /// For peers of version 1 of the protocol, whose frames carry deadlines.
    private let wall: any WallClock
    private let shared: BrokerShared
    private let report: @Sendable (BusSetupError) -> Void
    private let watch: FileWatch
    /// A copy of the registry's table, taken anew after each reading.
    private var services: [String: String] = [:]
    private var reading: UInt64 = 0
    private var callers: [PeerIdentity: ProvenCaller] = [:]
    private var probeAt: SteadyInstant?
    private var registryCheckAt: SteadyInstant
    private let line: Line
    /// One, or none: a broker has one path.
    private var door: IPCDoor?
    private var room = ConnectionRoom(limit: FileDescriptors.limit)

    /// The key with which the connection of an identity was let in, and the service to which it belonged then.
    private struct ProvenCaller {
        var key: String
        var service: String
    }

    private struct Line: ~Copyable {
        // Ended in this order: the context waits for its sockets, and the addresses are free when it is gone.
        let monitor: ZeroMQSocket
        let router: ZeroMQSocket
        let authenticator: Authenticator
        let context: ZeroMQContext

        init(_ configuration: BrokerConfiguration) throws(BusSetupError) {
            let context = try ZeroMQContext()
            let authenticator = try Authenticator(context)
            let router = try ZeroMQSocket(context, ZMQ_ROUTER)
            router.setCommonOptions(largestFrameInBytes: configuration.largestFrameInBytes)
            router.set(ZMQ_ROUTER_MANDATORY, 1)
            router.set(ZMQ_CURVE_SERVER, 1)
            router.set(ZMQ_ZAP_DOMAIN, text: Authenticator.domain)
            try router.set(ZMQ_CURVE_SECRETKEY, key: configuration.keys.secretKey)
            // A backlog larger than what is kept free could use it up at once.
            router.set(ZMQ_BACKLOG, 64)
            let monitor = try router.monitor(context, events: ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED)
            for address in configuration.addresses where !address.hasPrefix("ipc://") { try router.bind(address) }
            self.monitor = monitor
            self.router = router
            self.authenticator = authenticator
            self.context = context
        }
    }

    init(
        configuration: BrokerConfiguration, registry: KeyRegistry, wall: any WallClock, shared: BrokerShared,
        report: @escaping @Sendable (BusSetupError) -> Void
    ) throws(BusSetupError) {
        self.registry = registry
        self.wall = wall
        self.shared = shared
        self.report = report
        watch = FileWatch(path: registry.path)
        registryCheckAt = clock.instant()
        line = try Line(configuration)
        let paths = configuration.addresses.filter { $0.hasPrefix("ipc://") }
        guard paths.count <= 1 else { throw .address }
        door = try paths.first.map { address throws(BusSetupError) in try IPCDoor(address, line.router) }
    }

    func run() {
        while !shared.isStopping {
            renewKeys()
            line.authenticator.answerAll(services)
            takeMonitorEvents()
            let (wasFull, nextDue) = shared.broker.withLock { broker in
                let wasFull = receive(&broker)
                let now = clock.instant()
                broker.work(now: now)
                if let probeAt, now >= probeAt {
                    self.probeAt = nil
                    broker.probeAll(now: now)
                    // Identities of connections that are gone do not come back: those that are not registered are
                    // looked up anew if they speak again.
                    callers = callers.filter { broker.peers.place(of: $0.key) != nil }
                }
                send(&broker, now: now)
                return (wasFull, broker.nextDue)
            }
            if !wasFull { sleep(until: nextDue) }
        }
    }

    /// Keys are looked after before frames, so that a key revoked a moment ago sends nothing more.
    private func renewKeys() {
        let now = clock.instant()
        if now >= registryCheckAt { lookAfterDoor() }
        if watch.hasChanged() || now >= registryCheckAt {
            registryCheckAt = now.advanced(byMilliseconds: BrokerLoop.registryCheckInMilliseconds)
            do throws(BusSetupError) { try registry.reloadIfChanged() } catch { report(error) }
        }
        guard registry.reading != reading else { return }
        reading = registry.reading
        services = registry.services
        // Who sends nothing must not be sent anything either: a revoked instance is given up now, not when it speaks.
        let revoked = callers.filter { services[$0.value.key] != $0.value.service }
        guard !revoked.isEmpty else { return }
        shared.broker.withLock { broker in
            for identity in revoked.keys { broker.lose(identity, now: now) }
            send(&broker, now: now)
        }
        for identity in revoked.keys { callers[identity] = nil }
    }

    private func takeMonitorEvents() {
        var isAccepting = false
        while let event = line.monitor.nextMonitorEvent() {
            if event == ZMQ_EVENT_ACCEPTED {
                isAccepting = true
            } else {
                probeAt = clock.instant().advanced(byMilliseconds: BrokerLoop.probeAfterInMilliseconds)
            }
        }
        if isAccepting { lookAfterDoor() }
    }

    private func lookAfterDoor() {
        let hasRoom = room.look(lowestFree: FileDescriptors.lowestFree)
        if let news = door?.lookAfter(line.router, hasRoom: hasRoom) { report(news) }
    }

    /// - Returns: whether there may be more.
    private func receive(_ broker: inout Broker) -> Bool {
        let message = ZeroMQMessage()
        let router = line.router.pointer
        let now = clock.instant()
        let wallNow = wall.now()
        for _ in 0..<BrokerLoop.batch {
            guard message.receive(from: router) == .received else { return false }
            let identity = PeerIdentity([UInt8](message.bytes))
            guard message.hasMore, message.receive(from: router) == .received else { continue }
            let caller = provenCaller(of: identity, message.userIdentity)
            if message.hasMore {
                broker.counters.malformed += 1
                message.discardRest(from: router)
                continue
            }
            let bytes = message.bytes
            guard let frame = try? Frame.decode(bytes, wall: wallNow) else {
                if caller != nil { broker.acceptBroken(bytes, from: identity) }
                continue
            }
            if let caller {
                broker.accept(frame, from: identity, caller: caller, now: now)
            } else {
                broker.refuseRevoked(frame, from: identity, now: now)
            }
        }
        return true
    }

    /// The service whose key the connection has proven; nil when the key has been revoked since.
    private func provenCaller(of identity: PeerIdentity, _ key: UnsafePointer<CChar>?) -> String? {
        guard let key else { return nil }
        // An identity may come back with another connection, so the key is compared on each frame.
        if let known = callers[identity], known.key.withCString({ strcmp($0, key) }) == 0 {
            return known.service
        }
        let text = String(cString: key)
        guard let service = services[text] else { return nil }
        callers[identity] = ProvenCaller(key: text, service: service)
        return service
    }

    /// Sends what the broker wants sent. A peer that cannot be reached is reported to it, which may cause more.
    private func send(_ broker: inout Broker, now: SteadyInstant) {
        while !broker.deliveries.isEmpty {
            for delivery in broker.takeDeliveries() {
                switch line.router.sendPart(delivery.peer.bytes) {
                case .sent:
                    // The rest of a message always finds room once its first part did (zmq_socket(3), ZMQ_ROUTER).
                    if line.router.send(delivery.frame, wall: wall) != .sent { broker.counters.undelivered += 1 }
                case .unreachable: broker.lose(delivery.peer, now: now)
                case .full: broker.counters.undelivered += 1
                }
            }
        }
    }

    private func sleep(until nextDue: SteadyInstant?) {
        let now = clock.instant()
        var due = registryCheckAt
        if let nextDue { due = min(due, nextDue) }
        if let probeAt { due = min(due, probeAt) }
        let wait = min(max(due.milliseconds(since: now), 0), BrokerLoop.registryCheckInMilliseconds)
        var items = [
            zmq_pollitem_t(socket: line.router.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0),
            zmq_pollitem_t(socket: line.authenticator.socket.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0),
            zmq_pollitem_t(socket: line.monitor.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0),
            zmq_pollitem_t(socket: nil, fd: shared.waker.descriptor, events: Int16(ZMQ_POLLIN), revents: 0),
            zmq_pollitem_t(socket: nil, fd: watch.descriptor, events: Int16(ZMQ_POLLIN), revents: 0),
        ]
        zmq_poll(&items, Int32(watch.descriptor >= 0 ? 5 : 4), Int(wait))
        if items[3].revents != 0 { shared.waker.clear() }
    }
}
