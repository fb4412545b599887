import CZeroMQ
import Domain
import Glibc
import Kernel

/// The work of a connection's thread. Made, run and ended on that thread.
final class BusLoop {
    private typealias Completion = @Sendable (Result<BusReply, BusFailure>) -> Void

    /// How many frames are taken before what they caused is handed on and answered.
    private static let batch = 512
    /// How long a registration may be under way before the socket is opened anew: after a refused handshake libzmq
    /// does not try again by itself, and the key may have been entered since.
    private static let reopenAfterInMilliseconds: Int64 = 5000

    private let configuration: BusConfiguration
    private let clock = MonotonicClock()
    /// For a broker of version 1 of the protocol, whose frames carry deadlines.
    private let wall: any WallClock
    private let handler: any BusHandler
    private let inbox: BusInbox
    private let pulse: WriterPulse?
    private var endpoint: Endpoint
    private var completions: [Ticket: Completion] = [:]
    /// Frames that found no connection or no room.
    private var backlog: [Frame] = []
    private var line: Line
    private var lineOpenedAt: SteadyInstant
    private var leavesAt: SteadyInstant?

    /// A socket with its monitor.
    private struct Line: ~Copyable {
        // Declared in this order because they are ended in it: the context waits for its sockets.
        let monitor: ZeroMQSocket
        let socket: ZeroMQSocket
        let context: ZeroMQContext

        init(_ configuration: BusConfiguration) throws(BusSetupError) {
            let context = try ZeroMQContext()
            let socket = try ZeroMQSocket(context, ZMQ_DEALER)
            socket.setCommonOptions(largestFrameInBytes: configuration.settings.largestFrameInBytes)
            socket.set(ZMQ_IMMEDIATE, 1)
            socket.set(ZMQ_RECONNECT_IVL, 50)
            socket.set(ZMQ_RECONNECT_IVL_MAX, 2000)
            try socket.set(ZMQ_CURVE_SERVERKEY, key: configuration.brokerPublicKey)
            try socket.set(ZMQ_CURVE_PUBLICKEY, key: configuration.publicKey)
            try socket.set(ZMQ_CURVE_SECRETKEY, key: configuration.secretKey)
            let monitor = try socket.monitor(
                context, events: ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED)
            guard zmq_connect(socket.pointer, configuration.address) == 0 else { throw .address }
            self.monitor = monitor
            self.socket = socket
            self.context = context
        }
    }

    init(
        endpoint: Endpoint, configuration: BusConfiguration, wall: any WallClock, handler: any BusHandler,
        inbox: BusInbox, pulse: WriterPulse?
    ) throws(BusSetupError) {
        self.endpoint = endpoint
        self.configuration = configuration
        self.wall = wall
        self.handler = handler
        self.inbox = inbox
        self.pulse = pulse
        line = try Line(configuration)
        lineOpenedAt = clock.instant()
    }

    func run() {
        endpoint.start(now: clock.instant())
        while !isDone() {
            takeOrders()
            takeMonitorEvents()
            let wasFull = receive()
            if let pulse { endpoint.note(pulse.turn) }
            endpoint.tick(now: clock.instant())
            handUp()
            send()
            reopenIfStuck()
            if !wasFull, !isDone() { sleep() }
        }
        endpoint.leave(now: clock.instant())
        handUp()
        send()
        inbox.close()
    }

    /// After withdrawing: whether nothing is in hand any more, or the time for it is over.
    private func isDone() -> Bool {
        guard let leavesAt else { return false }
        return endpoint.requestsInHand == 0 && backlog.isEmpty || clock.instant() >= leavesAt
    }

