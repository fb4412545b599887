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
    /// What is free on the disk of the store; absent when that cannot be told.
    public var freeDiskInKibibytes: Int64?

    public init(
        service: ServiceName, instance: String, role: String, processIdentifier: Int32, uptimeInMilliseconds: Int64,
        residentMemoryInKibibytes: Int64, queued: Int, logSeq: Int64, followed: [FollowedStream],
        freeDiskInKibibytes: Int64? = nil
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

    public init(user: String, role: Role, message: String, subjects: [String]) {
        self.user = user
        self.role = role
        self.message = message
        self.subjects = subjects
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
