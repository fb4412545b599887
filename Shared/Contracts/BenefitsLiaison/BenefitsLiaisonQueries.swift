import Domain

/// What the benefits-liaison (待遇衔接) service can be asked.
public enum BenefitsLiaisonQuery: MessageSet {
    case getBenefits(GetBenefits)
    case benefitsWork(BenefitsWork)
    case listIntakeLists(ListIntakeLists)
    case listSurveys(ListSurveys)

    public static let table: [MessageEntry<BenefitsLiaisonQuery>] = [
        MessageEntry(BenefitsLiaisonQuery.getBenefits),
        MessageEntry(BenefitsLiaisonQuery.benefitsWork),
        MessageEntry(BenefitsLiaisonQuery.listIntakeLists),
        MessageEntry(BenefitsLiaisonQuery.listSurveys),
    ]
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

/// The monthly lists.
public struct ListIntakeLists: Query {
    public static let name = "benefits-liaison.list.list"
    public static let roles: Set<Role> = [.humanResources, .socialInsurance, .township, .workingTeam]
    public typealias Reply = IntakeListRows

    public init() {}
}

/// The surveys within the asker's area.
public struct ListSurveys: Query {
    public static let name = "benefits-liaison.survey.list"
    public static let roles: Set<Role> = [.humanResources, .finance, .enterprise, .workingTeam]
    public typealias Reply = SurveyRecords

    public init() {}
}
