/// What the accounts (账号登录) service can be told to do.
public enum AccountsCommand: MessageSet {
    case recordAccount(RecordAccount)
    case adoptAccount(AdoptAccount)
    case setAccountState(SetAccountState)
    case changePassword(ChangePassword)
    case openSession(OpenSession)
    case renewSession(RenewSession)
    case closeSession(CloseSession)
    case endSessions(EndSessions)
    case beginSecondFactor(BeginSecondFactor)
    case confirmSecondFactor(ConfirmSecondFactor)
    case removeSecondFactor(RemoveSecondFactor)

    public static let table: [MessageEntry<AccountsCommand>] = [
        MessageEntry(AccountsCommand.recordAccount),
        MessageEntry(AccountsCommand.adoptAccount),
        MessageEntry(AccountsCommand.setAccountState),
        MessageEntry(AccountsCommand.changePassword),
        MessageEntry(AccountsCommand.openSession),
        MessageEntry(AccountsCommand.renewSession),
        MessageEntry(AccountsCommand.closeSession),
        MessageEntry(AccountsCommand.endSessions),
        MessageEntry(AccountsCommand.beginSecondFactor),
        MessageEntry(AccountsCommand.confirmSecondFactor),
        MessageEntry(AccountsCommand.removeSecondFactor),
    ]
}

/// What the accounts (账号登录) service can be asked.
public enum AccountsQuery: MessageSet {
    case listAccounts(ListAccounts)
    case listSessions(ListSessions)
    case listAccessRecords(ListAccessRecords)

    public static let table: [MessageEntry<AccountsQuery>] = [
        MessageEntry(AccountsQuery.listAccounts),
        MessageEntry(AccountsQuery.listSessions),
        MessageEntry(AccountsQuery.listAccessRecords),
    ]
}

/// What the accounts (账号登录) service tells the others.
public enum AccountsEvent: EventSet {
    case accountChanged(AccountChanged)
    case sessionOpened(SessionOpened)
    case sessionEnded(SessionEnded)
    case signInFailed(SignInFailed)

    public static let table: [MessageEntry<AccountsEvent>] = [
        MessageEntry(event: AccountsEvent.accountChanged),
        MessageEntry(event: AccountsEvent.sessionOpened),
        MessageEntry(event: AccountsEvent.sessionEnded),
        MessageEntry(event: AccountsEvent.signInFailed),
    ]

    public var event: any Event {
        switch self {
        case .accountChanged(let event): event
        case .sessionOpened(let event): event
        case .sessionEnded(let event): event
        case .signInFailed(let event): event
        }
    }
}

/// The accounts service's refusals.
public enum AccountsRefusal {}
