import Domain

/// An item as the survey found it; no new ones after it (第十二条（三）).
public struct SurveyItem: Codable, Equatable, Sendable {
    public var kind: BenefitKind
    public var monthlyCapInFen: Int64

    public init(kind: BenefitKind, monthlyCapInFen: Int64) {
        self.kind = kind
        self.monthlyCapInFen = monthlyCapInFen
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

/// An enterprise's survey of out-of-pool items.
public struct SurveyRecord: Codable, Equatable, Sendable {
    public var enterprise: String
    public var isFrozen: Bool
    public var hasAnnuity: Bool
    public var items: [SurveyItem]

    public init(enterprise: String, isFrozen: Bool, hasAnnuity: Bool, items: [SurveyItem]) {
        self.enterprise = enterprise
        self.isFrozen = isFrozen
        self.hasAnnuity = hasAnnuity
        self.items = items
    }
}

/// Surveys.
public struct SurveyRecords: Codable, Equatable, Sendable {
    public var rows: [SurveyRecord]

    public init(rows: [SurveyRecord]) {
        self.rows = rows
    }
}
