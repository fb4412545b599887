import Domain

/// What the benefits-liaison (待遇衔接) service can be told to do.
public enum BenefitsLiaisonCommand: MessageSet {
    case freezeSurvey(FreezeSurvey)
    case registerBenefits(RegisterBenefits)
    case buildIntakeList(BuildIntakeList)
    case checkListed(CheckListed)

    public static let table: [MessageEntry<BenefitsLiaisonCommand>] = [
        MessageEntry(BenefitsLiaisonCommand.freezeSurvey),
        MessageEntry(BenefitsLiaisonCommand.registerBenefits),
        MessageEntry(BenefitsLiaisonCommand.buildIntakeList),
        MessageEntry(BenefitsLiaisonCommand.checkListed),
    ]
}

/// Fixes an enterprise's out-of-pool items as they are (第十二条（三）、第十五条（二）).
public struct FreezeSurvey: Command {
    public static let name = "benefits-liaison.survey.freeze"
    public static let roles: Set<Role> = [.enterprise, .finance, .humanResources]
    public typealias Reply = Done

    public var enterprise: String
    public var items: [SurveyItem]

    public init(enterprise: String, items: [SurveyItem]) {
        self.enterprise = enterprise
        self.items = items
    }
}

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
