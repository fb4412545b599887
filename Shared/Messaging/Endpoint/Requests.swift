import Kernel

/// A question or an order to send.
public struct OutgoingRequest: Equatable, Sendable {
    public var service: String
    public var message: String
    public var version: UInt16
    /// Who acts, as JSON that the answering service understands; or empty.
    public var context: [UInt8]
    public var body: [UInt8]
    /// Without one the endpoint gives (its session, its next counter). Give your own to ask again after a failure.
    public var command: CommandNumber?
    /// Without one the endpoint waits for ``EndpointSettings/patienceInMilliseconds``.
    public var timeoutInMilliseconds: Int64?

    public init(
        service: String, message: String, version: UInt16 = 1, context: [UInt8] = [], body: [UInt8] = [],
        command: CommandNumber? = nil, timeoutInMilliseconds: Int64? = nil
    ) {
        self.service = service
        self.message = message
        self.version = version
        self.context = context
        self.body = body
        self.command = command
        self.timeoutInMilliseconds = timeoutInMilliseconds
    }
}

/// What a service answered: `status` is done or refused, never failed (that is a ``BusFailure``).
public struct BusReply: Equatable, Sendable {
    public var status: ReplyStatus
    /// What the answering service says beside the answer, e.g. the place in its log that the answer speaks of.
    public var context: [UInt8]
    public var body: [UInt8]
    /// The number under which the request was sent.
    public var command: CommandNumber

    public init(status: ReplyStatus, context: [UInt8] = [], body: [UInt8], command: CommandNumber) {
        self.status = status
        self.context = context
        self.body = body
        self.command = command
    }
}

/// Names an outstanding question of an endpoint.
public struct Ticket: Hashable, Sendable {
    public let number: UInt64
}

/// Names a request in hand, so that its answer finds the way back. Tied to one life of the broker.
public struct ReplyToken: Hashable, Sendable {
    public let correlation: UInt64
    public let brokerSession: UInt64

    public init(correlation: UInt64, brokerSession: UInt64) {
        self.correlation = correlation
        self.brokerSession = brokerSession
    }
}

/// A request handed up to a service.
public struct IncomingRequest: Equatable, Sendable {
    /// The asking service, proven by its key.
    public var caller: String
    /// The asking instance, as it calls itself; for traces only.
    public var callerInstance: String
    public var message: String
    public var version: UInt16
    /// With `caller` the identity of a command: the same number gives the same stored answer.
    public var command: CommandNumber?
    /// When the asker stops waiting, on the steady clock of the instance that took it.
    public var expiresAt: SteadyInstant?
    public var context: [UInt8]
    public var body: [UInt8]
    public var token: ReplyToken

    public init(
        caller: String, callerInstance: String = "", message: String, version: UInt16 = 1,
        command: CommandNumber? = nil, expiresAt: SteadyInstant? = nil, context: [UInt8] = [], body: [UInt8] = [],
        token: ReplyToken
    ) {
        self.caller = caller
        self.callerInstance = callerInstance
        self.message = message
        self.version = version
        self.command = command
        self.expiresAt = expiresAt
        self.context = context
        self.body = body
        self.token = token
    }
}

/// An answer to send; the batch form of replying takes many.
public struct OutgoingReply: Equatable, Sendable {
    public var token: ReplyToken
    public var status: ReplyStatus
    public var context: [UInt8]
    /// With status done the answer, refused the refusal as JSON, failed a ``BusFailure`` as JSON.
    public var body: [UInt8]

    public init(token: ReplyToken, status: ReplyStatus, context: [UInt8] = [], body: [UInt8]) {
        self.token = token
        self.status = status
        self.context = context
        self.body = body
    }
}
