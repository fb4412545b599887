import Domain

/// What the registry (移交台账) service can be asked.
public enum RegistryQuery: MessageSet {
    case getPerson(GetPerson)
    case searchPersons(SearchPersons)
    case namePersons(NamePersons)
    case registryWork(RegistryWork)
    case listApplications(ListApplications)
    case getApplication(GetApplication)
    case listCards(ListCards)
    case listEnterprises(ListEnterprises)
    case listRosters(ListRosters)
    case getRoster(GetRoster)
    case getSetAside(GetSetAside)

    public static let table: [MessageEntry<RegistryQuery>] = [
        MessageEntry(RegistryQuery.getPerson),
        MessageEntry(RegistryQuery.searchPersons),
        MessageEntry(RegistryQuery.namePersons),
        MessageEntry(RegistryQuery.registryWork),
        MessageEntry(RegistryQuery.listApplications),
        MessageEntry(RegistryQuery.getApplication),
        MessageEntry(RegistryQuery.listCards),
        MessageEntry(RegistryQuery.listEnterprises),
        MessageEntry(RegistryQuery.listRosters),
        MessageEntry(RegistryQuery.getRoster),
        MessageEntry(RegistryQuery.getSetAside),
    ]
}

/// Everything of one person.
public struct GetPerson: Query {
    public static let name = "registry.person.get"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
    ]
    public typealias Reply = PersonRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// The ledger, searched.
public struct SearchPersons: Query {
    public static let name = "registry.person.search"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
    ]
    public typealias Reply = PersonRows

    /// A name, a part of one, or a whole ID number.
    public var text: String?
    public var enterprise: String?
    public var township: String?
    public var status: PersonStatus?
    public var after: Int64?
    public var limit: Int

    public init(
        text: String? = nil, enterprise: String? = nil, township: String? = nil, status: PersonStatus? = nil,
        after: Int64? = nil, limit: Int
    ) {
        self.text = text
        self.enterprise = enterprise
        self.township = township
        self.status = status
        self.after = after
        self.limit = limit
    }
}

/// The lines of given people, for another department's work list. People outside the asker's area are left out.
public struct NamePersons: Query {
    public static let name = "registry.person.name"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
    ]
    public typealias Reply = PersonRows

    public var persons: [PersonID]

    public init(persons: [PersonID]) {
        self.persons = persons
    }
}

/// Who waits for a step.
public struct RegistryWork: Query {
    public static let name = "registry.work.list"
    public static let roles: Set<Role> = [.humanResources, .township, .enterprise, .workingTeam]
    public typealias Reply = PersonRows

    public var step: RegistryStep
    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(step: RegistryStep, narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.step = step
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}

/// Applications within the asker's area. Recorded, since the reason of a refusal may tell of the people concerned.
public struct ListApplications: Query {
    public static let name = "registry.application.list"
    public static let roles: Set<Role> = [.humanResources, .township, .enterprise, .workingTeam]
    public typealias Reply = ApplicationRows

    public var state: String?

    public init(state: String? = nil) {
        self.state = state
    }
}

/// One application with its people and materials.
public struct GetApplication: Query {
    public static let name = "registry.application.get"
    public static let roles = ListApplications.roles
    public typealias Reply = ApplicationRecord

    public var application: Int64
    /// People after this one, at most so many: an application may be about thousands.
    public var after: Int64?
    public var limit: Int?

    public init(application: Int64, after: Int64? = nil, limit: Int? = nil) {
        self.application = application
        self.after = after
        self.limit = limit
    }
}

/// The contact cards that were issued within the asker's area, in the order of their people.
public struct ListCards: Query {
    public static let name = "registry.card.list"
    public static let roles: Set<Role> = [.township]
    public typealias Reply = CardRows

    public var after: Int64?
    public var limit: Int

    public init(after: Int64? = nil, limit: Int) {
        self.after = after
        self.limit = limit
    }
}

/// All enterprises.
public struct ListEnterprises: Query {
    public static let name = "registry.enterprise.list"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = EnterpriseRows

    public init() {}
}

/// Rosters within the asker's area.
public struct ListRosters: Query {
    public static let name = "registry.roster.list"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator, .workingTeam]
    public typealias Reply = RosterRows

    public var enterprise: String?

    public init(enterprise: String? = nil) {
        self.enterprise = enterprise
    }
}

/// One roster.
public struct GetRoster: Query {
    public static let name = "registry.roster.get"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator, .workingTeam]
    public typealias Reply = RosterSummary

    public var roster: Int64

    public init(roster: Int64) {
        self.roster = roster
    }
}

/// The set-aside rows with their cells.
public struct GetSetAside: Query {
    public static let name = "registry.roster.set-aside"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = SetAsideRows

    public var roster: Int64
    public var after: Int?
    public var limit: Int

    public init(roster: Int64, after: Int? = nil, limit: Int) {
        self.roster = roster
        self.after = after
        self.limit = limit
    }
}
