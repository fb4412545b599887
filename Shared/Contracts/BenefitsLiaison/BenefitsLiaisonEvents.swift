import Domain

/// What the benefits-liaison (待遇衔接) service tells the others.
public enum BenefitsLiaisonEvent: EventSet {
    case surveyFrozen(SurveyFrozen)
    case benefitsRegistered(BenefitsRegistered)
    case intakeListBuilt(IntakeListBuilt)
    case personListed(PersonListed)
    case personChecked(PersonChecked)

    public static let table: [MessageEntry<BenefitsLiaisonEvent>] = [
        MessageEntry(event: BenefitsLiaisonEvent.surveyFrozen),
        MessageEntry(event: BenefitsLiaisonEvent.benefitsRegistered),
        MessageEntry(event: BenefitsLiaisonEvent.intakeListBuilt),
        MessageEntry(event: BenefitsLiaisonEvent.personListed),
        MessageEntry(event: BenefitsLiaisonEvent.personChecked),
    ]

    public var event: any Event {
        switch self {
        case .surveyFrozen(let event): event
        case .benefitsRegistered(let event): event
        case .intakeListBuilt(let event): event
        case .personListed(let event): event
        case .personChecked(let event): event
        }
    }
}

/// An enterprise's items are fixed.
public struct SurveyFrozen: Event {
    public static let name = "benefits-liaison.survey.frozen"
    public static let title = "统筹外项目清理完毕"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var items: Int

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, items: Int) {
        self.enterprise = enterprise
        self.items = items
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
