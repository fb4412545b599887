import Domain

/// Records what is done before the transfer (第十条（三）).
public struct PrepareTransfer: Command {
    public static let name = "party-relations.transfer.prepare"
    public static let roles: Set<Role> = [.enterprise, .organization]
    public typealias Reply = MonthlyDues

    public var person: PersonID
    public var kind: MemberKind
    public var preparation: TransferPreparation
    public var duesBaseInFen: Int64

    public init(person: PersonID, kind: MemberKind, preparation: TransferPreparation, duesBaseInFen: Int64) {
        self.person = person
        self.kind = kind
        self.preparation = preparation
        self.duesBaseInFen = duesBaseInFen
    }
}

/// Sends the relation to the township's Party organization (第十条（一）).
public struct SendTransfer: Command {
    public static let name = "party-relations.transfer.send"
    public static let roles: Set<Role> = [.enterprise, .organization]
    public typealias Reply = TransferLetter

    public var person: PersonID
    public var organization: String
    public var dated: CalendarDay
    public var validDays: Int

    public init(person: PersonID, organization: String, dated: CalendarDay, validDays: Int) {
        self.person = person
        self.organization = organization
        self.dated = dated
        self.validDays = validDays
    }
}

/// The township's Party organization accepts (第十六条（二）).
public struct AcceptTransfer: Command {
    public static let name = "party-relations.transfer.accept"
    public static let roles: Set<Role> = [.township, .organization]
    public typealias Reply = Done

    public var person: PersonID
    /// The day on which the letter was received; today when absent. Earlier ones are entered afterwards.
    public var dated: CalendarDay?

    public init(person: PersonID, dated: CalendarDay? = nil) {
        self.person = person
        self.dated = dated
    }
}

/// The township's Party organization sends back, with a founded cause (第十条（五）).
public struct RefuseTransfer: Command {
    public static let name = "party-relations.transfer.refuse"
    public static let roles: Set<Role> = [.township, .organization]
    public typealias Reply = Done

    public var person: PersonID
    public var cause: TransferRefusalCause
    public var explanation: String

    public init(person: PersonID, cause: TransferRefusalCause, explanation: String) {
        self.person = person
        self.cause = cause
        self.explanation = explanation
    }
}

/// One member's transfer.
public struct GetTransfer: Query {
    public static let name = "party-relations.transfer.get"
    public static let roles: Set<Role> = [.organization, .township, .enterprise, .workingTeam]
    public typealias Reply = TransferRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Members within the asker's area whose transfer is not finished.
public struct PartyWork: Query {
    public static let name = "party-relations.work.list"
    public static let roles: Set<Role> = [.organization, .township, .enterprise, .workingTeam]
    public typealias Reply = TransferWorkRows

    public var state: TransferState?
    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(state: TransferState? = nil, narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.state = state
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}

/// The states of an organization-relation transfer (第十条、第十六条（二）).
public enum TransferState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case prepared
    case sent
    case accepted
    case returned
    case placed

    public var chinese: String {
        switch self {
        case .awaiting: "待接转"
        case .prepared: "转接前工作进行中"
        case .sent: "已转出，待接收"
        case .accepted: "已接收，待编入支部"
        case .returned: "已退回"
        case .placed: "已编入党支部"
        }
    }
}

/// Causes for not accepting a member; 'other' is unfounded (第十条（五）).
public enum TransferRefusalCause: String, CaseIterable, Codable, Sendable {
    case membershipDoubtful = "membership-doubtful"
    case fileIncomplete = "file-incomplete"
    case duesUnsettled = "dues-unsettled"
    case wrongAddressee = "wrong-addressee"
    case letterExpired = "letter-expired"
    case other

    public var chinese: String {
        switch self {
        case .membershipDoubtful: "党员身份存疑"
        case .fileIncomplete: "党员档案材料缺失"
        case .duesUnsettled: "党费未结清"
        case .wrongAddressee: "接收党组织有误"
        case .letterExpired: "介绍信已过有效期"
        case .other: "其他"
        }
    }
}

/// The four things done before a transfer (第十条（三）).
public struct TransferPreparation: Codable, Equatable, Sendable {
    public var fileChecked: Bool
    public var duesBaseVerified: Bool
    public var duesPaidThrough: CalendarMonth?
    public var dataGathered: Bool

