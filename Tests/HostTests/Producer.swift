import Contracts
import Domain
import FoundationEssentials
import Host
import Messaging
import Store
import Support

/// A registry that tells of somebody with each command.
struct Producer: ServiceLogic {
    static let name = ServiceName.registry
    static let migrations: [Migration] = [
        Migration("producer-1", "CREATE TABLE person(id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER) STRICT")
    ]
    static let follows: [Following<Self>] = []

    init(tools: ServiceTools) {}

    func execute(_ command: RegistryCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        try context.transaction.execute("INSERT INTO person(at) VALUES(0)")
        try context.emit(PersonVerified(person: PersonID(context.transaction.lastInsertedRow)))
        return Done()
    }

    func read(_ query: RegistryQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
}

extension ServiceBench where Logic == Producer {
    /// Registers so many people more.
    func produce(_ count: Int) throws {
        for _ in 0..<count {
            try execute(
                DeclinePersons(persons: [PersonID(1)], cause: .deceased), as: .humanResources)
        }
    }

    /// What a follower is given that asks for the log after `after`.
    func log(_ epoch: UInt64?, after: Int64) throws -> EventBatch? {
        let fetch = FetchLog(epoch: epoch, after: after, limit: 1000)
        let request = IncomingRequest(
            caller: "archives", message: FetchLog.name, command: nil, context: [], body: try JSONCoding.bytes(fetch),
            token: ReplyToken(correlation: 1, brokerSession: 1))
        var batches = LogBatches()
        return EventBatch(bytes: try core.store.commit { try batches.answer(request, $0) })
    }

    /// The head that another service has announced of how far it has followed.
    func seen(by follower: ServiceName, epoch: UInt64, seq: Int64) {
        core.learn([StreamHead(stream: "\(follower.rawValue)/registry", epoch: epoch, seq: seq)])
    }

    /// A person decides that the log goes on from what there is.
    func reconcile(_ positions: ReconcileLog.Position...) throws {
        let command = ReconcileLog(seq: core.store.head.seq, positions: positions, reason: "恢复了较早的备份")
        _ = try ask(ReconcileLog.name, 1, JSONCoding.bytes(command), .operations, number())
    }

    func copyStore(to copy: String) throws {
        try? FileManager.default.removeItem(atPath: copy)
        try FileManager.default.copyItem(atPath: storePath, toPath: copy)
    }

    func removeStore() throws {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: storePath + suffix) }
    }

    /// Asks for somebody's data.
    func look() throws -> [UInt8] {
        let query = try JSONCoding.bytes(GetPerson(person: PersonID(1)))
        return try ask(GetPerson.name, 1, query, .humanResources, nil)
    }

    /// Puts a copy of before in the place of the store, as an operator does.
    func putBack(_ copy: String) throws {
        try removeStore()
        try FileManager.default.copyItem(atPath: copy, toPath: storePath)
    }
}

extension ServiceBench where Logic == Follower {
    /// Follows the producer's log once.
    @discardableResult
    func follow(_ producer: ServiceBench<Producer>) throws -> Effect? {
        let offset = try offset()
        guard let batch = try producer.log(offset?.epoch, after: offset?.seq ?? 0) else { return nil }
        return try give(batch)
    }

    func offset() throws -> StreamOffset? { try core.store.commit { try $0.offset(of: "registry") } }
}
