import Domain

/// Asks a service for the events of its log. The answer is binary, see docs/protocol.md, "Batches of events".
public struct FetchLog: Codable, Sendable {
    public static let name = "log.fetch"
    public static let version = 1

    /// The epoch of the log that the asker has followed; nil on the first request.
    public var epoch: UInt64?
    /// The last event the asker applied; 0 on the first request.
    public var after: Int64
    public var limit: Int

    public init(epoch: UInt64?, after: Int64, limit: Int) {
        self.epoch = epoch
        self.after = after
        self.limit = limit
    }
}

/// Asks an instance how it is. Answered by every service.
public struct ServiceStatusQuery: Codable, Sendable {
    public static let name = "service.status"
    public static let version = 1

    public init() {}
}

/// How far a service has followed one other service's log.
public struct FollowedStream: Codable, Equatable, Sendable {
    public var stream: String
    public var applied: Int64
    public var head: Int64
    /// Keys whose events could not be applied and wait for repair.
    public var parkedKeys: Int
    /// Why the stream stands still; nil when it goes on.
    public var halted: String?
    /// The same for programs, e.g. `stream.shorter`.
    public var haltedSlug: String?

    public init(
        stream: String, applied: Int64, head: Int64, parkedKeys: Int, halted: String? = nil, haltedSlug: String? = nil
    ) {
        self.stream = stream
        self.applied = applied
        self.head = head
        self.parkedKeys = parkedKeys
        self.halted = halted
        self.haltedSlug = haltedSlug
    }
}

/// An instance's own account of itself.
public struct ServiceStatus: Codable, Equatable, Sendable {
    public var service: ServiceName
    public var instance: String
    public var role: String
    public var processIdentifier: Int32
    public var uptimeInMilliseconds: Int64
    public var residentMemoryInKibibytes: Int64
    public var queued: Int
    public var logSeq: Int64
    public var followed: [FollowedStream]
    /// Why the service takes no commands for now, e.g. because its log is shorter than what others have seen of it; nil
    /// when it does. Of the writer only.
    public var closed: Refusal?
    /// What is free on the disk of the store; absent when that cannot be told.
    public var freeDiskInKibibytes: Int64?

    public init(
        service: ServiceName, instance: String, role: String, processIdentifier: Int32, uptimeInMilliseconds: Int64,
        residentMemoryInKibibytes: Int64, queued: Int, logSeq: Int64, followed: [FollowedStream],
        closed: Refusal?, freeDiskInKibibytes: Int64? = nil
    ) {
        self.service = service
        self.instance = instance
        self.role = role
        self.processIdentifier = processIdentifier
        self.uptimeInMilliseconds = uptimeInMilliseconds
        self.residentMemoryInKibibytes = residentMemoryInKibibytes
        self.queued = queued
        self.logSeq = logSeq
        self.followed = followed
        self.closed = closed
        self.freeDiskInKibibytes = freeDiskInKibibytes
    }
}

/// Who saw whose data in an answer that a reading instance gives: the service's own writer keeps it before the answer
/// leaves. Only instances of the same service send it.
public struct NoteLooked: Codable, Equatable, Sendable {
    public static let name = "looked.note"
    public static let version = 1

    public var user: String
    public var role: Role
    /// The name of the query that was answered.
    public var message: String
    /// Whose data were shown, e.g. `person:17`; each once.
    public var subjects: [String]
    /// What proved who asked: the beginning of the assertion's digest.
    public var proof: String?

    public init(user: String, role: Role, message: String, subjects: [String], proof: String? = nil) {
        self.user = user
        self.role = role
        self.message = message
        self.subjects = subjects
        self.proof = proof
    }
}

/// A key whose events could not be applied, with the first cause.
public struct ParkedKey: Codable, Equatable, Sendable {
    public var stream: String
    public var key: String
    public var firstSeq: Int64
    public var events: Int
    public var cause: String

    public init(stream: String, key: String, firstSeq: Int64, events: Int, cause: String) {
        self.stream = stream
        self.key = key
        self.firstSeq = firstSeq
        self.events = events
        self.cause = cause
    }
}

/// Lists what is parked. A query that every service answers.
public struct ListParked: Codable, Sendable {
    public static let name = "parked.list"
    public static let version = 1

    public init() {}
}

/// The parked keys of a service.
public struct ParkedKeys: Codable, Equatable, Sendable {
    public var rows: [ParkedKey]

    public init(rows: [ParkedKey]) { self.rows = rows }
}

/// Replays a parked key in order, or discards its events with a reason. A command that every service takes.
public struct SettleParked: Codable, Sendable {
    public static let name = "parked.settle"
    public static let version = 1

    public var stream: String
    public var key: String
    /// Nil replays; a text discards, and is kept with what was discarded.
    public var discardReason: String?

    public init(stream: String, key: String, discardReason: String? = nil) {
        self.stream = stream
        self.key = key
        self.discardReason = discardReason
    }
}

/// Asks how far a service knows a log, its own or one that it follows, and what it knows of it after an event.
public struct KnownLog: Codable, Sendable {
    public static let name = "log.known"
    public static let version = 1

    public var stream: String
    /// Events are listed from behind this one.
    public var after: Int64

    public init(stream: String, after: Int64) {
        self.stream = stream
        self.after = after
    }
}

/// An event of another's log as far as a service remembers it: never its content.
public struct KnownEvent: Codable, Equatable, Sendable {
    public var seq: Int64
    public var at: Timestamp
    public var name: String
    public var key: String

    public init(seq: Int64, at: Timestamp, name: String, key: String) {
        self.seq = seq
        self.at = at
        self.name = name
        self.key = key
    }
}

/// What was applied of a former epoch of a log and is no longer in it.
public struct LogSurplus: Codable, Equatable, Sendable {
    public var epoch: UInt64
    /// The last event that the log still has.
    public var after: Int64
    public var last: Int64

    public init(epoch: UInt64, after: Int64, last: Int64) {
        self.epoch = epoch
        self.after = after
        self.last = last
    }
}

/// How far a service knows a log: the head of its own, or what it has applied of another's.
public struct LogKnowledge: Codable, Equatable, Sendable {
    public var epoch: UInt64
    public var seq: Int64
    /// In hexadecimal.
    public var hash: String
    /// At most 1,000.
    public var events: [KnownEvent]
    public var surplus: [LogSurplus]

    public init(epoch: UInt64, seq: Int64, hash: String, events: [KnownEvent], surplus: [LogSurplus]) {
        self.epoch = epoch
        self.seq = seq
        self.hash = hash
        self.events = events
        self.surplus = surplus
    }
}

/// Begins a new epoch of the service's own log, after part of it was lost or put back older. A command that every
/// service takes, also while it takes no others.
public struct ReconcileLog: Codable, Sendable {
    public static let name = "log.reconcile"
    public static let version = 1

    /// How far another service has followed the log.
    public struct Position: Codable, Equatable, Sendable {
        public var epoch: UInt64
        public var seq: Int64

        public init(epoch: UInt64, seq: Int64) {
            self.epoch = epoch
            self.seq = seq
        }
    }

    /// The log's last event when the person decided.
    public var seq: Int64
    public var positions: [Position]
    public var reason: String

    public init(seq: Int64, positions: [Position], reason: String) {
        self.seq = seq
        self.positions = positions
        self.reason = reason
    }
}

/// The log's new epoch, and its last event: the one that says so.
public struct LogReconciled: Codable, Equatable, Sendable {
    public var epoch: UInt64
    public var seq: Int64

    public init(epoch: UInt64, seq: Int64) {
        self.epoch = epoch
        self.seq = seq
    }
}
