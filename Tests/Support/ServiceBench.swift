import Contracts
import Domain
import FoundationEssentials
import Glibc
import Host
import Messaging
import Sealing
import Store

/// One service on a bench: its real core on a real SQLite file in memory-backed storage, with the clock in the test's
/// hands. Requests go in as bytes, as they come from the bus.
public final class ServiceBench<Logic: ServiceLogic> {
    public let clock: ManualClock
    public private(set) var core: ServiceCore<Logic>
    public let folder: String
    private var ownsFolder = true
    public let tools: ServiceTools
    private var counter: UInt64 = 0
    private var fed: [ServiceName: (seq: Int64, hash: [UInt8])] = [:]
    private var read: Int64 = 0

    public init(clock: ManualClock = ManualClock()) throws {
        self.clock = clock
        folder = try TemporaryFolder.make()
        tools = Authority.tools(Sealer(SealingKey.random()), SeededRandomness(seed: 1))
        core = try Self.open(folder, clock, tools)
    }

    private init(folder: String, clock: ManualClock, tools: ServiceTools) throws {
        self.folder = folder
        self.clock = clock
        self.tools = tools
        core = try Self.open(folder, clock, tools)
    }

    /// The same store under another program of the service, as after an upgrade. This bench is over then.
    public func upgraded<Newer: ServiceLogic>(to newer: Newer.Type) throws -> ServiceBench<Newer> {
        core.store.close()
        ownsFolder = false
        return try ServiceBench<Newer>(folder: folder, clock: clock, tools: tools)
    }

    deinit {
        guard ownsFolder else { return }
        core.store.close()
        TemporaryFolder.remove(folder)
    }

    private static func open(
        _ folder: String, _ clock: ManualClock, _ tools: ServiceTools, adding more: [Migration] = []
    ) throws -> ServiceCore<Logic> {
        let path = "\(folder)/\(Logic.name.rawValue).sqlite"
        let store = try WritableStore(
            path: path, stream: Logic.name.rawValue, migrations: ServiceCore<Logic>.migrations + more, clock: clock,
            randomness: tools.randomness, durability: .none)
        return ServiceCore(store: store, tools: tools, mark: StoreMarkFile(besideStoreAt: path))
    }

    public var storePath: String { "\(folder)/\(Logic.name.rawValue).sqlite" }

    /// Closes the store and opens it again, as after a restart.
    /// - Parameters:
    ///   - more: migrations of a later release.
    ///   - meanwhile: what happens to the files while they are closed.
    public func restart(adding more: [Migration] = [], meanwhile: () throws -> Void = {}) throws {
        core.store.close()
        try meanwhile()
        core = try Self.open(folder, clock, tools, adding: more)
    }

    // MARK: Requests

    /// A command number that has not been used yet.
    public func number() -> CommandNumber {
        counter += 1
        return CommandNumber(session: 7, counter: counter)
    }

    /// - Throws: the service's `Refusal`.
    @discardableResult
    public func execute<C: Command>(
        _ command: C, as officer: Officer, number: CommandNumber? = nil
    ) throws -> C.Reply {
        try JSONCoding.value(
            C.Reply.self, from: ask(C.name, C.version, JSONCoding.bytes(command), officer, number ?? self.number()))
    }

    /// - Throws: the service's `Refusal`.
    public func ask<Q: Query>(_ query: Q, as officer: Officer) throws -> Q.Reply {
        try JSONCoding.value(
            Q.Reply.self, from: ask(Q.name, Q.version, JSONCoding.bytes(query), officer, nil))
    }

