import Contracts
import Domain
import Host
import Sealing
import Store
import Support

/// A service that follows the registry and writes down what it was given. It cannot apply events of one person until it
/// is repaired.
struct Follower: ServiceLogic {
    static let name = ServiceName.archives
    static let migrations = [
        Migration(
            "follower-1",
            """
            CREATE TABLE seen(id INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
            CREATE TABLE repaired(yes INTEGER NOT NULL) STRICT;
            """)
    ]
    static let unlucky = PersonID(13)
    static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { _, _, event, context in
            try context.transaction.execute("INSERT INTO seen(seq) VALUES(?)", event.seq)
            let isRepaired = try context.transaction.scalar("SELECT count(*) FROM repaired") ?? 0 > 0
            // After its first write, so that a test sees that the write is undone.
            if event.key == unlucky.key, !isRepaired { throw CannotApply() }
        }
    ]

    struct CannotApply: Error {}

    init(tools: ServiceTools) {}

    func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
}

/// The service of a program whose statement SQLite does not accept.
struct WrongFollower: ServiceLogic {
    static let name = Follower.name
    static let migrations = Follower.migrations
    static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { _, _, event, context in
            try context.transaction.execute("INSERT INTO seen(sequence) VALUES(?)", event.seq)
        }
    ]

    init(tools: ServiceTools) {}

    func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
}

/// A projection that tells others of what it is told, and would tell it again when it is built up anew.
struct EmittingProjection: ProjectingLogic {
    static let name = Follower.name
    static let migrations = Follower.migrations
    static let projection = ["seen"]
    static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { _, _, _, context in
            try context.emit(PersonVerified(person: PersonID(1)))
        }
    ]

    init(tools: ServiceTools) {}

    func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
}

/// The service of an earlier program, which knows no other event than that somebody was verified.
struct EarlierFollower: ServiceLogic {
    enum Events: MessageSet {
        case personVerified(PersonVerified)
        static let table: [MessageEntry<Self>] = [.init(event: Self.personVerified)]
    }

    static let name = Follower.name
    static let migrations = Follower.migrations
    static let follows = [
        Following<Self>(.registry, Events.self) { _, _, event, context in
            try context.transaction.execute("INSERT INTO seen(seq) VALUES(?)", event.seq)
        }
    ]

    init(tools: ServiceTools) {}

    func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
}

/// A producer's log, as far as a follower sees it.
struct ProducedLog {
    var epoch: UInt64 = 5
    private(set) var items: [EventBatch.Item] = []

    mutating func append(_ event: some Event) throws {
        let body = try JSONCoding.bytes(event)
        let at = Timestamp(millisecondsSinceEpoch: Int64(items.count))
        let previous = items.last?.hash ?? LogChain.genesis(stream: ServiceName.registry.rawValue, epoch: 5)
        let seq = Int64(items.count + 1)
        let name = type(of: event).name
        let digest = SM3.digest(body)
        let hash = LogChain.hash(
            previous: previous, seq: seq, at: at, name: name, version: 1, key: event.key, actor: "a",
            bodyDigest: digest)
        items.append(
            EventBatch.Item(
                seq: seq, at: at, version: 1, name: name, key: event.key, actor: "a", bodyDigest: digest, hash: hash,
                body: body))
    }

    /// Events of these people, one after the other.
    static func verified(_ persons: Int64...) throws -> ProducedLog {
        var log = ProducedLog()
        for person in persons { try log.append(PersonVerified(person: PersonID(person))) }
        return log
    }

    func batch(_ range: ClosedRange<Int>, _ change: (inout [EventBatch.Item]) -> Void = { _ in }) -> EventBatch {
        var some = Array(items[(range.lowerBound - 1)...(range.upperBound - 1)])
        change(&some)
        return EventBatch(epoch: epoch, origin: 5, head: Int64(items.count), items: some)
    }
}

extension ServiceBench where Logic.Commands == ArchivesCommand {
    func give(_ batch: EventBatch) throws -> Effect? {
        try core.run([.events(stream: .registry, batch)], now: clock.instant()).first
    }

    func seen() throws -> [Int64] {
        try core.store.commit { try $0.rows("SELECT seq FROM seen ORDER BY id") { try $0.integer(0) } }
    }
}
