import Domain

/// What an operator has to look at. The values are stable.
public enum BrokerAlarm: String, Codable, Sendable {
    /// A writer has had work for ten seconds and done none of it.
    case writerHung = "bus.writer-hung"
    /// Two instances say that they write: for a moment right while one takes over, else a store was copied or a key
    /// stolen.
    case twoWriters = "bus.two-writers"
    /// A writer came with an epoch more than one beyond the last; stays until the broker starts anew.
    case writerEpoch = "bus.writer-epoch"
}

/// The state of a broker at one moment: the answer to `bus.status` of the service `bus`, as JSON with these names.
public struct BrokerSnapshot: Codable, Equatable, Sendable {
    public struct Instance: Codable, Equatable, Sendable {
        public var service: String
        public var instance: String
        public var role: InstanceRole
        public var credit: Int
        /// Requests that the instance has in hand.
        public var inFlight: Int
        /// Requests that it has asked and that are not answered.
        public var asking: Int
        public var silentForInMilliseconds: Int64
        public var writerEpoch: UInt64
        /// Whether commands go to this instance.
        public var isActiveWriter: Bool
        /// Whether it has said goodbye and only finishes what it has in hand.
        public var isWithdrawn: Bool
        /// For how long its writer has had work and done none of it; missing while all goes well, and for an instance
        /// that does not tell.
        public var writerStuckForInMilliseconds: Int64?
        /// Whether the broker takes its writer for hung and gives it no more work.
        public var isWriterHung: Bool
    }

    public struct Service: Codable, Equatable, Sendable {
        public var service: String
        public var queued: Int
        public var queuedInBytes: Int
        public var inFlight: Int
        public var alarms: [BrokerAlarm]
    }

    public struct Counters: Codable, Equatable, Sendable {
        public var requests: UInt64 = 0
        public var replies: UInt64 = 0
        /// Requests answered by the broker itself, by slug.
        public var failures: [String: UInt64] = [:]
        /// Replies that nobody waits for any more.
        public var lateReplies: UInt64 = 0
        /// Requests sent again by an asker while the first was still being worked on.
        public var repeatedRequests: UInt64 = 0
        /// Requests given to another instance because theirs was lost.
        public var requeued: UInt64 = 0
        /// Requests that an instance gave back.
        public var handedBack: UInt64 = 0
        /// Writers that were taken for hung.
        public var hungWriters: UInt64 = 0
        public var hints: UInt64 = 0
        /// Frames from peers that had not registered.
        public var unknownPeers: UInt64 = 0
        /// Frames that were not frames, or of a kind that only the broker sends.
        public var malformed: UInt64 = 0
        /// Frames for which the transport had no room.
        public var undelivered: UInt64 = 0

        public init() {}
    }

    public var startedAt: Timestamp
    public var instances: [Instance]
    public var services: [Service]
    public var heads: [StreamHead]
    public var counters: Counters
}
