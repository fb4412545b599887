import Domain

/// What the party-relations (党组织关系) service tells the others.
public enum PartyRelationsEvent: MessageSet {
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
}

/// Work before a transfer was recorded.
public struct TransferPrepared: Event {
    public static let name = "party-relations.transfer.prepared"

    public var person: PersonID
    public var isComplete: Bool

    public var key: String { person.key }

    public init(person: PersonID, isComplete: Bool) {
        self.person = person
        self.isComplete = isComplete
    }
}

/// The relation is on its way.
public struct TransferSent: Event {
    public static let name = "party-relations.transfer.sent"

    public var person: PersonID
    public var validUntil: CalendarDay

    public var key: String { person.key }

    public init(person: PersonID, validUntil: CalendarDay) {
        self.person = person
        self.validUntil = validUntil
    }
}

/// The township's Party organization is responsible now.
public struct TransferAccepted: Event {
    public static let name = "party-relations.transfer.accepted"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The relation came back.
public struct TransferReturned: Event {
    public static let name = "party-relations.transfer.returned"

    public var person: PersonID
    public var cause: TransferRefusalCause

    public var key: String { person.key }

    public init(person: PersonID, cause: TransferRefusalCause) {
        self.person = person
        self.cause = cause
    }
}

/// The member is in a branch.
public struct MemberPlaced: Event {
    public static let name = "party-relations.member.placed"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The person is no member; no relation is transferred.
public struct MembershipDenied: Event {
    public static let name = "party-relations.membership.denied"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}
