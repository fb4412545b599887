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
                id INTEGER PRIMARY KEY, stream TEXT NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL) STRICT;
            CREATE TABLE repaired(yes INTEGER NOT NULL) STRICT;
            """)
    ]
    static let unlucky: Set<String> = [PersonID(3).key, PersonID(8).key]

    struct CannotApply: Error {}

    struct Seen: Equatable {
        var seq: Int64
        var key: String
    }

    static let follows = [
        witness(.registry, RegistryEvent.self), witness(.archives, ArchivesEvent.self),
        witness(.partyRelations, PartyRelationsEvent.self), witness(.assets, AssetsEvent.self),
        witness(.benefitsLiaison, BenefitsLiaisonEvent.self), witness(.healthRecords, HealthRecordsEvent.self),
        witness(.notifications, NotificationsEvent.self),
    ]

    private static func witness(_ stream: ServiceName, _ events: (some MessageSet).Type) -> Following<Self> {
        Following(stream, events) { _, _, event, context in
            try context.transaction.execute(
                "INSERT INTO witnessed(stream, seq, key) VALUES(?, ?, ?)", event.stream.rawValue, event.seq, event.key)
            let isRepaired = try context.transaction.scalar("SELECT count(*) FROM repaired") ?? 0 > 0
            // After its write, so that what is parked has left nothing behind.
            if unlucky.contains(event.key), !isRepaired { throw CannotApply() }
        }
    }

    init(tools: ServiceTools) {}

    func execute(_ command: GatewayCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: GatewayQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }

    /// The events taken in from one log, in the order in which they came.
    static func seen(of stream: ServiceName, _ snapshot: Snapshot) throws -> [Seen] {
        try snapshot.rows("SELECT seq, key FROM witnessed WHERE stream = ? ORDER BY id", stream.rawValue) {
            Seen(seq: try $0.integer(0), key: try $0.text(1))
        }
    }

    static func repair(_ transaction: Transaction) throws {
        try transaction.execute("INSERT INTO repaired(yes) VALUES(1)")
    }
}
