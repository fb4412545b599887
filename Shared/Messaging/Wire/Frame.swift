/// What a frame is for. The numbers are part of the wire format and are never used again for something else.
public enum FrameKind: UInt8, Sendable, CaseIterable {
    /// A peer registers. Body: ``HelloBody``.
    case hello = 1
    /// The broker accepts a registration. Body: ``WelcomeBody``.
    case welcome = 2
    /// The broker refuses a registration. Body: ``BusFailure``.
    case refusedHello = 3
    /// A peer is alive. Body: ``HeadsBody`` with the heads of its own streams, or empty.
    case beat = 4
    /// The broker is alive. Body: ``HeadsBody`` with the heads of every stream that the peer reads.
    case beatBack = 5
    /// The broker does not know the sender: register again, then send again what is outstanding.
    case who = 6
    /// A peer withdraws: no new work, what it has in hand may finish. With status 1 it is gone at once.
    case bye = 7
    /// A question or an order to a service.
    case request = 8
    /// The answer to a request, found by its correlation.
    case reply = 9
    /// A stream has grown. Body: ``HeadsBody``. May be lost, doubled or reordered without harm.
    case hint = 10
    /// A worker does not take a request that it was given: the broker gives it to another. Only to a broker that speaks
    /// version 2.
    case handBack = 11
}

/// How a request ended. Carried in the status byte of a reply.
public enum ReplyStatus: UInt8, Codable, Sendable {
    /// The service did it; the body is the service's answer.
    case done = 0
    /// The service refused; the body is the service's refusal as JSON.
    case refused = 1
    /// The bus or the service's host failed; the body is a ``BusFailure`` as JSON.
    case failed = 2
}

/// The number that makes a command one command however often it is sent: the same number of the same caller gives the
/// same stored answer. `session` is random per run of a caller and never 0, `counter` grows by one.
public struct CommandNumber: Hashable, Codable, Sendable {
    public var session: UInt64
    public var counter: UInt64

    public init(session: UInt64, counter: UInt64) {
        self.session = session
        self.counter = counter
    }
}

/// One message of the bus, in either direction. `docs/protocol.md` gives its bytes.
public struct Frame: Equatable, Sendable {
    public var kind: FrameKind
    /// Replies: a ``ReplyStatus``. Bye: 1 when the peer is gone at once. Otherwise 0.
    public var status: ReplyStatus
    /// Chosen by the asker for its request, by the broker for the request that it hands on; a reply carries it back.
    public var correlation: UInt64
    /// The version of the protocol in which the frame is written: 2 for a request between two that speak it, since the
    /// versions differ in its time alone; otherwise 1, which everybody reads.
    public var protocolVersion: UInt8
    /// How long the asker still waits at the moment at which the frame is written or was read; 0 when its time is over,
    /// nil when it does not say. Each station measures what passes on a clock of its own and subtracts it, so that no
    /// two machines' clocks are compared.
    public var remainingInMilliseconds: Int64?
    public var command: CommandNumber?
    /// The service asked, or the service that registers.
    public var service: String
    /// The name of the message as the contracts have it, `archives.file.received`.
    public var message: String
    public var version: UInt16
    /// The instance that registers or asks.
    public var instance: String
    /// The service that asks, as proven by its key. The broker writes it; what a peer writes here is ignored.
    public var caller: String
    /// Who acts (user, role, area) as JSON, handed through from asker to answerer; or empty.
    public var context: [UInt8]
    public var body: [UInt8]

    public init(
        kind: FrameKind, status: ReplyStatus = .done, correlation: UInt64 = 0, protocolVersion: UInt8 = 1,
        remainingInMilliseconds: Int64? = nil, command: CommandNumber? = nil, service: String = "",
        message: String = "", version: UInt16 = 0,
        instance: String = "", caller: String = "", context: [UInt8] = [], body: [UInt8] = []
    ) {
        self.kind = kind
        self.status = status
        self.correlation = correlation
        self.protocolVersion = protocolVersion
        self.remainingInMilliseconds = remainingInMilliseconds
        self.command = command
        self.service = service
        self.message = message
        self.version = version
        self.instance = instance
        self.caller = caller
        self.context = context
        self.body = body
    }
}
