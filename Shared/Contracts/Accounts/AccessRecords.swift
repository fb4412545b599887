import Domain

/// Who signed in, failed to, signed out, and whose account was changed by whom; from the service's own log.
public struct ListAccessRecords: Query {
    public static let name = "accounts.access.list"
    public static let roles: Set<Role> = [.dataProtection, .systemOperator]
    public typealias Reply = AccessRecords

    /// An account; nil of all.
    public var user: String?
    /// Earlier than this number of the log; nil from the latest.
    public var before: Int64?
    public var limit: Int

    public init(user: String? = nil, before: Int64? = nil, limit: Int) {
        self.user = user
        self.before = before
        self.limit = limit
    }
}

/// One of them.
public struct AccessRecord: Codable, Equatable, Sendable {
    public var seq: Int64
    public var at: Timestamp
    /// The event's name.
    public var event: String
    public var user: String
    /// By whom, with what proved it.
    public var actor: String
    /// Of a change of an account: what was changed.
    public var what: String?
    public var reason: String?

    public init(
        seq: Int64, at: Timestamp, event: String, user: String, actor: String, what: String? = nil,
        reason: String? = nil
    ) {
        self.seq = seq
        self.at = at
        self.event = event
        self.user = user
        self.actor = actor
        self.what = what
        self.reason = reason
    }
}

/// A page of them, the latest first.
public struct AccessRecords: Codable, Equatable, Sendable {
    public var rows: [AccessRecord]
    /// Ask again with this as `before`; nil at the end.
    public var next: Int64?

    public init(rows: [AccessRecord], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}
