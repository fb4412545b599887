import Domain

/// What the notifications (通知督办) service can be asked.
public enum NotificationsQuery: MessageSet {
    case inbox(Inbox)
    case countUnread(CountUnread)
    case listSupervision(ListSupervision)
    case listOverdue(ListOverdue)

    public static let table: [MessageEntry<NotificationsQuery>] = [
        MessageEntry(NotificationsQuery.inbox),
        MessageEntry(NotificationsQuery.countUnread),
        MessageEntry(NotificationsQuery.listSupervision),
        MessageEntry(NotificationsQuery.listOverdue),
    ]
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

/// Notices that the asker gave or has to answer.
public struct ListSupervision: Query {
    public static let name = "notifications.supervision.list"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = SupervisionRows

    public init() {}
}

/// What is late within the asker's area.
public struct ListOverdue: Query {
    public static let name = "notifications.overdue.list"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = OverdueRows

    public var track: Track?
    public var after: Int64?
    public var limit: Int

    public init(track: Track? = nil, after: Int64? = nil, limit: Int) {
        self.track = track
        self.after = after
        self.limit = limit
    }
}
