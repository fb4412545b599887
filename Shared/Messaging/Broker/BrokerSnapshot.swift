import Domain

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
    }

    public struct Service: Codable, Equatable, Sendable {
        public var service: String
        public var queued: Int
        public var queuedInBytes: Int
        public var inFlight: Int
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
