import Domain

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

/// The life of a supervision notice (督办, 第二十二条).
public enum SupervisionState: String, CaseIterable, Codable, Sendable {
    case open
    case answered
    case closed

    public var chinese: String {
        switch self {
        case .open: "待答复"
        case .answered: "已答复，待办结"
        case .closed: "已办结"
        }
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

/// The number of a new notice.
public struct OpenedNotice: Codable, Equatable, Sendable {
    public var notice: Int64

    public init(notice: Int64) {
        self.notice = notice
    }
}

/// A unit has to answer.
public struct SupervisionOpened: Event {
    public static let name = "notifications.supervision.opened"
    public static let title = "发出督办通知"
    public static let sensitivity = Sensitivity.open

    public var notice: Int64
    public var role: Role
    public var area: Area
    public var due: CalendarDay

    public var key: String { "notice:\(notice)" }

    public init(notice: Int64, role: Role, area: Area, due: CalendarDay) {
        self.notice = notice
        self.role = role
        self.area = area
        self.due = due
    }
}

/// A unit answered.
public struct SupervisionAnswered: Event {
    public static let name = "notifications.supervision.answered"
    public static let title = "答复督办通知"
    public static let sensitivity = Sensitivity.open

    public var notice: Int64

    public var key: String { "notice:\(notice)" }

    public init(notice: Int64) {
        self.notice = notice
    }
}

/// A notice is closed.
public struct SupervisionClosed: Event {
    public static let name = "notifications.supervision.closed"
    public static let title = "督办办结"
    public static let sensitivity = Sensitivity.open

    public var notice: Int64

    public var key: String { "notice:\(notice)" }

    public init(notice: Int64) {
        self.notice = notice
    }
}

extension NotificationsRefusal {
    public static let subjectLength = Refusal(
        "notifications.supervision.subject-length", .invalid, article: Article(number: 22),
        "督办事项应为 1 至 500 字，请写明要办什么。")
    public static let dueInPast = Refusal(
        "notifications.supervision.due-in-past", .invalid, article: Article(number: 22),
        "办理期限不能早于今天，请改正。")
    public static let unitMissing = Refusal(
        "notifications.supervision.unit-missing", .invalid, article: Article(number: 22),
        "督办须落实到一个单位：对乡镇须指明本县的乡镇，对企业须指明统一社会信用代码，对部门须为全县。")
    public static let unknownNotice = Refusal(
        "notifications.supervision.unknown", .notFound, "没有这份督办通知，请返回督办列表。")
    public static let answerLength = Refusal(
        "notifications.supervision.answer-length", .invalid, article: Article(number: 22),
        "答复应为 5 至 2000 字，请写明办理情况。")
    public static let alreadyClosed = Refusal(
        "notifications.supervision.closed", .conflict, article: Article(number: 22),
        "这份督办已经办结，不能再答复；有新情况的请报工作专班另行督办。")
    public static let unanswered = Refusal(
        "notifications.supervision.unanswered", .conflict, article: Article(number: 22),
        "责任单位尚未答复，不能办结，请先催办。")
}