    public init(fileChecked: Bool, duesBaseVerified: Bool, duesPaidThrough: CalendarMonth? = nil, dataGathered: Bool) {
        self.fileChecked = fileChecked
        self.duesBaseVerified = duesBaseVerified
        self.duesPaidThrough = duesPaidThrough
        self.dataGathered = dataGathered
    }
}

/// Monthly dues and the rule they follow.
public struct MonthlyDues: Codable, Equatable, Sendable {
    public var amountInFen: Int64
    public var ratePerTenThousand: Int
    public var source: String
    /// The first day of the rule; nil where an earlier release did not write it down.
    public var ruleFrom: CalendarDay?

    public init(amountInFen: Int64, ratePerTenThousand: Int, source: String, ruleFrom: CalendarDay? = nil) {
        self.ruleFrom = ruleFrom
        self.amountInFen = amountInFen
        self.ratePerTenThousand = ratePerTenThousand
        self.source = source
    }
}

/// The letter of introduction (介绍信).
public struct TransferLetter: Codable, Equatable, Sendable {
    public var letterNumber: String
    public var validUntil: CalendarDay
    /// The rule of the longest validity that counted when it was made out.
    public var rule: AppliedRule?

    public init(letterNumber: String, validUntil: CalendarDay, rule: AppliedRule? = nil) {
        self.rule = rule
        self.letterNumber = letterNumber
        self.validUntil = validUntil
    }
}

/// A member's transfer.
public struct TransferRecord: Codable, Equatable, Sendable {
    public var person: PersonID
    public var state: TransferState
    public var kind: MemberKind?
    public var preparation: TransferPreparation
    public var dues: MonthlyDues?
    /// What the dues are reckoned from.
    public var duesBaseInFen: Int64?
    public var letter: TransferLetter?
    public var organization: String?
    public var branch: String?
    /// The organization responsible now; never none, never two (第十条（二）).
    public var responsible: String
    /// Why it came back, until it is sent again (第十条（五）).
    public var refusalCause: TransferRefusalCause?
    public var explanation: String?

    public init(
        person: PersonID, state: TransferState, kind: MemberKind? = nil, preparation: TransferPreparation,
        dues: MonthlyDues? = nil, duesBaseInFen: Int64? = nil, letter: TransferLetter? = nil,
        organization: String? = nil, branch: String? = nil,
        responsible: String, refusalCause: TransferRefusalCause? = nil, explanation: String? = nil
    ) {
        self.person = person
        self.state = state
        self.kind = kind
        self.preparation = preparation
        self.dues = dues
        self.duesBaseInFen = duesBaseInFen
        self.letter = letter
        self.organization = organization
        self.branch = branch
        self.responsible = responsible
        self.refusalCause = refusalCause
        self.explanation = explanation
    }
}

/// A member whose transfer is under way.
public struct TransferWorkRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var state: TransferState

    public init(person: PersonID, enterprise: String, township: String, state: TransferState) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.state = state
    }
}

/// A page of the Party's work list.
public struct TransferWorkRows: Codable, Equatable, Sendable {
    public var rows: [TransferWorkRow]
    public var next: Int64?

