import Domain

/// What the registry (移交台账) service tells the others.
public enum RegistryEvent: EventSet {
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

    public var event: any Event {
        switch self {
        case .enterpriseRecorded(let event): event
        case .rosterClosed(let event): event
        case .rosterUndone(let event): event
        case .personRegistered(let event): event
        case .partyMembershipNoted(let event): event
        case .fileRuleNoted(let event): event
        case .outOfPoolNoted(let event): event
        case .personWithdrawn(let event): event
        case .personVerified(let event): event
        case .applicationSubmitted(let event): event
        case .applicationRefused(let event): event
        case .applicationAccepted(let event): event
        case .personApplied(let event): event
        case .personReturned(let event): event
        case .personAccepted(let event): event
        case .personConfirmed(let event): event
        case .cardIssued(let event): event
        case .personHandedOver(let event): event
        case .personReopened(let event): event
        case .partyMembershipEnded(let event): event
        case .contactRecorded(let event): event
        }
    }
}

/// An enterprise was entered or changed.
public struct EnterpriseRecorded: Event {
    public static let name = "registry.enterprise.recorded"
    public static let title = "登记企业"
    public static let sensitivity = Sensitivity.open

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
    public static let title = "名册导入完毕"
    public static let sensitivity = Sensitivity.open

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
    public static let title = "名册撤销"
    public static let sensitivity = Sensitivity.open

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
public struct PersonRegistered: PersonEvent {
    public static let name = "registry.person.registered"
    public static let title = "列入台账"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var roster: Int64

    public init(person: PersonID, enterprise: String, township: String, roster: Int64) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.roster = roster
    }
}

/// The roster says that the person is a Party member.
public struct PartyMembershipNoted: PersonEvent {
    public static let name = "registry.person.party-membership-noted"
    public static let title = "名册注明为党员"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public var trackChange: TrackChange? { .needed(.party) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The roster says that the county Party committee manages the person's file (第九条（四）).
public struct FileRuleNoted: PersonEvent {
    public static let name = "registry.person.file-rule-noted"
    public static let title = "名册注明档案由县委管理"
    public static let sensitivity = Sensitivity.fileRule

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// The roster names out-of-pool items.
public struct OutOfPoolNoted: PersonEvent {
    public static let name = "registry.person.out-of-pool-noted"
    public static let title = "名册注明有统筹外项目"
    public static let sensitivity = Sensitivity.money

    public var person: PersonID

    public var trackChange: TrackChange? { .needed(.benefits) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The person left the ledger with an undone roster.
public struct PersonWithdrawn: PersonEvent {
    public static let name = "registry.person.withdrawn"
    public static let title = "随名册撤出台账"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// The HR bureau verified the person.
public struct PersonVerified: PersonEvent {
    public static let name = "registry.person.verified"
    public static let title = "人社局核准登记"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var statusChange: PersonStatus? { .verified }

    public init(person: PersonID) {
        self.person = person
    }
}

/// An application went to a township.
public struct ApplicationSubmitted: Event {
    public static let name = "registry.application.submitted"
    public static let title = "企业提出移交申请"
    public static let sensitivity = Sensitivity.open

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
    public static let title = "乡镇退回移交申请"
    public static let sensitivity = Sensitivity.open

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
    public static let title = "乡镇接收移交申请"
    public static let sensitivity = Sensitivity.open

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
public struct PersonApplied: PersonEvent {
    public static let name = "registry.person.applied"
    public static let title = "列入移交申请"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var application: Int64
    public var township: String

    public var statusChange: PersonStatus? { .applied }

    public init(person: PersonID, application: Int64, township: String) {
        self.person = person
        self.application = application
        self.township = township
    }
}

/// The person's application was refused; the enterprise remains responsible.
public struct PersonReturned: PersonEvent {
    public static let name = "registry.person.returned"
    public static let title = "移交申请退回"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var application: Int64

    public var statusChange: PersonStatus? { .verified }

    public init(person: PersonID, application: Int64) {
        self.person = person
        self.application = application
    }
}

/// The township manages the person from that day (第二条).
public struct PersonAccepted: PersonEvent {
    public static let name = "registry.person.accepted"
    public static let title = "乡镇接收，转由属地管理"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var on: CalendarDay

    public var trackChange: TrackChange? { .done(.acceptance) }
    public var statusChange: PersonStatus? { .accepted }

    public init(person: PersonID, enterprise: String, township: String, on: CalendarDay) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.on = on
    }
}

/// The community verified the person's data.
public struct PersonConfirmed: PersonEvent {
    public static let name = "registry.person.confirmed"
    public static let title = "核对本人信息"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// The contact card was issued.
public struct CardIssued: PersonEvent {
    public static let name = "registry.card.issued"
    public static let title = "发放联系卡"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.confirmation) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// Every track that the person needs is done.
public struct PersonHandedOver: PersonEvent {
    public static let name = "registry.person.handed-over"
    public static let title = "各事项全部移交"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var on: CalendarDay

    public var statusChange: PersonStatus? { .handedOver }

    public init(person: PersonID, on: CalendarDay) {
        self.person = person
        self.on = on
    }
}

/// A track of somebody whose hand-over was complete is open again, e.g. because the file was returned.
public struct PersonReopened: PersonEvent {
    public static let name = "registry.person.reopened"
    public static let title = "有事项退回，重新办理"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var statusChange: PersonStatus? { .accepted }

    public init(person: PersonID) {
        self.person = person
    }
}

/// What `PartyMembershipNoted` told holds no longer: the organization department found that the person is no member.
/// Told by the registry as well, because followers see one log in order and two logs in any order.
public struct PartyMembershipEnded: PersonEvent {
    public static let name = "registry.person.party-membership-ended"
    public static let title = "不再按党员办理"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public var trackChange: TrackChange? { .notNeeded(.party) }

    public init(person: PersonID) {
        self.person = person
    }
}
