/// How far a stream has grown. A stream belongs to the service of the same name, or of the name before its first `/`.
public struct StreamHead: Hashable, Codable, Sendable {
    public var stream: String
    /// Grows when the log is restored from a backup, so that a higher epoch is always the newer log.
    public var epoch: UInt64
    /// Number of the last event, counted from 1; 0 when the stream is empty.
    public var seq: Int64

    public init(stream: String, epoch: UInt64, seq: Int64) {
        self.stream = stream
        self.epoch = epoch
        self.seq = seq
    }

    /// Whether this head is ahead of `other`, a head of the same stream.
    public func isNewer(than other: StreamHead) -> Bool {
        epoch != other.epoch ? epoch > other.epoch : seq > other.seq
    }
}
