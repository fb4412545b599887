import Domain

/// What the benefits-liaison (待遇衔接) service tells the others.
public enum BenefitsLiaisonEvent: MessageSet {
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
}

/// An enterprise's items are fixed.
public struct SurveyFrozen: Event {
    public static let name = "benefits-liaison.survey.frozen"

    public var enterprise: String
    public var items: Int

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, items: Int) {
        self.enterprise = enterprise
        self.items = items
    }
}

/// The person's out-of-pool items are entered.
public struct BenefitsRegistered: Event {
    public static let name = "benefits-liaison.items.registered"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// A monthly list went to the agency.
public struct IntakeListBuilt: Event {
    public static let name = "benefits-liaison.list.built"

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
public struct PersonListed: Event {
    public static let name = "benefits-liaison.person.listed"

    public var person: PersonID
    public var list: Int64

    public var key: String { person.key }

    public init(person: PersonID, list: Int64) {
        self.person = person
        self.list = list
    }
}

/// The agency checked the person.
public struct PersonChecked: Event {
    public static let name = "benefits-liaison.person.checked"

    public var person: PersonID
    public var result: ListCheck

    public var key: String { person.key }

    public init(person: PersonID, result: ListCheck) {
        self.person = person
        self.result = result
    }
}
