import Domain

/// The community has verified a person's data (第十六条（三）).
public struct ConfirmPerson: Command {
    public static let name = "registry.person.confirm"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = Done

    public var person: PersonID
    public var method: ConfirmationMethod
    public var delegate: String?
    public var corrections: [Correction]

    public init(person: PersonID, method: ConfirmationMethod, delegate: String? = nil, corrections: [Correction]) {
        self.person = person
        self.method = method
        self.delegate = delegate
        self.corrections = corrections
    }
}

/// How a person's data were verified (第十六条（三）).
public enum ConfirmationMethod: String, CaseIterable, Codable, Sendable {
    case visit
    case summons
    case delegate

    public var chinese: String {
        switch self {
        case .visit: "上门核对"
        case .summons: "通知本人前来"
        case .delegate: "授权委托人前来"
        }
    }
}

/// What the community may correct at the door (第十六条（三）).
public enum CorrectableField: String, CaseIterable, Codable, Sendable {
    case name
    case politicalStatus = "political-status"
    case telephone
    case residence
    case registeredAddress = "registered-address"
    case ethnicity
    case community

    public var chinese: String {
        switch self {
        case .name: "姓名"
        case .politicalStatus: "政治面貌"
        case .telephone: "联系电话"
        case .residence: "现居住地址"
        case .registeredAddress: "户籍地址"
        case .ethnicity: "民族"
        case .community: "社区（村）"
        }
    }
}

/// A correction made at the door.
public struct Correction: Codable, Equatable, Sendable {
    public var field: CorrectableField
    public var value: String

    public init(field: CorrectableField, value: String) {
        self.field = field
        self.value = value
    }
}

/// A correction with what it replaced.
public struct CorrectionRecord: Codable, Equatable, Sendable {
    public var field: CorrectableField
    public var before: String
    public var after: String
    public var at: Timestamp

    public init(field: CorrectableField, before: String, after: String, at: Timestamp) {
        self.field = field
        self.before = before
        self.after = after
        self.at = at
    }
}

/// The community verified the person's data.
public struct PersonConfirmed: PersonEvent {
    public static let name = "registry.person.confirmed"
    public static let title = "核对本人信息"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

extension RegistryRefusal {
    public static let notAccepted = Refusal(
        "registry.person.not-accepted", .conflict, article: Article(number: 16, paragraph: 3),
        "乡镇尚未接收此人，请先办理接收，再核对信息、发放联系卡。")
    public static let delegateMissing = Refusal(
        "registry.person.delegate-missing", .invalid, article: Article(number: 16, paragraph: 3),
        "由授权委托人前来核对的，须登记委托人姓名。")
    public static let emptyCorrection = Refusal(
        "registry.person.empty-correction", .invalid, "更正内容不能为空，请填写更正后的值。")
    public static let wrongCorrection = Refusal(
        "registry.person.wrong-correction", .invalid, article: Article(number: 16, paragraph: 3),
        "更正内容不合规范，请核对：")
    public static let membershipNotEndedHere = Refusal(
        "registry.person.membership-not-ended-here", .notAllowed, article: Article(number: 10, paragraph: 1),
        "名册登记为党员的，不能在核对时改为非党员，请由县委组织部核实后办理。")
    public static let fieldTwice = Refusal(
        "registry.person.field-twice", .invalid, "同一项信息更正了两次，请只保留一次：")
}