    /// The refusal of a command; nil when it was carried out.
    public func refusal<C: Command>(of command: C, as officer: Officer) throws -> Refusal? {
        do {
            try execute(command, as: officer)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    /// The refusal of a query; nil when it was answered.
    public func refusal<Q: Query>(of query: Q, as officer: Officer) throws -> Refusal? {
        do {
            _ = try ask(query, as: officer)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    /// A request as bytes, for tests of malformed ones.
    public func ask(
        _ message: String, _ version: Int, _ body: [UInt8], _ officer: Officer, _ number: CommandNumber?
    ) throws -> [UInt8] {
        let request = IncomingRequest(
            caller: ServiceName.gateway.rawValue, message: message, version: UInt16(version), command: number,
            context: try Authority.context(officer), body: body,
            token: ReplyToken(correlation: counter, brokerSession: 1))
        let work = try number == nil ? query(request) : .request(request)
        for case .reply(_, let status, _, let body) in try core.run([work], now: clock.instant()) {
            if status == .refused { throw try JSONCoding.value(Refusal.self, from: body) }
            return body
        }
        throw BenchError.noReply
    }

    /// A query as an instance answers it from its snapshot, with the note of who looked, if only of nobody.
    private func query(_ request: IncomingRequest) throws -> Work {
        do {
            let answer = try core.store.commit {
                try QueryAnswer.pending(Logic(tools: tools), tools, request, $0, now: clock.now())
            }
            let nobody = NoteLooked(user: "", role: .systemOperator, message: request.message, subjects: [])
            return .looked(answer.looked ?? nobody, reply: answer.reply)
        } catch let error where (error as? StoreError)?.isCausedByWork ?? true {
            throw CommonRefusal.internalFault
        }
    }

    /// What a query's answer costs, in steps of SQLite's machine: the same on every machine, however busy it is.
    public func steps<Q: Query>(of query: Q, as officer: Officer) throws -> (reply: Q.Reply, steps: Int) {
        let request = IncomingRequest(
            caller: ServiceName.gateway.rawValue, message: Q.name, version: UInt16(Q.version), command: nil,
            context: try Authority.context(officer), body: try JSONCoding.bytes(query),
            token: ReplyToken(correlation: counter, brokerSession: 1))
        return try core.store.commit { transaction in
            let before = transaction.steps
            let answer = try QueryAnswer.pending(Logic(tools: tools), tools, request, transaction, now: clock.now())
            let steps = transaction.steps - before
            guard answer.reply.status == .done else {
                throw try JSONCoding.value(Refusal.self, from: answer.reply.body)
            }
            return (try JSONCoding.value(Q.Reply.self, from: answer.reply.body), steps)
        }
    }

    /// What each page of a list costs, and how many rows all pages have.
    public func pages<Q: Query>(
        _ officer: Officer, _ query: (Int64?) -> Q, next: (Q.Reply) -> Int64?, rows: (Q.Reply) -> Int
    ) throws -> (rows: Int, steps: [Int]) {
        var found: (rows: Int, steps: [Int]) = (0, [])
        var after: Int64?
        repeat {
            let (reply, steps) = try self.steps(of: query(after), as: officer)
            found.rows += rows(reply)
            found.steps.append(steps)
            after = next(reply)
        } while after != nil
        return found
    }

    // MARK: Events

    /// The next events that are fed are the first of their logs again.
    public func feedFromTheBeginning() { fed = [:] }

    /// Takes in an event of another service's log, as fetched over the bus.
    public func feed(_ event: some Event, from stream: ServiceName) throws {
        let position = fed[stream] ?? (0, LogChain.genesis(stream: stream.rawValue, epoch: 1))
        let body = try JSONCoding.bytes(event)
        let digest = SM3.digest(body)
        let seq = position.seq + 1
        let name = type(of: event).name
        let version = type(of: event).version
        let hash = LogChain.hash(
            previous: position.hash, seq: seq, at: clock.now(), name: name, version: version, key: event.key,
            actor: "bench", bodyDigest: digest)
        let visible = AccessTable.maySee(Logic.name, event: name)
        let item = EventBatch.Item(
            seq: seq, at: clock.now(), version: version, name: name, key: event.key, actor: "bench",
            bodyDigest: digest, hash: hash, body: visible ? body : nil)
        let effects = try core.run(
            [
                .events(stream: stream, EventBatch(epoch: 1, origin: 1, head: seq, items: [item]))
            ], now: clock.instant())
        guard effects.contains(where: { if case .applied(stream, 1, seq, seq) = $0 { true } else { false } }) else {
            throw BenchError.notApplied
        }
        fed[stream] = (seq, hash)
    }

    /// What could not be applied and was parked.
    public func parked() throws -> [ParkedKey] {
        let body = try ask(
            ListParked.name, 1, JSONCoding.bytes(ListParked()), Officer(user: "ops", role: .systemOperator), nil)
        return try JSONCoding.value(ParkedKeys.self, from: body).rows
    }

    /// Lets the clock's work be done, as once a minute.
    public func wake() throws { _ = try core.run([.wake], now: clock.instant()) }

    /// Goes on with what is unfinished until all of it is done, as the writer's thread does.
    /// - Returns: in how many turns.
    @discardableResult
    public func finish() throws -> Int {
        var turns = 0
        while try proceed() { turns += 1 }
        return turns
    }

    /// One piece of what is unfinished.
    /// - Returns: true when there was one.
    public func proceed() throws -> Bool {
        let isAny = try core.run([], now: clock.instant()).contains { if case .unfinished = $0 { true } else { false } }
        if isAny { _ = try core.run([.proceed], now: clock.instant()) }
        return isAny
    }

    /// The events of the service's own log since the last call.
    public func newEvents() throws -> [LogRecord] {
        let records = try core.store.commit { try $0.events(after: read, limit: 1_000_000, byteLimit: 1 << 30) }
        read = records.last?.seq ?? read
        return records
    }

    /// The names of the new events, for tests of what happened.
    public func newEventNames() throws -> [String] { try newEvents().map(\.name) }

    /// The new events of one kind.
    public func newEvents<E: Event>(_ type: E.Type) throws -> [E] {
        try newEvents().filter { $0.name == E.name }.map { try JSONCoding.value(E.self, from: $0.body) }
    }
}

/// The bench itself failed.
public enum BenchError: Error {
    case noReply
    case notApplied
    case noFolder
    case noPort
}

/// Folders for tests, in memory-backed storage where there is some.
public enum TemporaryFolder {
    public static func make() throws -> String {
        let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(base)/jieli-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchError.noFolder }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    public static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
