import Contracts
import Domain
import Host
import Store

/// Follows every department's log in the gateway's place and writes down each event it is given, so that a test can
/// hold what arrived against what was sent.
struct Witness: ServiceLogic {
    static let name = ServiceName.gateway
    static let migrations = [
        Migration(
            "witness-1",
            """
            CREATE TABLE witnessed(
                id INTEGER PRIMARY KEY, stream TEXT NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL) STRICT;
            """)
    ]

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
        }
    }

    init(tools: ServiceTools) {}

    func execute(_ command: GatewayCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: GatewayQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }

    /// The numbers of the events taken in from one log, in the order in which they came.
    static func seqs(of stream: ServiceName, _ transaction: Transaction) throws -> [Int64] {
        try transaction.rows("SELECT seq FROM witnessed WHERE stream = ? ORDER BY id", stream.rawValue) {
            try $0.integer(0)
        }
    }
}
