/// The identity of a command, made by its caller: the same identity always gets the same stored answer.
///
/// Three parts, so that the index of results grows at its end: a random identity would touch a page of its own for each
/// command.
public struct CommandIdentity: Sendable, Hashable {
    /// The service or user that asks.
    public var caller: String
    /// Random for each run of the caller.
    public var session: UInt64
    /// Grows by one with each command of the session.
    public var counter: Int64

    public init(caller: String, session: UInt64, counter: Int64) {
        self.caller = caller
        self.session = session
        self.counter = counter
    }
}

/// The answer to a command, kept so that asking again gives it again.
public struct StoredResult: Sendable, Hashable {
    /// The command was carried out.
    public static let done = 0
    /// The command was refused; `body` holds the refusal.
    public static let refused = 1

    /// `done` or `refused`.
    public var status: Int
    public var body: [UInt8]
    /// What was asked, by a keyed digest of the caller's: whoever has the file alone must not be able to try out
    /// contents. The same identity with another digest is a conflict, which the caller of this module refuses. 0 when
    /// it is not known.
    public var requestDigest: Int64

    public init(status: Int, body: [UInt8], requestDigest: Int64) {
        self.status = status
        self.body = body
        self.requestDigest = requestDigest
    }
}
