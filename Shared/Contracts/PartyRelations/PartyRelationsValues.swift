import Domain

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
