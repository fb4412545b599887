import Domain
import Sealing

/// One event of a service's log.
public struct LogRecord: Sendable, Hashable {
    /// Dense from 1, in commit order.
    public var seq: Int64
    /// When its commit began, by the writer's clock. Not ordered: clocks are set back.
    public var at: Timestamp
    /// The contract's name, for example `archives.file.received`.
    public var name: String
    /// The contract's version of that name.
    public var version: Int
    /// Whom the event concerns: events of one key are applied in order.
    public var key: String
    /// Who caused it.
    public var actor: String
    /// The content in the contract's encoding; empty when withheld from a reader.
    public var body: [UInt8]
    /// SM3 of the full content, also when it is withheld. 32 bytes.
    public var bodyDigest: [UInt8]
    /// Ties this record to all before it. 32 bytes; see `LogChain`.
    public var hash: [UInt8]

    public init(
        seq: Int64, at: Timestamp, name: String, version: Int, key: String, actor: String, body: [UInt8],
        bodyDigest: [UInt8], hash: [UInt8]
    ) {
        self.seq = seq
        self.at = at
        self.name = name
        self.version = version
        self.key = key
        self.actor = actor
        self.body = body
        self.bodyDigest = bodyDigest
        self.hash = hash
    }

    /// The record without its content, for a reader who may know that it happened and not what. The chain still checks.
    public func withholdingBody() -> LogRecord {
        var record = self
        record.body = []
        return record
    }

    /// True when the content was left out for this reader.
    public var isBodyWithheld: Bool { body.isEmpty && bodyDigest != Self.emptyDigest }

    /// About what the record takes in a message: texts, content, two digests and the numbers.
    public var sizeInBytes: Int {
        Self.fixedSizeInBytes + name.utf8.count + key.utf8.count + actor.utf8.count + body.count
    }

    static let fixedSizeInBytes = 96
    private static let emptyDigest = SM3.digest([])
}
