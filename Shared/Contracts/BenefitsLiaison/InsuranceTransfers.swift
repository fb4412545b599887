import Domain

/// Records how far the transfer of somebody's insurance relation into the county is (第十三条（二）).
public struct RecordInsuranceTransfer: Command {
    public static let name = "benefits-liaison.transfer.record"
    public static let roles: Set<Role> = [.socialInsurance, .medicalInsurance]
    public typealias Reply = Done

    public var person: PersonID
    public var insurance: Insurance
    public var state: InsuranceTransferState
    /// The day on which it was so.
    public var dated: CalendarDay

    public init(person: PersonID, insurance: Insurance, state: InsuranceTransferState, dated: CalendarDay) {
        self.person = person
        self.insurance = insurance
        self.state = state
        self.dated = dated
    }
}

extension RecordInsuranceTransfer: Step {
    public static let title = "登记参保关系转移"
    public static let article = Article(number: 13, paragraph: 2)

    public static let insuranceField = Field<Insurance>.choice("insurance", "险种", \.chinese)
        .concerning(BenefitsLiaisonRefusal.noTransfer, BenefitsLiaisonRefusal.otherInsurance)
    public static let stateField = Field<InsuranceTransferState>.choice("state", "办理情况", \.chinese)
    public static let datedField = Field.day("dated", "办理日期").initially(FieldDescription.today)
        .concerning(BenefitsLiaisonRefusal.transferInFuture)

    public static let fields = [insuranceField.description, stateField.description, datedField.description]

    public init(of person: PersonID, _ filling: Filling) {
        self.init(
            person: person, insurance: filling(Self.insuranceField), state: filling(Self.stateField),
            dated: filling(Self.datedField))
    }
}

/// Whose insurance relation is not in the county's own management, until it is (第十三条（二）).
public struct ListInsuranceTransfers: Query {
    public static let name = "benefits-liaison.transfer.list"
    public static let roles: Set<Role> = [
        .socialInsurance, .medicalInsurance, .humanResources, .township, .enterprise, .workingTeam,
    ]
    public typealias Reply = InsuranceTransferRows

    /// One of the two insurances; nil for both.
    public var insurance: Insurance?
    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(insurance: Insurance? = nil, narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.insurance = insurance
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}

/// The insurances whose relation can lie elsewhere.
public enum Insurance: String, CaseIterable, Codable, Sendable {
    case medical
    case pension

    public var chinese: String {
        switch self {
        case .medical: "医疗保险"
        case .pension: "养老保险"
        }
    }

    /// The agency that records it.
    public var office: Role {
        switch self {
        case .medical: .medicalInsurance
        case .pension: .socialInsurance
        }
    }
}

/// How far a transfer is. Any state may follow any other: what was recorded in error is recorded anew.
public enum InsuranceTransferState: String, CaseIterable, Codable, Sendable {
    case transferred
    /// The roster was wrong or silent.
    case insuredHere = "insured-here"
    case requested
    case open

    public var chinese: String {
        switch self {
        case .transferred: "已转入本县"
        case .insuredHere: "核实已在本县参保"
        case .requested: "已发函，等待转出地办理"
        case .open: "待办理"
        }
    }

    public var isSettled: Bool { self == .transferred || self == .insuredHere }
}

/// One insurance of one person.
public struct InsuranceTransferRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var insurance: Insurance
    public var state: InsuranceTransferState
    public var since: CalendarDay

    public init(person: PersonID, insurance: Insurance, state: InsuranceTransferState, since: CalendarDay) {
        self.person = person
        self.insurance = insurance
        self.state = state
        self.since = since
    }
}

/// Transfers that are not settled, by people's numbers; those of one person stand together.
public struct InsuranceTransferRows: Codable, Equatable, Sendable {
    public var rows: [InsuranceTransferRow]
    /// Ask again with this as `after`; nil at the end.
    public var next: Int64?

    public init(rows: [InsuranceTransferRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// The transfer of an insurance relation got on.
public struct InsuranceTransferRecorded: PersonEvent {
    public static let name = "benefits-liaison.transfer.recorded"
    public static let title = "登记参保关系转移"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var insurance: Insurance
    public var state: InsuranceTransferState
    public var on: CalendarDay

    public init(person: PersonID, insurance: Insurance, state: InsuranceTransferState, on: CalendarDay) {
        self.person = person
        self.insurance = insurance
        self.state = state
        self.on = on
    }
}

extension BenefitsLiaisonRefusal {
    public static let noTransfer = Refusal(
        "benefits-liaison.transfer.none", .notFound, article: Article(number: 13, paragraph: 2),
        "此人的这项保险没有待转移的参保关系，请核对险种。")
    public static let otherInsurance = Refusal(
        "benefits-liaison.transfer.other-office", .notAllowed, article: Article(number: 13, paragraph: 2),
        "医疗保险关系请由医保部门登记，养老保险关系请由社保经办机构登记。")
    public static let transferInFuture = Refusal(
        "benefits-liaison.transfer.in-future", .invalid, "办理日期晚于今天，请填写实际日期。")
}
