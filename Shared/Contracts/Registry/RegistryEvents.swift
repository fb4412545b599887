import Domain

/// What the registry (移交台账) service tells the others.
public enum RegistryEvent: MessageSet {
    case enterpriseRecorded(EnterpriseRecorded)
    case rosterClosed(RosterClosed)
    case rosterUndone(RosterUndone)
    case personRegistered(PersonRegistered)
    case partyMembershipNoted(PartyMembershipNoted)
    case fileRuleNoted(FileRuleNoted)
    case outOfPoolNoted(OutOfPoolNoted)
    case personWithdrawn(PersonWithdrawn)
    case personVerified(PersonVerified)
    case applicationSubmitted(ApplicationSubmitted)
    case applicationRefused(ApplicationRefused)
    case applicationAccepted(ApplicationAccepted)
    case personApplied(PersonApplied)
    case personReturned(PersonReturned)
    case personAccepted(PersonAccepted)
    case personConfirmed(PersonConfirmed)
    case cardIssued(CardIssued)
    case personHandedOver(PersonHandedOver)
    case personReopened(PersonReopened)
    case partyMembershipEnded(PartyMembershipEnded)
    case contactRecorded(ContactRecorded)

    public static let table: [MessageEntry<RegistryEvent>] = [
        MessageEntry(event: RegistryEvent.enterpriseRecorded),
        MessageEntry(event: RegistryEvent.rosterClosed),
        MessageEntry(event: RegistryEvent.rosterUndone),
        MessageEntry(event: RegistryEvent.personRegistered),
        MessageEntry(event: RegistryEvent.partyMembershipNoted),
        MessageEntry(event: RegistryEvent.fileRuleNoted),
        MessageEntry(event: RegistryEvent.outOfPoolNoted),
        MessageEntry(event: RegistryEvent.personWithdrawn),
        MessageEntry(event: RegistryEvent.personVerified),
        MessageEntry(event: RegistryEvent.applicationSubmitted),
        MessageEntry(event: RegistryEvent.applicationRefused),
        MessageEntry(event: RegistryEvent.applicationAccepted),
        MessageEntry(event: RegistryEvent.personApplied),
        MessageEntry(event: RegistryEvent.personReturned),
        MessageEntry(event: RegistryEvent.personAccepted),
        MessageEntry(event: RegistryEvent.personConfirmed),
        MessageEntry(event: RegistryEvent.cardIssued),
        MessageEntry(event: RegistryEvent.personHandedOver),
        MessageEntry(event: RegistryEvent.personReopened),
        MessageEntry(event: RegistryEvent.partyMembershipEnded),
        MessageEntry(event: RegistryEvent.contactRecorded),
    ]
}

/// An enterprise was entered or changed.
public struct EnterpriseRecorded: Event {
    public static let name = "registry.enterprise.recorded"

    public var enterprise: String
    public var name: String
    public var ownership: Ownership
    public var isFinancial: Bool
    public var hasVanished: Bool
    public var hasAnnuity: Bool

    public var key: String { "enterprise:\(enterprise)" }

    public init(
        enterprise: String, name: String, ownership: Ownership, isFinancial: Bool, hasVanished: Bool, hasAnnuity: Bool
    ) {
        self.enterprise = enterprise
        self.name = name
        self.ownership = ownership
        self.isFinancial = isFinancial
        self.hasVanished = hasVanished
        self.hasAnnuity = hasAnnuity
    }
}

/// A roster is in.
public struct RosterClosed: Event {
    public static let name = "registry.roster.closed"

    public var roster: Int64
    public var enterprise: String
    public var registered: Int
    public var setAside: Int

    public var key: String { "roster:\(roster)" }

    public init(roster: Int64, enterprise: String, registered: Int, setAside: Int) {
        self.roster = roster
        self.enterprise = enterprise
        self.registered = registered
        self.setAside = setAside
    }
}

/// A roster was taken back.
public struct RosterUndone: Event {
    public static let name = "registry.roster.undone"

    public var roster: Int64
    public var enterprise: String
    public var removed: Int

    public var key: String { "roster:\(roster)" }

    public init(roster: Int64, enterprise: String, removed: Int) {
        self.roster = roster
        self.enterprise = enterprise
        self.removed = removed
    }
}

