/// The one table of who may ask what of whom, and who may read which service's log. The broker checks every frame
/// against it; the service that produces a log withholds what a reader may not see.
public enum AccessTable {
    /// The services whose logs a service may follow.
    private static func readable(by reader: ServiceName) -> [ServiceName] {
        switch reader {
        case .registry: [.archives, .partyRelations, .benefitsLiaison, .healthRecords]
        case .archives, .partyRelations, .assets, .benefitsLiaison, .healthRecords: [.registry]
        case .notifications: [.registry, .archives, .partyRelations, .assets, .benefitsLiaison, .healthRecords]
        case .gateway: ServiceName.departments
        case .bus, .jieli: []
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
        case ListParked.name, SettleParked.name, KnownLog.name, ReconcileLog.name: return caller == .jieli
        case NoteLooked.name: return caller == service
        case RecordUser.name: return caller == .jieli
        default: break
        }
        switch caller {
        // Of itself the gateway asks only what its pages keep in its own store: what is done for many.
        case .gateway: return service != .gateway || message.hasPrefix("gateway.run.")
        // The operators' key acts for people only to load rosters, accounts and the sample county.
        case .jieli: return true
        default: return false
        }
    }
}
