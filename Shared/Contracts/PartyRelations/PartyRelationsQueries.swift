import Domain

/// What the party-relations (党组织关系) service can be asked.
public enum PartyRelationsQuery: MessageSet {
    case getTransfer(GetTransfer)
    case partyWork(PartyWork)

    public static let table: [MessageEntry<PartyRelationsQuery>] = [
        MessageEntry(PartyRelationsQuery.getTransfer),
        MessageEntry(PartyRelationsQuery.partyWork),
    ]
}

/// One member's transfer.
public struct GetTransfer: Query {
    public static let name = "party-relations.transfer.get"
    public static let roles: Set<Role> = [.organization, .township, .enterprise, .workingTeam]
    public typealias Reply = TransferRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Members within the asker's area whose transfer is not finished.
public struct PartyWork: Query {
    public static let name = "party-relations.work.list"
    public static let roles: Set<Role> = [.organization, .township, .enterprise, .workingTeam]
    public typealias Reply = TransferWorkRows

    public var state: TransferState?
    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(state: TransferState? = nil, narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.state = state
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}
