import Domain

/// What the party-relations (党组织关系) service tells the others.
public enum PartyRelationsEvent: EventSet {
    case transferPrepared(TransferPrepared)
    case transferSent(TransferSent)
    case transferAccepted(TransferAccepted)
    case transferReturned(TransferReturned)
    case memberPlaced(MemberPlaced)
    case membershipDenied(MembershipDenied)

    public static let table: [MessageEntry<PartyRelationsEvent>] = [
        MessageEntry(event: PartyRelationsEvent.transferPrepared),
        MessageEntry(event: PartyRelationsEvent.transferSent),
        MessageEntry(event: PartyRelationsEvent.transferAccepted),
        MessageEntry(event: PartyRelationsEvent.transferReturned),
        MessageEntry(event: PartyRelationsEvent.memberPlaced),
        MessageEntry(event: PartyRelationsEvent.membershipDenied),
    ]

    public var event: any Event {
        switch self {
        case .transferPrepared(let event): event
        case .transferSent(let event): event
        case .transferAccepted(let event): event
        case .transferReturned(let event): event
        case .memberPlaced(let event): event
        case .membershipDenied(let event): event
        }
    }
}

/// Work before a transfer was recorded.
public struct TransferPrepared: PersonEvent {
    public static let name = "party-relations.transfer.prepared"
    public static let title = "党组织关系转接前工作"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID
    public var isComplete: Bool

    public init(person: PersonID, isComplete: Bool) {
        self.person = person
        self.isComplete = isComplete
    }
}

/// The relation is on its way.
public struct TransferSent: PersonEvent {
    public static let name = "party-relations.transfer.sent"
    public static let title = "党组织关系转出"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID
    public var validUntil: CalendarDay

    public init(person: PersonID, validUntil: CalendarDay) {
        self.person = person
        self.validUntil = validUntil
    }
}

/// The township's Party organization is responsible now.
public struct TransferAccepted: PersonEvent {
    public static let name = "party-relations.transfer.accepted"
    public static let title = "接收党组织关系"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// The relation came back.
public struct TransferReturned: PersonEvent {
    public static let name = "party-relations.transfer.returned"
    public static let title = "党组织关系退回"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID
    public var cause: TransferRefusalCause

    public init(person: PersonID, cause: TransferRefusalCause) {
        self.person = person
        self.cause = cause
    }
}

/// The member is in a branch.
public struct MemberPlaced: PersonEvent {
    public static let name = "party-relations.member.placed"
    public static let title = "编入党支部"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.party) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The person is no member; no relation is transferred.
public struct MembershipDenied: PersonEvent {
    public static let name = "party-relations.membership.denied"
    public static let title = "组织部核实不是党员"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}
