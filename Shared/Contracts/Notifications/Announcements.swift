import Domain

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

/// An announcement is out.
public struct AnnouncementPublished: Event {
    public static let name = "notifications.announcement.published"
    public static let title = "发布公告"
    public static let sensitivity = Sensitivity.open

    public var announcement: Int64
    public var recipients: Int

    public var key: String { "announcement:\(announcement)" }

    public init(announcement: Int64, recipients: Int) {
        self.announcement = announcement
        self.recipients = recipients
    }
}

extension NotificationsRefusal {
    public static let titleLength = Refusal(
        "notifications.announcement.title-length", .invalid, article: Article(number: 21),
        "公告标题应为 1 至 100 字，请改正。")
    public static let bodyLength = Refusal(
        "notifications.announcement.body-length", .invalid, article: Article(number: 21),
        "公告正文应为 1 至 5000 字，请改正。")
    public static let personalData = Refusal(
        "notifications.announcement.personal-data", .invalid, article: Article(number: 21),
        "宣传公告面向公众，不得公布个人信息，请删去后再发布：")
    public static let outsideTownship = Refusal(
        "notifications.announcement.outside-township", .invalid, article: Article(number: 21),
        "乡镇公告只发给本乡镇的账号；需要发给其他单位的，请由工作专班或县人社局发布。")
}
