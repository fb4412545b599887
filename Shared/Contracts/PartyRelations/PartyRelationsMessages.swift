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

/// What the party-relations (党组织关系) service can be asked.
public enum PartyRelationsQuery: MessageSet {
    case getTransfer(GetTransfer)
    case partyWork(PartyWork)

    public static let table: [MessageEntry<PartyRelationsQuery>] = [
        MessageEntry(PartyRelationsQuery.getTransfer),
        MessageEntry(PartyRelationsQuery.partyWork),
    ]
}

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

/// The refusals of the service for Party relations.
public enum PartyRelationsRefusal {}