    public init(rows: [TransferWorkRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// Work before a transfer was recorded.
public struct TransferPrepared: PersonEvent {
    public static let name = "party-relations.transfer.prepared"
    public static let title = "党组织关系转接前工作"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID
    public var isComplete: Bool

    public init(person: PersonID, isComplete: Bool) {
        self.person = person
        self.isComplete = isComplete
    }
}

/// The relation is on its way.
public struct TransferSent: PersonEvent {
    public static let name = "party-relations.transfer.sent"
    public static let title = "党组织关系转出"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID
    public var validUntil: CalendarDay

    public init(person: PersonID, validUntil: CalendarDay) {
        self.person = person
        self.validUntil = validUntil
    }
}

/// The township's Party organization is responsible now.
public struct TransferAccepted: PersonEvent {
    public static let name = "party-relations.transfer.accepted"
    public static let title = "接收党组织关系"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// The relation came back.
public struct TransferReturned: PersonEvent {
    public static let name = "party-relations.transfer.returned"
    public static let title = "党组织关系退回"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID
    public var cause: TransferRefusalCause

    public init(person: PersonID, cause: TransferRefusalCause) {
        self.person = person
        self.cause = cause
    }
}

extension PartyRelationsRefusal {
    public static let notMember = Refusal(
        "party-relations.person.not-member", .notAllowed, article: Article(number: 10, paragraph: 1),
        "名册未注明此人是党员：不是党员，无须接转组织关系；确为党员的，未核准的由人社局不予核准后重报，已接收的由乡镇核对信息时更正政治面貌。")
    public static let wrongBase = Refusal(
        "party-relations.dues.wrong-base", .invalid, article: Article(number: 10, paragraph: 3),
        "党费交纳基数不能小于零，请核准后填写。")
    public static let alreadySent = Refusal(
        "party-relations.transfer.already-sent", .conflict, article: Article(number: 10, paragraph: 2),
        "组织关系已经转出，不能再更改或重复转出；确需更改的，请接收党组织先退回。")
    /// The details name the conditions that are not met.
    public static let notPrepared = Refusal(
        "party-relations.transfer.not-prepared", .conflict, article: Article(number: 10, paragraph: 3),
        "转接前工作没有做完，不能转出，请先办理：")
    public static let organizationMissing = Refusal(
        "party-relations.transfer.organization-missing", .invalid, article: Article(number: 10, paragraph: 1),
        "请写明接收的乡镇或社区党组织全称。")
    public static let wrongValidity = Refusal(
        "party-relations.transfer.wrong-validity", .invalid, "介绍信有效期超出规定（一般为 10 天），请改正。")
    public static let dateInFuture = Refusal(
        "party-relations.date.in-future", .invalid, "日期不能晚于今天，请改正。")
    public static let dateTooEarly = Refusal(
        "party-relations.date.before-rules", .invalid, article: Article(number: 23),
        "日期早于实施细则施行之日（2020年7月31日），请改正。")
    public static let letterExpired = Refusal(
        "party-relations.transfer.letter-expired", .conflict, article: Article(number: 10, paragraph: 2),
        "接收时介绍信已过有效期，请退回，由企业党组织重新转出；接收前仍由企业党组织负责管理。")
    public static let receivedBeforeLetter = Refusal(
        "party-relations.transfer.received-before-letter", .invalid, "接收日期不能早于介绍信的开具日期，请改正。")
    public static let letterStillValid = Refusal(
        "party-relations.transfer.letter-still-valid", .notAllowed, article: Article(number: 10, paragraph: 5),
        "介绍信仍在有效期内，不能以过期为由退回，请予接收或选择其他事由。")
    public static let notSent = Refusal(
        "party-relations.transfer.not-sent", .conflict, article: Article(number: 10, paragraph: 2),
        "此人没有待接收的组织关系，请企业党组织先转出。")
    public static let personNotAccepted = Refusal(
        "party-relations.transfer.person-not-accepted", .conflict, article: Article(number: 10, paragraph: 2),
        "乡镇尚未接收此人，接收前仍由企业党组织负责管理；请先办理人员接收，再转出组织关系。")
    public static let unfoundedCause = Refusal(
        "party-relations.transfer.unfounded-cause", .notAllowed, article: Article(number: 10, paragraph: 5),
        "不得无故拒收党员组织关系；请从所列事由中选择，没有所列事由的，请予接收。")
    public static let explanationMissing = Refusal(
        "party-relations.transfer.explanation-missing", .invalid, article: Article(number: 10, paragraph: 5),
        "退回组织关系须写明具体情况，以便企业党组织补正。")
}
