import Sealing

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
    /// What was asked, by `requestDigest(name:version:body:)`. The same identity with another digest is a conflict,
    /// which the caller of this module refuses.
    public var requestDigest: Int64

    public init(status: Int, body: [UInt8], requestDigest: Int64) {
        self.status = status
        self.body = body
        self.requestDigest = requestDigest
    }

    /// The first 8 bytes, big-endian, of SM3 over the name, a zero byte, the version in 4 bytes and the body.
    public static func requestDigest(name: String, version: Int, body: [UInt8]) -> Int64 {
        let number = withUnsafeBytes(of: UInt32(truncatingIfNeeded: version).bigEndian) { Array($0) }
        let digest = SM3.digest(of: [Array(name.utf8), [0], number, body])
        return Int64(bitPattern: digest.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) })
    }
}
