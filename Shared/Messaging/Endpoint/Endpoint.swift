import Domain
import Kernel

/// What happened at an endpoint, in order; its owner hands it on.
public enum EndpointEvent: Equatable, Sendable {
    /// The broker has accepted the registration.
    case connected
    /// The broker has been silent too long; asks are kept and sent again after the next registration.
    case disconnected
    /// The broker refuses the registration; the endpoint goes on trying.
    case refused(BusFailure)
    case request(IncomingRequest)
    case answered(Ticket, Result<BusReply, BusFailure>)
    case heads([StreamHead])
}

/// The near end of the bus, without input and output: frames and the time go in, frames and events come out. After each
/// call its owner sends ``takeFrames()`` and acts on ``takeEvents()``.
///
/// Delivery contract:
/// - Each ask is answered exactly once, at its deadline at the latest. Until then the request is sent again under the
///   same correlation and command number: after one second, two, four, then every eight, at once after a new
///   registration, and after the time that a busy service proposes.
/// - A request is handed up once while it is in hand; one whose answer was lost may come again.
/// - Heads may repeat, and may be older than what was heard before.
public struct Endpoint: Sendable {
    enum Link: Sendable { case idle, joining, joined, left }

    public let settings: EndpointSettings
    /// Random per run, never 0; half of the command numbers that the endpoint gives.
    public let session: UInt64
    public internal(set) var registration: Registration
    /// Replies that came too late to be sent: given twice, or asked for by a former life of the broker.
    public internal(set) var droppedReplies: UInt64 = 0

    let startedAt: Timestamp
    var time: WakingTime
    var link = Link.idle
    var isUp = false
    var isWithdrawn = false
    var brokerSession: UInt64 = 0
    /// In which version of the protocol requests go to the broker.
    var brokerSpeaks: UInt8 = 1
    var brokerHeardAt: Int64 = 0
    var helloNumber: UInt64 = 0
    var helloSentAt: Int64 = 0
    var awaitsWelcome = false
    var nextBeat: Int64 = 0

    var asks: [UInt64: Ask] = [:]
    var lastTicket: UInt64 = 0
    var lastCounter: UInt64 = 0
    /// No ask expires before this moment; a lower bound, made exact by each look at all of them.
    var nextDeadline: SteadyInstant?
    /// No ask is sent again before this moment on the waking clock; a lower bound too.
    var nextResend: Int64?

    var writerTurn: WriterTurn?
    var inHand: Set<UInt64> = []
    var heldReplies: [Frame] = []
    var heads: [String: StreamHead] = [:]
    var newHeads: Set<String> = []
    var frames: [Frame] = []
    var events: [EndpointEvent] = []

    public init(
        registration: Registration, settings: EndpointSettings = EndpointSettings(), randomness: any Randomness,
        startedAt: Timestamp, now: SteadyInstant
    ) {
        precondition(registration.namesAreShort, "a service and an instance have names of 1 to 255 bytes")
        self.registration = registration
        self.settings = settings
        session = randomness.number() | 1
        self.startedAt = startedAt
        time = WakingTime(now)
    }

    /// Registers with the broker, and goes on trying until it answers.
    public mutating func start(now: SteadyInstant) {
        time.advance(to: now)
        guard link == .idle else { return }
        join()
    }

    /// The transport has a fresh connection: the broker at its other end may be a new one.
    public mutating func reconnected(now: SteadyInstant) {
        time.advance(to: now)
        if link == .joining || link == .joined, !isWithdrawn { join() }
    }

    /// Takes a new role, as a reader does that has won the lock of the writer.
    public mutating func become(_ role: InstanceRole, writerEpoch: UInt64, now: SteadyInstant) {
        time.advance(to: now)
        registration.role = role
        registration.writerEpoch = writerEpoch
        if link == .joining || link == .joined, !isWithdrawn { sendHello() }
    }

    /// Says goodbye: no new requests come, those in hand may finish. Asks go on.
    public mutating func withdraw(now: SteadyInstant) {
        time.advance(to: now)
        guard link == .joining || link == .joined, !isWithdrawn else { return }
        isWithdrawn = true
        awaitsWelcome = false
        frames.append(Frame(kind: .bye, service: registration.service, instance: registration.instance))
    }

    /// Leaves at once: what is in hand goes to another instance, what is still asked fails with `bus.stopped`.
    public mutating func leave(now: SteadyInstant) {
        time.advance(to: now)
        guard link != .left else { return }
        if link != .idle {
            frames.append(
                Frame(
                    kind: .bye, status: .refused, service: registration.service, instance: registration.instance))
        }
        link = .left
        inHand.removeAll()
        heldReplies.removeAll()
        for ticket in asks.keys.sorted() { finish(ticket, .failure(.stopped)) }
    }

    /// How many requests the service has in hand.
    public var requestsInHand: Int { inHand.count }
    /// How many asks are not answered yet.
    public var openAsks: Int { asks.count }
    var hasEvents: Bool { !events.isEmpty }
    /// Whether the broker has accepted the registration and is heard.
    public var isConnected: Bool { link == .joined }

    /// A number for a command that its caller wants to be able to ask again.
    public mutating func nextCommandNumber() -> CommandNumber {
        lastCounter += 1
        return CommandNumber(session: session, counter: lastCounter)
    }

    public mutating func receive(_ frame: Frame, now: SteadyInstant) {
        time.advance(to: now)
        guard link == .joining || link == .joined else { return }
        brokerHeardAt = time.milliseconds
        switch frame.kind {
        case .welcome: welcomed(frame)
        case .refusedHello:
            if frame.correlation == helloNumber { events.append(.refused(BusFailure.decoded(from: frame.body))) }
        case .who: unknown()
        case .request: take(request: frame)
        case .reply: take(reply: frame)
        case .beatBack, .hint: hear(JSON.heads(from: frame.body) ?? [])
        // These only a broker takes; one that sends them is not ours to mend.
        case .hello, .beat, .bye, .handBack: break
        }
    }

    /// Does what is due. At the latest at ``nextDue``, at any time before as well.
    public mutating func tick(now: SteadyInstant) {
        time.advance(to: now)
        guard link == .joining || link == .joined else { return expireAsks() }
        let silentAt = brokerHeardAt + settings.silenceInMilliseconds
        if link == .joined, time.milliseconds > silentAt {
            if isUp { events.append(.disconnected) }
            isUp = false
            join()
        }
        if triesToJoin, time.milliseconds >= helloSentAt + settings.beatIntervalInMilliseconds {
            sendHello()
        }
        if link == .joined, time.milliseconds >= nextBeat { beat() }
        expireAsks()
    }

    /// When ``tick(now:)`` is to be called at the latest.
    public var nextDue: SteadyInstant {
        var due: Int64 = time.milliseconds + 3_600_000
        if link == .joined {
            due = min(due, nextBeat, brokerHeardAt + settings.silenceInMilliseconds + 1)
        }
        if triesToJoin { due = min(due, helloSentAt + settings.beatIntervalInMilliseconds) }
        if link == .joined, let nextResend { due = min(due, nextResend) }
        let at = time.instant(at: due)
        return min(at, nextDeadline ?? at)
    }

    private var triesToJoin: Bool {
        !isWithdrawn && (awaitsWelcome && link == .joined || link == .joining)
    }

    /// The frames to send, in order; they are handed out once.
    public mutating func takeFrames() -> [Frame] {
        flushHeads()
        defer { frames.removeAll() }
        return frames
    }

    /// What happened, in order; handed out once.
    public mutating func takeEvents() -> [EndpointEvent] {
        defer { events.removeAll() }
        return events
    }
}