    private func takeOrders() {
        let orders = inbox.take()
        guard !orders.isEmpty else { return }
        let now = clock.instant()
        for reply in orders.replies { endpoint.reply(reply, now: now) }
        for token in orders.handedBack { endpoint.handBack(token, now: now) }
        for order in orders.asks {
            // What the order waited here is gone from its time.
            completions[endpoint.ask(order.request, askedAt: order.askedAt, now: now)] = order.completion
        }
        for head in orders.heads { endpoint.announce(head, now: now) }
        if let (role, epoch) = orders.role { endpoint.become(role, writerEpoch: epoch, now: now) }
        if let drain = orders.drainInMilliseconds {
            endpoint.withdraw(now: now)
            leavesAt = now.advanced(byMilliseconds: max(0, drain))
        }
    }

    private func takeMonitorEvents() {
        while let event = line.monitor.nextMonitorEvent() {
            // What waited for the old connection was meant for a broker that may be gone; the endpoint knows what has
            // to be sent again.
            backlog.removeAll()
            if event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED { endpoint.reconnected(now: clock.instant()) }
        }
    }

    /// - Returns: whether there may be more.
    private func receive() -> Bool {
        let message = ZeroMQMessage()
        let now = clock.instant()
        let wallNow = wall.now()
        for _ in 0..<BusLoop.batch {
            guard message.receive(from: line.socket.pointer) == .received else { return false }
            guard !message.hasMore else {
                message.discardRest(from: line.socket.pointer)
                continue
            }
            // The broker sends no broken frames, and there is nobody to complain to.
            guard let frame = try? Frame.decode(message.bytes, wall: wallNow) else { continue }
            endpoint.receive(frame, now: now)
        }
        return true
    }

    private func handUp() {
        let events = endpoint.takeEvents()
        guard !events.isEmpty else { return }
        var requests: [IncomingRequest] = []
        var heads: [StreamHead] = []
        for event in events {
            switch event {
            case .request(let request): requests.append(request)
            case .answered(let ticket, let result): completions.removeValue(forKey: ticket)?(result)
            case .heads(let news): heads += news
            case .connected: handler.connected()
            case .disconnected: handler.disconnected()
            case .refused(let failure): handler.refused(failure)
            }
        }
        if !requests.isEmpty { handler.received(requests) }
        if !heads.isEmpty { handler.heads(heads) }
        // What the handler answered at once goes out with this round.
        takeOrders()
        if !endpoint.hasEvents { return }
        handUp()
    }

    private func send() {
        backlog += endpoint.takeFrames()
        guard !backlog.isEmpty else { return }
        var sent = 0
        while sent < backlog.count, line.socket.send(backlog[sent], wall: wall) == .sent { sent += 1 }
        backlog.removeFirst(sent)
    }

    private func reopenIfStuck() {
        let now = clock.instant()
        if endpoint.isConnected { lineOpenedAt = now }
        guard !endpoint.isConnected, leavesAt == nil,
            now.milliseconds(since: lineOpenedAt) >= BusLoop.reopenAfterInMilliseconds
        else { return }
        lineOpenedAt = now
        // The same settings worked before; if the system has nothing to give now, the old line stays for another while.
        guard let fresh = try? Line(configuration) else { return }
        line = fresh
        backlog.removeAll()
    }

    private func sleep() {
        guard inbox.sleep() else { return }
        var due = endpoint.nextDue
        if let leavesAt { due = min(due, leavesAt) }
        if !endpoint.isConnected {
            due = min(due, lineOpenedAt.advanced(byMilliseconds: BusLoop.reopenAfterInMilliseconds))
        }
        let wait = min(max(due.milliseconds(since: clock.instant()), 0), 60_000)
        let wanted = backlog.isEmpty ? ZMQ_POLLIN : ZMQ_POLLIN | ZMQ_POLLOUT
        var items = [
            zmq_pollitem_t(socket: line.socket.pointer, fd: 0, events: Int16(wanted), revents: 0),
            zmq_pollitem_t(socket: line.monitor.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0),
            zmq_pollitem_t(socket: nil, fd: inbox.waker.descriptor, events: Int16(ZMQ_POLLIN), revents: 0),
        ]
        zmq_poll(&items, Int32(items.count), Int(wait))
        if items[2].revents != 0 { inbox.waker.clear() }
    }
}
