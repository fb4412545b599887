import Domain

/// An enterprise applies to a township with its materials (第十五条（三）).
public struct SubmitApplication: Command {
    public static let name = "registry.application.submit"
    public static let roles: Set<Role> = [.enterprise, .humanResources]
    public typealias Reply = OpenedApplication

    public var enterprise: String
    public var township: String
    public var persons: [PersonID]
    public var materials: [Material]
    public var dated: CalendarDay

    public init(enterprise: String, township: String, persons: [PersonID], materials: [Material], dated: CalendarDay) {
        self.enterprise = enterprise
        self.township = township
        self.persons = persons
        self.materials = materials
        self.dated = dated
    }
}

/// The township accepts: from that day it manages the people (第二条).
public struct AcceptApplication: Command {
    public static let name = "registry.application.accept"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = Done

    public var application: Int64
    public var dated: CalendarDay

    public init(application: Int64, dated: CalendarDay) {
        self.application = application
        self.dated = dated
    }
}

/// The township refuses, for a cause the rules allow.
public struct RefuseApplication: Command {
    public static let name = "registry.application.refuse"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = Done

    public var application: Int64
    public var cause: RefusalCause
    public var explanation: String

    public init(application: Int64, cause: RefusalCause, explanation: String) {
        self.application = application
        self.cause = cause
        self.explanation = explanation
    }
}

/// Applications within the asker's area. Recorded, since the reason of a refusal may tell of the people concerned.
public struct ListApplications: Query {
    public static let name = "registry.application.list"
    public static let roles: Set<Role> = [.humanResources, .township, .enterprise, .workingTeam]
    public typealias Reply = ApplicationRows

    public var state: String?

    public init(state: String? = nil) {
        self.state = state
    }
}

/// One application with its people and materials.
public struct GetApplication: Query {
    public static let name = "registry.application.get"
    public static let roles = ListApplications.roles
    public typealias Reply = ApplicationRecord

    public var application: Int64
    /// People after this one, at most so many: an application may be about thousands.
    public var after: Int64?
    public var limit: Int?

    public init(application: Int64, after: Int64? = nil, limit: Int? = nil) {
        self.application = application
        self.after = after
        self.limit = limit
    }
}

/// The materials that an application needs (第十五条（三）).
public enum Material: String, CaseIterable, Codable, Sendable {
    case application
    case nameList = "name-list"
    case archiveList = "archive-list"
    case householdRegister = "household-register"
    case identityCard = "identity-card"
    case basicInformation = "basic-information"

    public var chinese: String {
        switch self {
        case .application: "社会化管理移交申请"
        case .nameList: "移交人员名单"
        case .archiveList: "档案移交名册"
        case .householdRegister: "户口本"
        case .identityCard: "身份证"
        case .basicInformation: "乡镇和社区所需基本信息"
        }
    }
}

/// Why a township will not accept. The last two are themselves forbidden by 第十一条（三）.
public enum RefusalCause: String, CaseIterable, Codable, Sendable {
    case materialsUntrue = "materials-untrue"
    case notResident = "not-resident"
    case alreadyManaged = "already-managed"
    case premisesMissing = "premises-missing"
    case fundsDemanded = "funds-demanded"

    public var chinese: String {
        switch self {
        case .materialsUntrue: "材料与事实不符"
        case .notResident: "户籍、居住地均不在本乡镇"
        case .alreadyManaged: "已纳入其他地方管理"
        case .premisesMissing: "企业未移交活动场所或设施"
        case .fundsDemanded: "企业未提供新建场所资金"
        }
    }
}

/// An application for hand-over.
public struct ApplicationRow: Codable, Equatable, Sendable {
    public var application: Int64
    public var enterprise: String
    public var enterpriseName: String
    public var township: String
    public var people: Int
    public var dated: CalendarDay
    /// submitted, accepted or refused.
    public var state: String
    /// The day of the acceptance or refusal.
    public var decidedOn: CalendarDay?
    /// Why it was refused, so that the enterprise knows what to put right.
    public var cause: RefusalCause?
    public var explanation: String?

    public init(
        application: Int64, enterprise: String, enterpriseName: String, township: String, people: Int,
        dated: CalendarDay, state: String, decidedOn: CalendarDay? = nil, cause: RefusalCause? = nil,
        explanation: String? = nil
    ) {
        self.application = application
        self.enterprise = enterprise
        self.enterpriseName = enterpriseName
        self.township = township
        self.people = people
        self.dated = dated
        self.state = state
        self.decidedOn = decidedOn
        self.cause = cause
        self.explanation = explanation
    }
}

/// One application with the people it is about, or was about when it was refused; as they are now.
public struct ApplicationRecord: Codable, Equatable, Sendable {
    public var application: ApplicationRow
    /// All that 第十五条（三） asks for: without them there is no application.
    public var materials: [Material]
    public var persons: [PersonRow]
    /// After whom the next page begins; nil at the end.
    public var next: Int64?

    public init(
        application: ApplicationRow, materials: [Material], persons: [PersonRow], next: Int64? = nil
    ) {
        self.next = next
        self.application = application
        self.materials = materials
        self.persons = persons
    }
}

