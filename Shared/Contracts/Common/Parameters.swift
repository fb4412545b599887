import Domain

/// A rule's number, day or table, as it holds from a day on.
public struct ParameterRow: Codable, Equatable, Sendable {
    public var holdsFrom: CalendarDay
    /// JSON, as `SetParameter` takes it.
    public var value: String
    /// The value for people.
    public var text: String
    /// Document and place, e.g. `红政办规〔2020〕6号第十六条`.
    public var source: String
    /// Who set it; nil when the program brought it.
    public var setBy: String?
    public var setAt: Timestamp?

    public init(
        holdsFrom: CalendarDay, value: String, text: String, source: String, setBy: String? = nil,
        setAt: Timestamp? = nil
    ) {
        self.holdsFrom = holdsFrom
        self.value = value
        self.text = text
        self.source = source
        self.setBy = setBy
        self.setAt = setAt
    }
}

/// A parameter with its whole history, the earliest row first.
public struct ParameterHistory: Codable, Equatable, Sendable {
    public var name: String
    public var title: String
    /// What a value looks like, for people.
    public var form: String
    /// Who may set it.
    public var roles: [Role]
    public var rows: [ParameterRow]

    public init(name: String, title: String, form: String, roles: [Role], rows: [ParameterRow]) {
        self.name = name
        self.title = title
        self.form = form
        self.roles = roles
        self.rows = rows
    }
}

/// All parameters by which a service decides.
public struct ParameterHistories: Codable, Equatable, Sendable {
    public var parameters: [ParameterHistory]

    public init(parameters: [ParameterHistory]) { self.parameters = parameters }
}

/// Lists the parameters by which a service decides. A query that every service answers.
public struct ListParameters: Query {
    public typealias Reply = ParameterHistories

    public static let name = "parameter.list"
    public static let roles = Set(Role.allCases)

    public init() {}
}

/// Sets a parameter from a day on. A command that every service takes; the roles that may stand with each parameter.
public struct SetParameter: Command {
    public typealias Reply = ParameterReach

    public static let name = "parameter.set"
    public static let roles = Set(Role.allCases)

    public var parameter: String
    /// JSON.
    public var value: String
    public var holdsFrom: CalendarDay
    public var source: String
    /// Whether open decisions of the days from which the value holds are made anew. Without it such a value is refused.
    public var isRetroactive: Bool
    /// Whether only the reach is asked: everything is done, and taken back.
    public var isPreview: Bool

    public init(
        parameter: String, value: String, holdsFrom: CalendarDay, source: String, isRetroactive: Bool = false,
        isPreview: Bool
    ) {
        self.parameter = parameter
        self.value = value
        self.holdsFrom = holdsFrom
        self.source = source
        self.isRetroactive = isRetroactive
        self.isPreview = isPreview
    }
}

/// Whom a new value of a parameter concerns, counted by unit from the service's own data.
public struct ParameterReach: Codable, Equatable, Sendable {
    public struct Unit: Codable, Equatable, Sendable {
        public var area: Area
        public var count: Int

        public init(area: Area, count: Int) {
            self.area = area
            self.count = count
        }
    }

    /// Open decisions that are made anew.
    public var changed: [Unit]
    /// Decisions of days from which the value holds that are over, and stay as they were made.
    public var kept: [Unit]
    /// Those whose turn is still to come.
    public var upcoming: [Unit]

    public init(changed: [Unit] = [], kept: [Unit] = [], upcoming: [Unit] = []) {
        self.changed = changed
        self.kept = kept
        self.upcoming = upcoming
    }

    /// How many decisions were made already of days from which the value holds.
    public var decided: Int { (changed + kept).reduce(0) { $0 + $1.count } }
}

/// The rule by which a decision was made, as it stood then.
public struct AppliedRule: Codable, Equatable, Sendable {
    /// The value for people, e.g. `申请后 10 日内`.
    public var text: String
    public var holdsFrom: CalendarDay
    public var source: String

    public init(text: String, holdsFrom: CalendarDay, source: String) {
        self.text = text
        self.holdsFrom = holdsFrom
        self.source = source
    }

    /// For pages: `申请后 10 日内（自2020年7月31日起，红政办规〔2020〕6号第十五条）`
    public var sentence: String { "\(text)（自\(holdsFrom.chinese)起，\(source)）" }
}

/// Why a parameter is not set.
public enum ParameterRefusal {
    public static let unknown = Refusal(
        "parameter.unknown", .notFound, "没有这个规则参数，请用 jieli rule list 查看名称。")
    public static let wrongValue = Refusal(
        "parameter.wrong-value", .invalid, "规则参数的值不对，请按括号中的格式改正。")
    public static let sourceMissing = Refusal(
        "parameter.source-missing", .invalid, "请写明依据的文件和条款（4 至 200 字）。")
    public static let dayTaken = Refusal(
        "parameter.day-taken", .conflict, "该日已有一条值，不能再设；请改用另一个起始日。")
    public static let decided = Refusal(
        "parameter.decided", .conflict, "起始日以后已有按原值作出的决定，默认不追溯；确需重算尚未办结的，请注明追溯（--retroactive）。")

    public static let all = [unknown, wrongValue, sourceMissing, dayTaken, decided]
}
