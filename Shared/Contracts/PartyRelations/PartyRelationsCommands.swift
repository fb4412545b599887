import Domain

/// What the party-relations (党组织关系) service can be told to do.
public enum PartyRelationsCommand: MessageSet {
    case prepareTransfer(PrepareTransfer)
    case sendTransfer(SendTransfer)
    case acceptTransfer(AcceptTransfer)
    case refuseTransfer(RefuseTransfer)
    case placeMember(PlaceMember)
    case denyMembership(DenyMembership)

    public static let table: [MessageEntry<PartyRelationsCommand>] = [
        MessageEntry(PartyRelationsCommand.prepareTransfer),
        MessageEntry(PartyRelationsCommand.sendTransfer),
        MessageEntry(PartyRelationsCommand.acceptTransfer),
        MessageEntry(PartyRelationsCommand.refuseTransfer),
        MessageEntry(PartyRelationsCommand.placeMember),
        MessageEntry(PartyRelationsCommand.denyMembership),
    ]
}

/// Records what is done before the transfer (第十条（三）).
public struct PrepareTransfer: Command {
    public static let name = "party-relations.transfer.prepare"
    public static let roles: Set<Role> = [.enterprise, .organization]
    public typealias Reply = MonthlyDues

    public var person: PersonID
    public var kind: MemberKind
    public var preparation: TransferPreparation
    public var duesBaseInFen: Int64

    public init(person: PersonID, kind: MemberKind, preparation: TransferPreparation, duesBaseInFen: Int64) {
        self.person = person
        self.kind = kind
        self.preparation = preparation
        self.duesBaseInFen = duesBaseInFen
    }
}

/// Sends the relation to the township's Party organization (第十条（一）).
public struct SendTransfer: Command {
    public static let name = "party-relations.transfer.send"
    public static let roles: Set<Role> = [.enterprise, .organization]
    public typealias Reply = TransferLetter

    public var person: PersonID
    public var organization: String
    public var dated: CalendarDay
    public var validDays: Int

    public init(person: PersonID, organization: String, dated: CalendarDay, validDays: Int) {
        self.person = person
        self.organization = organization
        self.dated = dated
        self.validDays = validDays
    }
}

/// The township's Party organization accepts (第十六条（二）).
public struct AcceptTransfer: Command {
    public static let name = "party-relations.transfer.accept"
    public static let roles: Set<Role> = [.township, .organization]
    public typealias Reply = Done

    public var person: PersonID
    /// The day on which the letter was received; today when absent. Earlier ones are entered afterwards.
    public var dated: CalendarDay?

    public init(person: PersonID, dated: CalendarDay? = nil) {
        self.person = person
        self.dated = dated
    }
}

/// The township's Party organization sends back, with a founded cause (第十条（五）).
public struct RefuseTransfer: Command {
    public static let name = "party-relations.transfer.refuse"
    public static let roles: Set<Role> = [.township, .organization]
    public typealias Reply = Done

    public var person: PersonID
    public var cause: TransferRefusalCause
    public var explanation: String

    public init(person: PersonID, cause: TransferRefusalCause, explanation: String) {
        self.person = person
        self.cause = cause
        self.explanation = explanation
    }
}

/// Places a member in a branch (第十条（四）).
public struct PlaceMember: Command {
    public static let name = "party-relations.member.place"
    public static let roles: Set<Role> = [.township, .organization]
    public typealias Reply = Done

    public var person: PersonID
    public var branch: String

    public init(person: PersonID, branch: String) {
        self.person = person
        self.branch = branch
    }
}

/// The organization department has found that somebody whom the roster calls a member is none (第十条（一）、第十六条（二）).
public struct DenyMembership: Command {
    public static let name = "party-relations.membership.deny"
    public static let roles: Set<Role> = [.organization]
    public typealias Reply = Done

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}