/// Applications.
public struct ApplicationRows: Codable, Equatable, Sendable {
    public var rows: [ApplicationRow]

    public init(rows: [ApplicationRow]) {
        self.rows = rows
    }
}

/// The number of a new application.
public struct OpenedApplication: Codable, Equatable, Sendable {
    public var application: Int64

    public init(application: Int64) {
        self.application = application
    }
}

/// An application went to a township.
public struct ApplicationSubmitted: Event {
    public static let name = "registry.application.submitted"
    public static let title = "企业提出移交申请"
    public static let sensitivity = Sensitivity.open

    public var application: Int64
    public var enterprise: String
    public var township: String
    public var people: Int
    public var on: CalendarDay

    public var key: String { "application:\(application)" }

    public init(application: Int64, enterprise: String, township: String, people: Int, on: CalendarDay) {
        self.application = application
        self.enterprise = enterprise
        self.township = township
        self.people = people
        self.on = on
    }
}

/// A township refused.
public struct ApplicationRefused: Event {
    public static let name = "registry.application.refused"
    public static let title = "乡镇退回移交申请"
    public static let sensitivity = Sensitivity.open

    public var application: Int64
    public var enterprise: String
    public var township: String
    public var cause: RefusalCause

    public var key: String { "application:\(application)" }

    public init(application: Int64, enterprise: String, township: String, cause: RefusalCause) {
        self.application = application
        self.enterprise = enterprise
        self.township = township
        self.cause = cause
    }
}

/// A township accepted.
public struct ApplicationAccepted: Event {
    public static let name = "registry.application.accepted"
    public static let title = "乡镇接收移交申请"
    public static let sensitivity = Sensitivity.open

    public var application: Int64
    public var enterprise: String
    public var township: String
    public var people: Int
    public var on: CalendarDay

    public var key: String { "application:\(application)" }

    public init(application: Int64, enterprise: String, township: String, people: Int, on: CalendarDay) {
        self.application = application
        self.enterprise = enterprise
        self.township = township
        self.people = people
        self.on = on
    }
}

/// The person is in an application.
public struct PersonApplied: PersonEvent {
    public static let name = "registry.person.applied"
    public static let title = "列入移交申请"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var application: Int64
    public var township: String

    public var statusChange: PersonStatus? { .applied }

    public init(person: PersonID, application: Int64, township: String) {
        self.person = person
        self.application = application
        self.township = township
    }
}

/// The person's application was refused; the enterprise remains responsible.
public struct PersonReturned: PersonEvent {
    public static let name = "registry.person.returned"
    public static let title = "移交申请退回"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var application: Int64

    public var statusChange: PersonStatus? { .verified }

    public init(person: PersonID, application: Int64) {
        self.person = person
        self.application = application
    }
}

/// The township manages the person from that day (第二条).
public struct PersonAccepted: PersonEvent {
    public static let name = "registry.person.accepted"
    public static let title = "乡镇接收，转由属地管理"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var on: CalendarDay

    public var trackChange: TrackChange? { .done(.acceptance) }
    public var statusChange: PersonStatus? { .accepted }

    public init(person: PersonID, enterprise: String, township: String, on: CalendarDay) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.on = on
    }
}

extension RegistryRefusal {
    public static let materialsMissing = Refusal(
        "registry.application.materials-missing", .invalid, article: Article(number: 15, paragraph: 3),
        "移交材料不齐，不能提出申请，请补齐：")
    public static let otherTownship = Refusal(
        "registry.application.other-township", .invalid, article: Article(number: 15, paragraph: 3),
        "所选人员中有不属于该企业或该乡镇的，请按企业和乡镇分别申请。")
    public static let unknownTownship = Refusal(
        "registry.township.unknown", .invalid, "没有这个乡镇，请从 13 个乡镇中选择。")
    public static let unknownApplication = Refusal(
        "registry.application.unknown", .notFound, "没有这份申请，请返回申请列表。")
    public static let applicationDecided = Refusal(
        "registry.application.decided", .conflict, "这份申请已经办结，不能再次办理。")
    public static let premisesNoCondition = Refusal(
        "registry.application.premises-no-condition", .notAllowed, article: Article(number: 11, paragraph: 3),
        "不得将活动场所、设施或新建资金作为接收退休人员的前置条件，请予接收；场所问题由资产划转另行办理。")
    public static let explanationMissing = Refusal(
        "registry.application.explanation-missing", .invalid, "请写明不予接收的具体情况（500 字以内），以便企业补正。")
    public static let dateInFuture = Refusal("registry.date.in-future", .invalid, "日期不能晚于今天，请改正。")
    public static let dateBeforeApplication = Refusal(
        "registry.date.before-application", .invalid, article: Article(number: 2),
        "接收日期不能早于申请日期，请改正。")
    public static let dateTooEarly = Refusal(
        "registry.date.before-rules", .invalid, article: Article(number: 23),
        "日期早于实施细则施行之日（2020年7月31日），请改正。")
}
