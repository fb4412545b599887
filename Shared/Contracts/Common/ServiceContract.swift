import FoundationEssentials

/// The messages of one service: the one list of which sets belong to which.
public struct ServiceContract: Sendable {
    public enum Kind: Sendable { case command, query }

    /// One message, without the enum that it becomes a case of.
    public struct Entry: Sendable {
        public let name: String
        public let version: Int
        /// Nil for an event.
        public let kind: Kind?
        public let decode: @Sendable (Data) throws -> Any
        public let roundTrip: @Sendable (Data) throws -> Data
        public let replyRoundTrip: (@Sendable (Data) throws -> Data)?
        public let requestType: any Message.Type
        public let replyType: (any (Codable & Sendable).Type)?

        init<Case>(_ entry: MessageEntry<Case>, _ kind: Kind?) {
            name = entry.name
            version = entry.version
            self.kind = kind
            decode = { try entry.decode($0) }
            roundTrip = entry.roundTrip
            replyRoundTrip = entry.replyRoundTrip
            requestType = entry.requestType
            replyType = entry.replyType
        }
    }

    /// Commands, queries and events.
    public let entries: [Entry]

    private init<C: MessageSet, Q: MessageSet, E: EventSet>(_ commands: C.Type, _ queries: Q.Type, _ events: E.Type) {
        entries =
            C.table.map { Entry($0, .command) }
            + Q.table.map { Entry($0, .query) }
            + E.table.map { Entry($0, nil) }
    }

    public static let all: [ServiceName: ServiceContract] = [
        .registry: ServiceContract(RegistryCommand.self, RegistryQuery.self, RegistryEvent.self),
        .archives: ServiceContract(ArchivesCommand.self, ArchivesQuery.self, ArchivesEvent.self),
        .partyRelations: ServiceContract(
            PartyRelationsCommand.self, PartyRelationsQuery.self, PartyRelationsEvent.self),
        .assets: ServiceContract(AssetsCommand.self, AssetsQuery.self, AssetsEvent.self),
        .benefitsLiaison: ServiceContract(
            BenefitsLiaisonCommand.self, BenefitsLiaisonQuery.self, BenefitsLiaisonEvent.self),
        .healthRecords: ServiceContract(HealthRecordsCommand.self, HealthRecordsQuery.self, HealthRecordsEvent.self),
        .notifications: ServiceContract(NotificationsCommand.self, NotificationsQuery.self, NotificationsEvent.self),
        .accounts: ServiceContract(AccountsCommand.self, AccountsQuery.self, AccountsEvent.self),
        .gateway: ServiceContract(GatewayCommand.self, GatewayQuery.self, GatewayEvent.self),
    ]

    /// What kind of event a name stands for; nil for a name that no service gives.
    public static func event(_ name: String) -> (any Event.Type)? { events[name] }

    private static let events: [String: any Event.Type] = Dictionary(
        all.values.flatMap(\.entries).compactMap { entry in
            (entry.requestType as? any Event.Type).map { (entry.name, $0) }
        }, uniquingKeysWith: { first, _ in first })
}
