import Domain

/// What the notifications (通知督办) service can be told to do.
public enum NotificationsCommand: MessageSet {
    case publishAnnouncement(PublishAnnouncement)
    case markRead(MarkRead)
    case openSupervision(OpenSupervision)
    case answerSupervision(AnswerSupervision)
    case closeSupervision(CloseSupervision)

    public static let table: [MessageEntry<NotificationsCommand>] = [
        MessageEntry(NotificationsCommand.publishAnnouncement),
        MessageEntry(NotificationsCommand.markRead),
        MessageEntry(NotificationsCommand.openSupervision),
        MessageEntry(NotificationsCommand.answerSupervision),
        MessageEntry(NotificationsCommand.closeSupervision),
    ]
}

/// Publicity and guidance (第二十一条).
public struct PublishAnnouncement: Command {
    public static let name = "notifications.announcement.publish"
    public static let longestTextInCharacters = 10_000
    public static let roles: Set<Role> = [.workingTeam, .governmentOffice, .humanResources, .township]
    public typealias Reply = PublishedAnnouncement

    public var title: String
    public var body: String
    /// Empty means everybody.
    public var roles: [Role]

    public init(title: String, body: String, roles: [Role]) {
        self.title = title
        self.body = body
        self.roles = roles
    }
}

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

/// Sends a supervision notice to a unit (第二十二条).
public struct OpenSupervision: Command {
    public static let name = "notifications.supervision.open"
    public static let roles: Set<Role> = [.workingTeam, .governmentOffice]
    public typealias Reply = OpenedNotice

    public var role: Role
    public var area: Area
    public var subject: String
    public var due: CalendarDay

    public init(role: Role, area: Area, subject: String, due: CalendarDay) {
        self.role = role
        self.area = area
        self.subject = subject
        self.due = due
    }
}

/// The unit says what it did.
public struct AnswerSupervision: Command {
    public static let name = "notifications.supervision.answer"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = Done

    public var notice: Int64
    public var answer: String

    public init(notice: Int64, answer: String) {
        self.notice = notice
        self.answer = answer
    }
}

/// Closes an answered notice.
public struct CloseSupervision: Command {
    public static let name = "notifications.supervision.close"
    public static let roles: Set<Role> = [.workingTeam, .governmentOffice]
    public typealias Reply = Done

    public var notice: Int64

    public init(notice: Int64) {
        self.notice = notice
    }
}
