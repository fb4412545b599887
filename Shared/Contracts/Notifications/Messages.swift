import Domain

/// Marks a message as read.
public struct MarkRead: Command {
    public static let name = "notifications.message.mark-read"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = Done

    public var message: Int64

    public init(message: Int64) {
        self.message = message
    }
}

/// The asker's messages.
public struct Inbox: Query {
    public static let name = "notifications.inbox.list"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = InboxMessages

    public var after: Int64?
    public var limit: Int

    public init(after: Int64? = nil, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

/// How many of the asker's messages are not read yet: asked by every page, and so a figure and no messages.
public struct CountUnread: Query {
    public static let name = "notifications.inbox.count-unread"
    public static let roles = Inbox.roles
    public typealias Reply = UnreadCount

    public init() {}
}

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

extension NotificationsRefusal {
    public static let unknownMessage = Refusal(
        "notifications.message.unknown", .notFound, "没有这条消息，请刷新收件箱。")
}
