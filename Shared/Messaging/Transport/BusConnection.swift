import Domain
import Kernel
import Synchronization

/// An instance's connection to the bus over ZeroMQ, on a thread of its own. All functions may be called from any
/// thread. The delivery contract is that of ``Endpoint``.
///
/// A connection is started once and stopped once. It reconnects by itself, and registers again with a restarted broker;
/// what is asked in between waits until its deadline.
public final class BusConnection: Sendable {
    private let configuration: BusConfiguration
    private let clock: any WallClock
    private let handler: any BusHandler
    private let inbox: BusInbox
    private let session: UInt64
    private let counter = Atomic<UInt64>(0)
    private let initial: Endpoint?
    private let thread = Mutex<OwnThread?>(nil)
    private let pulse: WriterPulse?

    /// - Parameter pulse: of the thread that writes, told to the broker with each beat; nil when there is none.
    public init(
        configuration: BusConfiguration, registration: Registration, clock: any WallClock,
        randomness: any Randomness, handler: any BusHandler, pulse: WriterPulse? = nil
    ) {
        self.configuration = configuration
        self.pulse = pulse
        self.clock = clock
        self.handler = handler
        inbox = BusInbox()
        let endpoint: Endpoint? =
            registration.namesAreShort
            ? Endpoint(
                registration: registration, settings: configuration.settings, randomness: randomness,
                startedAt: clock.now(), now: MonotonicClock().instant()) : nil
        initial = endpoint
        session = endpoint?.session ?? 1
    }

    /// Opens the connection and begins to register. Does not wait for the broker: see ``BusHandler/connected()``.
    /// - Throws: `bus.address`, `bus.key`, `bus.names`, `bus.resources`; `bus.running` when started before.
    public func start() throws(BusSetupError) {
        guard let initial else { throw .names }
        guard inbox.open() else { throw .running }
        let ready = Promised<BusSetupError?>()
        let (inbox, configuration, clock, handler, pulse) = (inbox, configuration, clock, handler, pulse)
        let started = OwnThread(name: "jieli-bus") {
            do throws(BusSetupError) {
                let loop = try BusLoop(
                    endpoint: initial, configuration: configuration, wall: clock, handler: handler, inbox: inbox,
                    pulse: pulse)
                ready.set(nil)
                loop.run()
            } catch {
                inbox.close()
                ready.set(error)
            }
        }
        guard let started else {
            inbox.close()
            throw .resources
        }
        if let error = ready.wait() {
            started.join()
            throw error
        }
        thread.withLock { $0 = started }
    }

    /// Withdraws, lets the requests in hand finish, then closes. What is still asked fails with `bus.stopped`. Returns
    /// when the thread has ended; not to be called on it.
    public func stop(drainInMilliseconds: Int64 = 5000) {
        inbox.put { $0.drainInMilliseconds = drainInMilliseconds }
        let started = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        started?.join()
        inbox.close()
    }

    /// Sends a request. `completion` is called exactly once, on the bus's thread: it must return quickly.
    public func ask(
        _ request: OutgoingRequest, completion: @escaping @Sendable (Result<BusReply, BusFailure>) -> Void
    ) {
        var request = request
        if request.command == nil { request.command = nextCommandNumber() }
        let order = AskOrder(request: request, askedAt: MonotonicClock().instant(), completion: completion)
        let isOpen = inbox.put { $0.asks.append(order) }
        if !isOpen { completion(.failure(.stopped)) }
    }

    /// Blocks the calling thread: not for the cooperative pool, not for the bus's own thread.
    public func askAndWait(_ request: OutgoingRequest) throws(BusFailure) -> BusReply {
        let answer = Promised<Result<BusReply, BusFailure>>()
        ask(request) { answer.set($0) }
        return try answer.wait().get()
    }

    /// Answers a request in hand. Cheapest from within ``BusHandler/received(_:)-(IncomingRequest)``.
    public func reply(to token: ReplyToken, status: ReplyStatus, body: [UInt8]) {
        inbox.put { $0.replies.append(OutgoingReply(token: token, status: status, body: body)) }
    }

    /// Answers many requests at the cost of one hop to the bus's thread.
    public func replies(_ replies: [OutgoingReply]) {
        guard !replies.isEmpty else { return }
        inbox.put { $0.replies.append(contentsOf: replies) }
    }

    /// Gives back requests that this instance cannot take, so that the broker gives them to another.
    public func handBack(_ tokens: [ReplyToken]) {
        guard !tokens.isEmpty else { return }
        inbox.put { $0.handedBack.append(contentsOf: tokens) }
    }

    /// Announces how far a stream of the own service has grown.
    public func announce(_ head: StreamHead) {
        inbox.put { $0.heads.append(head) }
    }

    /// Takes a new role, as a reader does that has won the lock of the writer.
    public func become(_ role: InstanceRole, writerEpoch: UInt64) {
        inbox.put { $0.role = (role, writerEpoch) }
    }

    /// A number for a command that its caller wants to be able to ask again.
    public func nextCommandNumber() -> CommandNumber {
        CommandNumber(session: session, counter: counter.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}

/// A request on its way to the bus's thread.
struct AskOrder {
    var request: OutgoingRequest
    var askedAt: SteadyInstant
    var completion: @Sendable (Result<BusReply, BusFailure>) -> Void
}

/// What other threads want of the bus's thread.
struct BusOrders {
    var asks: [AskOrder] = []
    var replies: [OutgoingReply] = []
    var handedBack: [ReplyToken] = []
    var heads: [StreamHead] = []
    var role: (InstanceRole, UInt64)?
    var drainInMilliseconds: Int64?

    var isEmpty: Bool {
        asks.isEmpty && replies.isEmpty && handedBack.isEmpty && heads.isEmpty && role == nil
            && drainInMilliseconds == nil
    }
}

/// Orders on their way to the bus's thread. It is woken only when it sleeps, so under load an order costs one lock.
final class BusInbox: Sendable {
    private enum Phase { case new, open, closed }
    private struct State {
        var phase = Phase.new
        var isSleeping = false
        var orders = BusOrders()
    }

    let waker = Waker()
    private let state = Mutex(State())

    /// - Returns: false when it was opened before.
    func open() -> Bool {
        state.withLock { state in
            guard state.phase == .new else { return false }
            state.phase = .open
            return true
        }
    }

    /// Refuses what comes from now on, and fails the asks that nobody has taken.
    func close() {
        let left = state.withLock { state in
            state.phase = .closed
            defer { state.orders = BusOrders() }
            return state.orders
        }
        for order in left.asks { order.completion(.failure(.stopped)) }
    }

    /// - Returns: false when nobody will take it.
    @discardableResult
    func put(_ order: (inout BusOrders) -> Void) -> Bool {
        let (isOpen, wasSleeping) = state.withLock { state in
            guard state.phase == .open else { return (false, false) }
            order(&state.orders)
            defer { state.isSleeping = false }
            return (true, state.isSleeping)
        }
        if wasSleeping { waker.wake() }
        return isOpen
    }

    func take() -> BusOrders {
        state.withLock { state in
            state.isSleeping = false
            defer { state.orders = BusOrders() }
            return state.orders
        }
    }

    /// - Returns: false when there are orders, so that there is no time to sleep.
    func sleep() -> Bool {
        state.withLock { state in
            guard state.orders.isEmpty else { return false }
            state.isSleeping = true
            return true
        }
    }
}
