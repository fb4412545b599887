import Domain

/// Enters a person's out-of-pool items; an empty list states that there are none.
public struct RegisterBenefits: Command {
    public static let name = "benefits-liaison.items.register"
    public static let roles: Set<Role> = [.humanResources, .finance]
    public typealias Reply = Done

    public var person: PersonID
    public var items: [BenefitItem]

    public init(person: PersonID, items: [BenefitItem]) {
        self.person = person
        self.items = items
    }
}

/// One person's benefits.
public struct GetBenefits: Query {
    public static let name = "benefits-liaison.person.get"
    public static let roles: Set<Role> = [
        .humanResources, .socialInsurance, .finance, .township, .enterprise, .medicalInsurance, .workingTeam,
    ]
    public typealias Reply = BenefitsRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Who waits for a step.
public struct BenefitsWork: Query {
    public static let name = "benefits-liaison.work.list"
    public static let roles: Set<Role> = [.humanResources, .socialInsurance, .finance, .township, .workingTeam]
    public typealias Reply = BenefitsWorkRows

    public var step: BenefitsStep
    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(step: BenefitsStep, narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.step = step
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}

/// Kinds of benefit outside the pension pool (统筹外费用).
public enum BenefitKind: String, CaseIterable, Codable, Sendable {
    case monthlyAllowance = "monthly-allowance"
    case oneTimeAllowance = "one-time-allowance"
    case medical
    case activities
    case heating
    case other

    public var chinese: String {
        switch self {
        case .monthlyAllowance: "按月生活补贴"
        case .oneTimeAllowance: "一次性生活补贴"
        case .medical: "医疗费（体检费）"
        case .activities: "活动经费"
        case .heating: "供暖费补贴"
        case .other: "其他"
        }
    }
}

/// How it is paid (第十二条（五）、（六）).
public enum PaymentChannel: String, CaseIterable, Codable, Sendable {
    case enterprise
    case setAside = "set-aside"
    case oneTime = "one-time"

    public var chinese: String {
        switch self {
        case .enterprise: "企业按现行途径发放"
        case .setAside: "一次性计提、按月发放"
        case .oneTime: "协商一次性支付"
        }
    }
}

/// The steps whose work lists the service keeps.
public enum BenefitsStep: String, CaseIterable, Codable, Sendable {
    case register
    case list
    case check

    public var chinese: String {
        switch self {
        case .register: "登记统筹外项目"
        case .list: "交付上月接收名单"
        case .check: "社保核对"
        }
    }
}

/// An item that one person receives.
public struct BenefitItem: Codable, Equatable, Sendable {
    public var kind: BenefitKind
    public var monthlyAmountInFen: Int64
    public var channel: PaymentChannel

    public init(kind: BenefitKind, monthlyAmountInFen: Int64, channel: PaymentChannel) {
        self.kind = kind
        self.monthlyAmountInFen = monthlyAmountInFen
        self.channel = channel
    }
}

/// A person's benefits.
public struct BenefitsRecord: Codable, Equatable, Sendable {
    public var person: PersonID
    public var hasOutOfPool: Bool
    public var isRegistered: Bool
    public var items: [BenefitItem]
    public var list: Int64?
    public var listMonth: CalendarMonth?
    public var check: ListCheck?
    public var note: String?

    public init(
        person: PersonID, hasOutOfPool: Bool, isRegistered: Bool, items: [BenefitItem], list: Int64? = nil,
        listMonth: CalendarMonth? = nil, check: ListCheck? = nil, note: String? = nil
    ) {
        self.person = person
        self.hasOutOfPool = hasOutOfPool
        self.isRegistered = isRegistered
        self.items = items
        self.list = list
        self.listMonth = listMonth
        self.check = check
        self.note = note
    }
}

/// A person on the benefits work list.
public struct BenefitsWorkRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var acceptedOn: CalendarDay?
    public var list: Int64?
    public var check: ListCheck?

    public init(
        person: PersonID, enterprise: String, township: String, acceptedOn: CalendarDay? = nil, list: Int64? = nil,
        check: ListCheck? = nil
    ) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.acceptedOn = acceptedOn
        self.list = list
        self.check = check
    }
}

/// A page of the work list.
public struct BenefitsWorkRows: Codable, Equatable, Sendable {
    public var rows: [BenefitsWorkRow]
    public var next: Int64?

    public init(rows: [BenefitsWorkRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// The person's out-of-pool items are entered.
public struct BenefitsRegistered: PersonEvent {
    public static let name = "benefits-liaison.items.registered"
    public static let title = "登记统筹外项目"
    public static let sensitivity = Sensitivity.money

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.benefits) }

    public init(person: PersonID) {
        self.person = person
    }
}

extension BenefitsLiaisonRefusal {
    public static let unknownEnterprise = Refusal(
        "benefits-liaison.enterprise.unknown", .notFound, "没有登记这家企业，请核对统一社会信用代码，或先由人社部门在“企业”页登记。")
    public static let annuity = Refusal(
        "benefits-liaison.items.annuity", .notAllowed, article: Article(number: 12, paragraph: 4),
        "已实施企业年金的企业不再发放统筹外费用，请改为“无统筹外项目”：")

    // MARK: Survey
    public static let surveyMissing = Refusal(
        "benefits-liaison.items.survey-missing", .conflict, article: Article(number: 15, paragraph: 2),
        "企业尚未清理并报送统筹外项目，请先由企业清理并报送，再为个人登记。")
    public static let negativeAmount = Refusal(
        "benefits-liaison.items.negative-amount", .invalid, article: Article(number: 12, paragraph: 3),
        "统筹外项目的金额不能是负数，请改正：")
    public static let kindTwice = Refusal(
        "benefits-liaison.items.kind-twice", .invalid, article: Article(number: 12, paragraph: 3),
        "同一统筹外项目重复登记，请合并为一项：")
    public static let newItem = Refusal(
        "benefits-liaison.items.new", .notAllowed, article: Article(number: 12, paragraph: 3),
        "企业清理时没有这些统筹外项目，不得新增，请从清单中去掉：")
    public static let raised = Refusal(
        "benefits-liaison.items.raised", .notAllowed, article: Article(number: 12, paragraph: 3),
        "金额高于企业清理时的发放标准，不得提高，请改为不超过原标准：")
    public static let lowered = Refusal(
        "benefits-liaison.items.lowered", .notAllowed, article: Article(number: 19),
        "已登记的待遇不得降低或取消，请按不低于原登记的金额填写：")

    // MARK: Monthly lists
    public static let notListed = Refusal(
        "benefits-liaison.check.not-listed", .conflict, article: Article(number: 16, paragraph: 4),
        "此人尚未列入交付名单，不能核对，请先由乡镇或人社部门交付名单。")
    public static let differenceOpen = Refusal(
        "benefits-liaison.check.difference-open", .conflict, article: Article(number: 16, paragraph: 4),
        "此人核对有差异，记录不能用“一致”覆盖；差异已经更正的，请在差异说明中写明如何更正。")
    public static let noteMissing = Refusal(
        "benefits-liaison.check.note-missing", .invalid, article: Article(number: 16, paragraph: 4),
        "核对有差异的，请写明差异的内容，以便更正。")
}
