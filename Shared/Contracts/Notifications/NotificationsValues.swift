import Domain

/// A message to an account type and area. Holds no personal data.
public struct InboxMessage: Codable, Equatable, Sendable {
    public var message: Int64
    public var at: Timestamp
    public var title: String
    public var body: String
    public var isRead: Bool

    public init(message: Int64, at: Timestamp, title: String, body: String, isRead: Bool) {
        self.message = message
        self.at = at
        self.title = title
        self.body = body
        self.isRead = isRead
    }
}

/// How many messages are not read yet.
public struct UnreadCount: Codable, Equatable, Sendable {
    /// Messages older than this many others of the same addressee are not looked at.
    public static let mostLookedAt = 1000

    public var unread: Int

    public init(unread: Int) { self.unread = unread }
}

/// A page of messages, the newest first.
public struct InboxMessages: Codable, Equatable, Sendable {
    public var rows: [InboxMessage]
    public var next: Int64?

    public init(rows: [InboxMessage], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// A supervision notice.
public struct SupervisionRow: Codable, Equatable, Sendable {
    public var notice: Int64
    public var role: Role
    public var area: Area
    public var subject: String
    public var due: CalendarDay
    public var state: SupervisionState
    public var answer: String?
    public var isOverdue: Bool

    public init(
        notice: Int64, role: Role, area: Area, subject: String, due: CalendarDay, state: SupervisionState,
        answer: String? = nil, isOverdue: Bool
    ) {
        self.notice = notice
        self.role = role
        self.area = area
        self.subject = subject
        self.due = due
        self.state = state
        self.answer = answer
        self.isOverdue = isOverdue
    }
}

/// Supervision notices.
public struct SupervisionRows: Codable, Equatable, Sendable {
    public var rows: [SupervisionRow]

    public init(rows: [SupervisionRow]) {
        self.rows = rows
    }
}

/// A track that is late.
public struct OverdueRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var track: Track
    public var due: CalendarDay
    public var enterprise: String
    public var township: String
    /// By what the day was set.
    public var rule: AppliedRule?

    public init(
        person: PersonID, track: Track, due: CalendarDay, enterprise: String, township: String,
        rule: AppliedRule? = nil
    ) {
        self.rule = rule
        self.person = person
        self.track = track
        self.due = due
        self.enterprise = enterprise
        self.township = township
    }
}

/// A page of what is late.
public struct OverdueRows: Codable, Equatable, Sendable {
    public var rows: [OverdueRow]
    public var next: Int64?
    public var total: Int

    public init(rows: [OverdueRow], next: Int64? = nil, total: Int) {
        self.rows = rows
        self.next = next
        self.total = total
    }
}

/// The number of a new notice.
public struct OpenedNotice: Codable, Equatable, Sendable {
    public var notice: Int64

    public init(notice: Int64) {
        self.notice = notice
    }
}

/// An announcement and its reach (第二十一条).
public struct PublishedAnnouncement: Codable, Equatable, Sendable {
    public var announcement: Int64
    /// How many account types and areas were reached.
    public var recipients: Int

    public init(announcement: Int64, recipients: Int) {
        self.announcement = announcement
        self.recipients = recipients
    }
}
