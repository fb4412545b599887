/// The one table of who may ask what of whom, and who may read which service's log. The broker checks every frame
/// against it; the service that produces a log withholds what a reader may not see.
public enum AccessTable {
    /// The services whose logs a service may follow.
    private static func readable(by reader: ServiceName) -> [ServiceName] {
        switch reader {
        case .registry: [.archives, .partyRelations, .benefitsLiaison, .healthRecords]
        case .archives, .partyRelations, .assets, .benefitsLiaison, .healthRecords: [.registry]
        case .notifications: [.registry, .archives, .partyRelations, .assets, .benefitsLiaison, .healthRecords]
        case .gateway: ServiceName.departments + [.accounts]
        case .bus, .accounts, .jieli: []
        }
    }

    public static func mayRead(_ reader: ServiceName, log: ServiceName) -> Bool {
        reader == log || readable(by: reader).contains(log)
    }

    /// Whether a reader of a log gets the body of such an event. One that the contracts do not know is not told.
    public static func maySee(_ reader: ServiceName, event: String) -> Bool {
        ServiceContract.event(event)?.sensitivity.circle.programs.contains(reader) ?? false
    }

    /// Whether a program may send a message at all. The roles of the person behind it are checked by the service.
    public static func mayAsk(_ caller: ServiceName, _ service: ServiceName, _ message: String) -> Bool {
        switch message {
        case FetchLog.name: return mayRead(caller, log: service)
        case ServiceStatusQuery.name: return caller == .jieli || caller == .gateway
        case NoteLooked.name: return caller == service
        default: break
        }
        switch caller {
        // Of itself the gateway asks only what its pages keep in its own store: what is done for many.
        case .gateway where service == .gateway: return message.hasPrefix("gateway.run.")
        case .gateway: return !operating.contains(message) && !adopting.contains(message)
        case .jieli: return true
        default: return false
        }
    }

    /// Whether a program may ask this on its own account, by its key alone, with nobody signed in behind it. What is
    /// not here needs an `OfficerAssertion`. None of it answers with what is known of a person.
    public static func mayAct(_ caller: ServiceName, byItself message: String) -> Bool {
        switch caller {
        case .gateway: signingIn.contains(message) || keeping.contains(message)
        case .jieli:
            signingIn.contains(message) || operating.contains(message) || adopting.contains(message)
                || entering.contains(message)
        default: false
        }
    }

    /// At which people sign in and out. What they know proves them.
    private static let signingIn: Set<String> = [
        OpenSession.name, RenewSession.name, CloseSession.name, ChangePassword.name, BeginSecondFactor.name,
        ConfirmSecondFactor.name,
    ]

    /// What becomes of runs that the gateway carries on; in its own store.
    private static let keeping: Set<String> = [NoteRun.name, StopRun.name]

    /// Of the operators' command line alone: the state of programs, logs and rules.
    private static let operating: Set<String> = [
        ListParked.name, SettleParked.name, KnownLog.name, ReconcileLog.name,
    ]

    /// Once, when accounts of an earlier release are taken over from the gateway.
    private static let adopting: Set<String> = [AdoptAccount.name, ListFormerAccounts.name, ForgetAccounts.name]

    /// What operators do at their own machine: accounts, rules, and the rosters that enterprises bring.
    private static let entering: Set<String> = [
        ListParameters.name, SetParameter.name, RecordAccount.name, SetAccountState.name, ListAccounts.name,
        RemoveSecondFactor.name, EndSessions.name, GetPositions.name, ListEnterprises.name, OpenRoster.name,
        AddRosterRows.name, CloseRoster.name, UndoRoster.name, ListRosters.name, GetRoster.name, CheckRosterRows.name,
        GetHeadings.name, RememberHeadings.name,
    ]
}