/// A retiree entered the ledger.
public struct PersonRegistered: Event {
    public static let name = "registry.person.registered"

    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var roster: Int64

    public var key: String { person.key }

    public init(person: PersonID, enterprise: String, township: String, roster: Int64) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.roster = roster
    }
}

/// The roster says that the person is a Party member. Only for the Party's service and the gateway.
public struct PartyMembershipNoted: Event {
    public static let name = "registry.person.party-membership-noted"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The roster says that the county Party committee manages the person's file (第九条（四）). Only for the archives and the
/// gateway.
public struct FileRuleNoted: Event {
    public static let name = "registry.person.file-rule-noted"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The roster names out-of-pool items. Only for benefits and the gateway.
public struct OutOfPoolNoted: Event {
    public static let name = "registry.person.out-of-pool-noted"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The person left the ledger with an undone roster.
public struct PersonWithdrawn: Event {
    public static let name = "registry.person.withdrawn"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The HR bureau verified the person.
public struct PersonVerified: Event {
    public static let name = "registry.person.verified"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// An application went to a township.
public struct ApplicationSubmitted: Event {
    public static let name = "registry.application.submitted"

    public var application: Int64
    public var enterprise: String
    public var township: String
    public var people: Int
    public var on: CalendarDay

    public var key: String { "application:\(application)" }

    public init(application: Int64, enterprise: String, township: String, people: Int, on: CalendarDay) {
        self.application = application
        self.enterprise = enterprise
        self.township = township
        self.people = people
        self.on = on
    }
}

/// A township refused.
public struct ApplicationRefused: Event {
    public static let name = "registry.application.refused"

    public var application: Int64
    public var enterprise: String
    public var township: String
    public var cause: RefusalCause

    public var key: String { "application:\(application)" }

    public init(application: Int64, enterprise: String, township: String, cause: RefusalCause) {
        self.application = application
        self.enterprise = enterprise
        self.township = township
        self.cause = cause
    }
}

/// A township accepted.
public struct ApplicationAccepted: Event {
    public static let name = "registry.application.accepted"

    public var application: Int64
    public var enterprise: String
    public var township: String
    public var people: Int
    public var on: CalendarDay

    public var key: String { "application:\(application)" }

    public init(application: Int64, enterprise: String, township: String, people: Int, on: CalendarDay) {
        self.application = application
        self.enterprise = enterprise
        self.township = township
        self.people = people
        self.on = on
    }
}

/// The person is in an application.
public struct PersonApplied: Event {
    public static let name = "registry.person.applied"

    public var person: PersonID
    public var application: Int64
    public var township: String

    public var key: String { person.key }

    public init(person: PersonID, application: Int64, township: String) {
        self.person = person
        self.application = application
        self.township = township
    }
}

/// The person's application was refused; the enterprise remains responsible.
public struct PersonReturned: Event {
    public static let name = "registry.person.returned"

    public var person: PersonID
    public var application: Int64

    public var key: String { person.key }

    public init(person: PersonID, application: Int64) {
        self.person = person
        self.application = application
    }
}

/// The township manages the person from that day (第二条).
public struct PersonAccepted: Event {
    public static let name = "registry.person.accepted"

    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var on: CalendarDay

    public var key: String { person.key }

    public init(person: PersonID, enterprise: String, township: String, on: CalendarDay) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.on = on
    }
}

/// The community verified the person's data.
public struct PersonConfirmed: Event {
    public static let name = "registry.person.confirmed"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The contact card was issued.
public struct CardIssued: Event {
    public static let name = "registry.card.issued"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// Every track that the person needs is done.
public struct PersonHandedOver: Event {
    public static let name = "registry.person.handed-over"

    public var person: PersonID
    public var on: CalendarDay

    public var key: String { person.key }

    public init(person: PersonID, on: CalendarDay) {
        self.person = person
        self.on = on
    }
}

/// A track of somebody whose hand-over was complete is open again, e.g. because the file was returned.
public struct PersonReopened: Event {
    public static let name = "registry.person.reopened"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// What `PartyMembershipNoted` told holds no longer: the organization department found that the person is no member.
/// Told by the registry as well, because followers see one log in order and two logs in any order.
public struct PartyMembershipEnded: Event {
    public static let name = "registry.person.party-membership-ended"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}
