import Domain

/// Hands the month's intake to the social-insurance agency (第十六条（四）).
public struct BuildIntakeList: Command {
    public static let name = "benefits-liaison.list.build"
    public static let roles: Set<Role> = [.humanResources, .township]
    public typealias Reply = BuiltList

    public var month: CalendarMonth

    public init(month: CalendarMonth) {
        self.month = month
    }
}

/// The agency's finding for one person.
public struct CheckListed: Command {
    public static let name = "benefits-liaison.list.check"
    public static let roles: Set<Role> = [.socialInsurance]
    public typealias Reply = Done

    public var person: PersonID
    public var result: ListCheck
    public var note: String?

    public init(person: PersonID, result: ListCheck, note: String? = nil) {
        self.person = person
        self.result = result
        self.note = note
    }
}

/// The monthly lists.
public struct ListIntakeLists: Query {
    public static let name = "benefits-liaison.list.list"
    public static let roles: Set<Role> = [.humanResources, .socialInsurance, .township, .workingTeam]
    public typealias Reply = IntakeListRows

    public init() {}
}

/// What the agency found (第十六条（四）).
public enum ListCheck: String, CaseIterable, Codable, Sendable {
    case matches
    case differs

    public var chinese: String {
        switch self {
        case .matches: "核对一致"
        case .differs: "核对有差异"
        }
    }
}

/// A monthly list.
public struct BuiltList: Codable, Equatable, Sendable {
    public var list: Int64
    public var people: Int

    public init(list: Int64, people: Int) {
        self.list = list
        self.people = people
    }
}

/// A monthly list and how far its checking is.
public struct IntakeListRow: Codable, Equatable, Sendable {
    public var list: Int64
    public var month: CalendarMonth
    public var people: Int
    public var checked: Int
    public var differing: Int
    public var builtAt: Timestamp

    public init(list: Int64, month: CalendarMonth, people: Int, checked: Int, differing: Int, builtAt: Timestamp) {
        self.list = list
        self.month = month
        self.people = people
        self.checked = checked
        self.differing = differing
        self.builtAt = builtAt
    }
}

/// Monthly lists.
public struct IntakeListRows: Codable, Equatable, Sendable {
    public var rows: [IntakeListRow]
    /// Months that are over, with people not yet listed: those for which a list can be built.
    public var waiting: [CalendarMonth]

    public init(rows: [IntakeListRow], waiting: [CalendarMonth]) {
        self.rows = rows
        self.waiting = waiting
    }
}

/// A monthly list went to the agency.
public struct IntakeListBuilt: Event {
    public static let name = "benefits-liaison.list.built"
    public static let title = "生成月度接收名单"
    public static let sensitivity = Sensitivity.open

    public var list: Int64
    public var month: CalendarMonth
    public var people: Int

    public var key: String { "list:\(list)" }

    public init(list: Int64, month: CalendarMonth, people: Int) {
        self.list = list
        self.month = month
        self.people = people
    }
}

/// The person is on a monthly list.
public struct PersonListed: PersonEvent {
    public static let name = "benefits-liaison.person.listed"
    public static let title = "列入月度名单交社保经办机构"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var list: Int64

    public var trackChange: TrackChange? { .done(.socialInsurance) }

    public init(person: PersonID, list: Int64) {
        self.person = person
        self.list = list
    }
}

/// The agency checked the person.
public struct PersonChecked: PersonEvent {
    public static let name = "benefits-liaison.person.checked"
    public static let title = "社保经办机构核对"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var result: ListCheck

    /// A difference is worked off before the month's list counts as done.
    public var trackChange: TrackChange? { result == .matches ? .done(.socialInsurance) : .reopened(.socialInsurance) }

    public init(person: PersonID, result: ListCheck) {
        self.person = person
        self.result = result
    }
}

extension BenefitsLiaisonRefusal {
    public static let monthNotOver = Refusal(
        "benefits-liaison.list.month-not-over", .invalid, article: Article(number: 16, paragraph: 4),
        "只能交付上月及以前接收的人员，请选择已经结束的月份。")
    public static let nobodyWaiting = Refusal(
        "benefits-liaison.list.nobody-waiting", .conflict, article: Article(number: 16, paragraph: 4),
        "没有待交付人员：截至该月接收的人员均已交付，请在名单列表中查看，无需再次交付。")
    public static let listBeingBuilt = Refusal(
        "benefits-liaison.list.being-built", .conflict, "上一份名单正在生成，请稍候片刻，在名单列表中看到后再办理。")
}
