import Domain

/// Where a log stands: the identity of its last record.
public struct LogHead: Sendable, Hashable {
    /// The service whose log it is.
    public var stream: String
    /// Random at first; grows when the log is restored from a backup, so that consumers notice. Below 2⁶³.
    public var epoch: UInt64
    /// Of the last record; 0 while the log is empty.
    public var seq: Int64
    /// SM3 of the last record; the genesis hash while the log is empty. 32 bytes.
    public var hash: [UInt8]
    /// The epoch in which the log was born. The chain starts from it for good, so that old hashes stay comparable.
    public var origin: UInt64

    public init(stream: String, epoch: UInt64, seq: Int64, hash: [UInt8], origin: UInt64? = nil) {
        self.stream = stream
        self.epoch = epoch
        self.seq = seq
        self.hash = hash
        self.origin = origin ?? epoch
    }
}

/// How far a consumer has applied another service's log.
public struct StreamOffset: Sendable, Hashable {
    public var epoch: UInt64
    /// Of the last record applied; 0 before the first.
    public var seq: Int64
    /// Hash of the last record applied; the genesis hash before the first. 32 bytes.
    public var hash: [UInt8]

    public init(epoch: UInt64, seq: Int64, hash: [UInt8]) {
        self.epoch = epoch
        self.seq = seq
        self.hash = hash
    }
}

/// How epochs are chosen: unpredictable, so that two logs never share one, and growing with time, so that the higher of
/// two is the newer also when one backup is restored twice.
enum LogEpoch {
    private static let bitsOfChance = 20
    private static let bitsOfAge = 40

    /// Below 2⁶¹, which leaves room to grow.
    static func first(chance: UInt64) -> UInt64 { chance >> 3 }

    /// Always above `origin`. Milliseconds of age have room for 34 years.
    static func renewed(_ origin: UInt64, ageInMilliseconds: Int64, chance: UInt64) -> UInt64 {
        let age = UInt64(min(max(1, ageInMilliseconds), 1 << bitsOfAge - 1))
        return origin + age << bitsOfChance + chance >> (64 - bitsOfChance)
    }
}
