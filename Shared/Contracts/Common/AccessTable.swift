/// The one table of who may ask what of whom, and who may read which service's log. The broker checks every frame
/// against it; the service that produces a log withholds what a reader may not see.
public enum AccessTable {
    /// The services whose logs each service follows.
    public static func follows(_ reader: ServiceName) -> [ServiceName] {
        switch reader {
        case .registry: [.archives, .partyRelations, .benefitsLiaison, .healthRecords]
        case .archives, .partyRelations, .assets, .benefitsLiaison, .healthRecords: [.registry]
        case .notifications: [.registry, .archives, .partyRelations, .assets, .benefitsLiaison, .healthRecords]
        case .gateway: ServiceName.departments
        case .bus, .jieli: []
        }
    }

    public static func mayRead(_ reader: ServiceName, log: ServiceName) -> Bool {
        reader == log || follows(reader).contains(log)
    }

    /// Events that only some of a log's readers see. The others receive them without their body: the chain of hashes
    /// still checks, and nothing is acted upon. The name and the key do travel; see docs/decisions/0005. What is not
    /// listed is seen by every reader of the log.
    static let restricted: [String: Set<ServiceName>] = [
        PartyMembershipNoted.name: [.partyRelations, .gateway, .notifications],
        PartyMembershipEnded.name: [.gateway, .notifications],
        FileRuleNoted.name: [.archives, .gateway],
        OutOfPoolNoted.name: [.benefitsLiaison, .gateway, .notifications],
        UserRecorded.name: [],
    ]

    public static func maySee(_ reader: ServiceName, event: String) -> Bool {
        restricted[event]?.contains(reader) ?? true
    }

    /// How a message is to be routed; nil when the service does not know it.
    public enum Kind: Sendable {
        /// Changes state: the writer only.
        case command
        /// Reads: any instance.
        case query
    }

    public static func kind(of message: String, at service: ServiceName) -> Kind? { kinds[service]?[message] }

    /// Whether a program may send a message at all. The roles of the person behind it are checked by the service.
    public static func mayAsk(_ caller: ServiceName, _ service: ServiceName, _ message: String) -> Bool {
        guard kind(of: message, at: service) != nil else { return false }
        switch message {
        case FetchLog.name: return mayRead(caller, log: service)
        case ServiceStatusQuery.name: return caller == .jieli || caller == .gateway
        case ListParked.name, SettleParked.name: return caller == .jieli
        case NoteLooked.name: return caller == service
        case RecordUser.name: return caller == .jieli
        default: break
        }
        switch caller {
        case .gateway: return service != .gateway
        // The operators' key acts for people only to load rosters, accounts and the sample county.
        case .jieli: return true
        default: return false
        }
    }

    private static let kinds: [ServiceName: [String: Kind]] = {
        var all: [ServiceName: [String: Kind]] = [.bus: ["bus.status": .query]]
        add(.registry, RegistryCommand.self, RegistryQuery.self)
        add(.archives, ArchivesCommand.self, ArchivesQuery.self)
        add(.partyRelations, PartyRelationsCommand.self, PartyRelationsQuery.self)
        add(.assets, AssetsCommand.self, AssetsQuery.self)
        add(.benefitsLiaison, BenefitsLiaisonCommand.self, BenefitsLiaisonQuery.self)
        add(.healthRecords, HealthRecordsCommand.self, HealthRecordsQuery.self)
        add(.notifications, NotificationsCommand.self, NotificationsQuery.self)
        add(.gateway, GatewayCommand.self, GatewayQuery.self)
        return all

        func add<C: MessageSet, Q: MessageSet>(_ service: ServiceName, _ commands: C.Type, _ queries: Q.Type) {
            var kinds: [String: Kind] = [
                FetchLog.name: .query, ServiceStatusQuery.name: .query, ListParked.name: .query,
                SettleParked.name: .command, NoteLooked.name: .command,
            ]
            for entry in C.table { kinds[entry.name] = .command }
            for entry in Q.table { kinds[entry.name] = .query }
            all[service] = kinds
        }
    }()
}
