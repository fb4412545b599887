import Contracts
import Domain
import Host
import Kernel
import Messaging
import Sealing
import Store
import Support
import Testing

/// A service that fails by fault of its own on one person, as with a damaged field, and once on its clock.
private struct Clumsy: ServiceLogic {
    static let name = ServiceName.archives
    static let migrations = [
        Migration("clumsy-1", "CREATE TABLE done(person INTEGER PRIMARY KEY) STRICT")
    ]
    static let follows: [Following<Self>] = []
    static let unlucky = PersonID(13)

    struct Damaged: Error {}

    init(tools: ServiceTools) {}

    func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        guard case .returnFile(let command) = command else { return Done() }
        try context.transaction.execute("INSERT INTO done VALUES(?)", command.person.rawValue)
        if command.person == Self.unlucky { throw Damaged() }
        return Done()
    }

    func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        if case .getFile(let query) = query, query.person == Self.unlucky { throw Damaged() }
        return Done()
    }

    func wake(_ context: WriteContext) throws {
        try context.transaction.execute("INSERT INTO done VALUES(99)")
        throw Damaged()
    }
}

@Suite("Faults of one piece of work")
struct FaultTests {
    private func request(
        _ message: some Command, _ counter: UInt64, expiresAt: SteadyInstant? = nil
    ) throws -> Work {
        let type = type(of: message)
        return .request(
            IncomingRequest(
                caller: "gateway", message: type.name, version: UInt16(type.version),
                command: CommandNumber(session: 7, counter: counter), expiresAt: expiresAt,
                context: try Authority.context(.archivist), body: try JSONCoding.bytes(message),
                token: ReplyToken(correlation: counter, brokerSession: 1)))
    }

    private func returnFile(_ person: Int64) -> ReturnFile { ReturnFile(person: PersonID(person), reasons: ["缺页"]) }

    private func done(_ bench: ServiceBench<Clumsy>) throws -> [Int64] {
        try bench.core.store.commit { try $0.rows("SELECT person FROM done ORDER BY person") { try $0.integer(0) } }
    }

    @Test("A command that fails by a fault is refused with nothing kept; the others of the commit stay")
    func command() throws {
        let bench = try ServiceBench<Clumsy>()
        let effects = try bench.core.run(
            [
                request(returnFile(1), 1), request(returnFile(13), 2), request(returnFile(2), 3),
                request(returnFile(2), 4),
            ], now: bench.clock.instant())
        var statuses: [ReplyStatus] = []
        var faults: [String] = []
        for effect in effects {
            if case .reply(_, let status, _, let body) = effect {
                statuses.append(status)
                if status == .refused {
                    #expect(try JSONCoding.value(Refusal.self, from: body) == CommonRefusal.internalFault)
                }
            }
            if case .fault(let what) = effect { faults.append(what) }
        }
        // The last one breaks a constraint: its fault too, and not the store's.
        #expect(statuses == [.done, .refused, .done, .refused])
        #expect(faults == ["archives.file.return 未成：Damaged", "archives.file.return 未成：store.constraint"])
        #expect(try done(bench) == [1, 2])
    }

    @Test("A recorded query and the clock's work that fail end nothing and keep nothing")
    func others() throws {
        let bench = try ServiceBench<Clumsy>()
        #expect(
            try bench.refusal(of: GetFile(person: Clumsy.unlucky), as: .archivist) == CommonRefusal.internalFault)
        guard case .fault = try bench.core.run([.wake], now: bench.clock.instant()).first else {
            return #expect(Bool(false))
        }
        #expect(try done(bench) == [])
    }

    @Test(
        "A command whose time is over is not carried out, and one that was carried out before is answered all the same")
    func deadline() throws {
        let bench = try ServiceBench<Clumsy>()
        let past = bench.clock.instant().advanced(byMilliseconds: -1)
        func status(_ work: Work) throws -> ReplyStatus? {
            for case .reply(_, let status, _, _) in try bench.core.run([work], now: bench.clock.instant()) {
                return status
            }
            return nil
        }
        #expect(try status(request(returnFile(1), 1, expiresAt: past)) == .failed)
        #expect(try done(bench) == [])
        #expect(try status(request(returnFile(1), 1)) == .done)
        #expect(try status(request(returnFile(1), 1, expiresAt: past)) == .done)
        #expect(try done(bench) == [1])
    }
}
