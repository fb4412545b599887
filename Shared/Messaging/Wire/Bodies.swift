import Domain
import FoundationEssentials

/// Body of a hello, as JSON.
public struct HelloBody: Codable, Equatable, Sendable {
    public var role: InstanceRole
    public var credit: Int
    /// Streams whose heads the instance wants to hear.
    public var streams: [String]
    public var writerEpoch: UInt64
    /// Random per run of the instance, never 0: tells a reconnection from a new process.
    public var session: UInt64
    /// When that run began, by its own clock: for people, and for brokers of version 1.
    public var startedAt: Timestamp
    /// Heads of the service's own streams, so that a restarted broker knows them at once.
    public var heads: [StreamHead]
    /// The newest version of the protocol that the instance speaks; missing means 1.
    public var speaks: UInt8?
    /// The messages that it answers; missing, as from a peer of version 1, means whatever comes, by the writer.
    var answers: AnsweredMessages?
}

/// Body of a welcome, as JSON.
public struct WelcomeBody: Codable, Equatable, Sendable {
    /// Random per run of the broker.
    public var session: UInt64
    /// Heads of the streams that the peer reads, as far as the broker knows them.
    public var heads: [StreamHead]
    /// The newest version of the protocol that the broker speaks; missing means 1.
    public var speaks: UInt8?
}

/// Body of a beat, of its answer and of a hint, as JSON. An empty body means no heads.
public struct HeadsBody: Codable, Equatable, Sendable {
    public var heads: [StreamHead]
    /// In the beats of an instance that writes.
    public var writer: WriterTurn?
}

/// JSON with its keys in order, so that the same value gives the same bytes in a log, a test and a document.
enum JSON {
    static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only types of this module come here; none of them holds a number that JSON cannot hold.
        guard let data = try? encoder.encode(value) else { preconditionFailure("a body of the bus is always JSON") }
        return [UInt8](data)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }

    /// A body that may be empty; nil when it is neither empty nor heads.
    static func beat(from bytes: [UInt8]) -> HeadsBody? {
        bytes.isEmpty ? HeadsBody(heads: []) : decode(HeadsBody.self, from: bytes)
    }

    /// Heads of a body that may be empty; nil when it is neither empty nor heads.
    static func heads(from bytes: [UInt8]) -> [StreamHead]? {
        bytes.isEmpty ? [] : decode(HeadsBody.self, from: bytes)?.heads
    }

    static func heads(_ heads: [StreamHead]) -> [UInt8] {
        heads.isEmpty ? [] : encode(HeadsBody(heads: heads))
    }
}

extension BusFailure {
    /// The body of a reply with status failed.
    public func encoded() -> [UInt8] { JSON.encode(self) }

    /// Reads the body of a reply with status failed. What is not a failure is taken for a malformed one.
    public static func decoded(from body: [UInt8]) -> BusFailure {
        JSON.decode(BusFailure.self, from: body) ?? .malformed
    }
}
