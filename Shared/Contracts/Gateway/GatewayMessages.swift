/// What the gateway (工作专班网关) service can be told to do.
public enum GatewayCommand: MessageSet {
    case forgetAccounts(ForgetAccounts)
    case openRun(OpenRun)
    case proveRun(ProveRun)
    case addRunItems(AddRunItems)
    case startRun(StartRun)
    case stopRun(StopRun)
    case noteRun(NoteRun)

    public static let table: [MessageEntry<GatewayCommand>] = [
        MessageEntry(GatewayCommand.forgetAccounts),
        MessageEntry(GatewayCommand.openRun),
        MessageEntry(GatewayCommand.proveRun),
        MessageEntry(GatewayCommand.addRunItems),
        MessageEntry(GatewayCommand.startRun),
        MessageEntry(GatewayCommand.stopRun),
        MessageEntry(GatewayCommand.noteRun),
    ]
}

/// What the gateway (工作专班网关) service can be asked.
public enum GatewayQuery: MessageSet {
    case getOverview(GetOverview)
    case getPositions(GetPositions)
    case listFormerAccounts(ListFormerAccounts)

    public static let table: [MessageEntry<GatewayQuery>] = [
        MessageEntry(GatewayQuery.getOverview),
        MessageEntry(GatewayQuery.getPositions),
        MessageEntry(GatewayQuery.listFormerAccounts),
    ]
}

/// What the gateway (工作专班网关) service tells the others.
public enum GatewayEvent: EventSet {
    case userRecorded(UserRecorded)

    public static let table: [MessageEntry<GatewayEvent>] = [
        MessageEntry(event: GatewayEvent.userRecorded)
    ]

    public var event: any Event {
        switch self {
        case .userRecorded(let event): event
        }
    }
}

/// The gateway's refusals.
public enum GatewayRefusal {}
