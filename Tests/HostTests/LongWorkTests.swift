import Contracts
import Domain
import Host
import Store
import Support
import Testing

@Suite("Work that goes on after its turn")
struct LongWorkTests {
    /// A service whose commands begin work of three pieces; that on subject 13 fails until it is repaired.
    struct Piecemeal: ServiceLogic {
        static let name = ServiceName.archives
        static let migrations = [
            Migration(
                "piecemeal-1",
                """
                CREATE TABLE piece(id INTEGER PRIMARY KEY, subject INTEGER NOT NULL, user TEXT NOT NULL) STRICT;
                CREATE TABLE repaired(yes INTEGER NOT NULL) STRICT;
                """)
        ]

        static let follows: [Following<Piecemeal>] = []

        struct CannotGoOn: Error {}

        init(tools: ServiceTools) {}

        func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
            guard case .releaseFile(let command) = command else { throw CommonRefusal.unknownMessage }
            try context.begin(LongWork(name: "pieces", subject: command.person.rawValue))
            return Done()
        }

        func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }

        func proceed(_ work: LongWork, _ context: WriteContext) throws -> Bool {
            try context.transaction.execute(
                "INSERT INTO piece(subject, user) VALUES(?, ?)", work.subject, context.officer.user)
            if work.subject == 13, try context.transaction.scalar("SELECT 1 FROM repaired") == nil {
                throw CannotGoOn()
            }
            return try context.transaction.scalar("SELECT count(*) FROM piece WHERE subject = ?", work.subject) == 3
        }
    }

    private static func pieces(_ bench: ServiceBench<Piecemeal>) throws -> [Int64] {
        try bench.core.store.commit { try $0.rows("SELECT subject FROM piece ORDER BY id") { try $0.integer(0) } }
    }

    private static func begin(_ bench: ServiceBench<Piecemeal>, _ person: Int64) throws {
        try bench.execute(ReleaseFile(person: PersonID(person)), as: .archivist)
    }

    @Test("It goes on piece by piece, in the order in which it was begun, in the name of who ordered it, and ends")
    func pieces() throws {
        let bench = try ServiceBench<Piecemeal>()
        try Self.begin(bench, 1)
        try Self.begin(bench, 2)
        // Begun twice is begun once.
        try Self.begin(bench, 1)
        #expect(try bench.proceed())
        try bench.restart()
        #expect(try bench.finish() == 5)
        #expect(try Self.pieces(bench) == [1, 1, 1, 2, 2, 2])
        let users = try bench.core.store.commit { transaction in
            try transaction.rows("SELECT DISTINCT user FROM piece") { try $0.text(0) }
        }
        #expect(users == [Officer.archivist.user])
    }

    @Test("A piece that fails leaves nothing, rests for a minute and holds up no other work")
    func failing() throws {
        let bench = try ServiceBench<Piecemeal>()
        try Self.begin(bench, 13)
        try Self.begin(bench, 2)
        #expect(try bench.finish() == 4)
        #expect(try Self.pieces(bench) == [2, 2, 2])
        #expect(try bench.core.store.commit { try $0.underWay("pieces") } == [13])
        try bench.core.store.commit { try $0.execute("INSERT INTO repaired VALUES(1)") }
        #expect(try bench.finish() == 0)
        bench.clock.advance(byMilliseconds: 60_001)
        #expect(try bench.finish() == 3)
        #expect(try bench.core.store.commit { try $0.underWay("pieces") } == [])
    }

    @Test("The writer's loop goes on without being asked, and others' work comes in between")
    func loop() throws {
        let bench = try ServiceBench<Piecemeal>()
        try Self.begin(bench, 1)
        let core = bench.core
        let loop = WriterLoop<Piecemeal> { core }
        try loop.begin(at: 0)
        for turn in 0..<3 {
            #expect(loop.waitInMilliseconds(at: Int64(turn)) == 1)
            _ = try loop.turn([], at: Int64(turn))
        }
        #expect(try Self.pieces(bench) == [1, 1, 1])
        #expect(loop.waitInMilliseconds(at: 3) > 100)
    }
}
