import Contracts
import Domain
import Host
import Store

/// Follows every department's log in the gateway's place and writes down each event it is given, so that a test can
/// hold what arrived against what was sent. It cannot apply some people's events until it is repaired.
struct Witness: ServiceLogic {
    static let name = ServiceName.gateway
    static let migrations = [
        Migration(
            "witness-1",
            """
            CREATE TABLE witnessed(
                id INTEGER PRIMARY KEY, stream TEXT NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL,
                name TEXT NOT NULL) STRICT;
            CREATE TABLE repaired(yes INTEGER NOT NULL) STRICT;
            """)
    ]
    static let unlucky: Set<String> = [PersonID(3).key, PersonID(8).key]

    struct CannotApply: Error {}

    struct Seen: Equatable {
        var seq: Int64
        var key: String
        var name: String

        init(seq: Int64, key: String, name: String) {
            self.seq = seq
            self.key = key
            self.name = name
        }

        init(_ record: LogRecord) { self.init(seq: record.seq, key: record.key, name: record.name) }
    }

    static let follows = [
        witness(.registry, RegistryEvent.self), witness(.archives, ArchivesEvent.self),
        witness(.partyRelations, PartyRelationsEvent.self), witness(.assets, AssetsEvent.self),
        witness(.benefitsLiaison, BenefitsLiaisonEvent.self), witness(.healthRecords, HealthRecordsEvent.self),
        witness(.notifications, NotificationsEvent.self),
    ]

    private static func witness(_ stream: ServiceName, _ events: (some MessageSet).Type) -> Following<Self> {
        Following(stream, events) { _, _, event, context in try note(event, context) }
    }

    static func note(_ event: ReceivedEvent, _ context: WriteContext) throws {
        try context.transaction.execute(
            "INSERT INTO witnessed(stream, seq, key, name) VALUES(?, ?, ?, ?)", event.stream.rawValue, event.seq,
            event.key, event.kind.name)
        let isRepaired = try context.transaction.scalar("SELECT count(*) FROM repaired") ?? 0 > 0
        // After its write, so that what is parked has left nothing behind.
        if unlucky.contains(event.key), !isRepaired { throw CannotApply() }
    }

    init(tools: ServiceTools) {}

    func execute(_ command: GatewayCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: GatewayQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }

    /// The events taken in from one log, in the order in which they came.
    static func seen(of stream: ServiceName, _ snapshot: Snapshot) throws -> [Seen] {
        try snapshot.rows("SELECT seq, key, name FROM witnessed WHERE stream = ? ORDER BY id", stream.rawValue) {
            Seen(seq: try $0.integer(0), key: try $0.text(1), name: try $0.text(2))
        }
    }

    static func repair(_ transaction: Transaction) throws {
        try transaction.execute("INSERT INTO repaired(yes) VALUES(1)")
    }
}

/// The witness of the release before: it follows the registry alone, and of its events it knows those that there were
/// then. Its tables are those of the present one.
struct FormerWitness: ServiceLogic {
    enum Events: MessageSet {
        case known

        static let table: [MessageEntry<Self>] = [
            .init(event: { (_: EnterpriseRecorded) in .known }), .init(event: { (_: PersonRegistered) in .known }),
            .init(event: { (_: RosterClosed) in .known }),
        ]
    }

    static let name = Witness.name
    static let migrations = Witness.migrations
    static let known = Set(Events.table.map(\.name))

    static let follows = [
        Following<Self>(.registry, Events.self) { _, _, event, context in try Witness.note(event, context) }
    ]

    init(tools: ServiceTools) {}

    func execute(_ command: GatewayCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: GatewayQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
}
