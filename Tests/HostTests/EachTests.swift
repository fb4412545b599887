import Contracts
import Domain
import Host
import Messaging
import Store
import Support
import Testing

@Suite("Many commands in one message")
struct EachTests {
    /// A service that notes whom it released; 13 is refused, 66 fails by a fault until it is mended.
    struct Releasing: ServiceLogic {
        static let name = ServiceName.archives
        static let migrations = [
            Migration(
                "releasing-1",
                """
                CREATE TABLE released(id INTEGER PRIMARY KEY, person INTEGER NOT NULL) STRICT;
                CREATE TABLE mended(yes INTEGER NOT NULL) STRICT;
                """)
        ]
        static let follows: [Following<Releasing>] = []

        struct Fault: Error {}

        init(tools: ServiceTools) {}

        func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
            guard case .releaseFile(let command) = command else { throw CommonRefusal.unknownMessage }
            try context.transaction.execute("INSERT INTO released(person) VALUES(?)", command.person.rawValue)
            if command.person.rawValue == 13 { throw ArchivesRefusal.notHeldBack }
            if command.person.rawValue == 66, try context.transaction.scalar("SELECT 1 FROM mended") == nil {
                throw Fault()
            }
            return Done()
        }

        func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
    }

    private let bench: ServiceBench<Releasing>

    init() throws { bench = try ServiceBench<Releasing>() }

    private func each(_ persons: [Int64], from counter: UInt64, as officer: Officer = .archivist) throws -> [String] {
        let message = Each(items: persons.map { ReleaseFile(person: PersonID($0)) })
        let body = try bench.ask(
            Each<ReleaseFile>.name, Each<ReleaseFile>.version, JSONCoding.bytes(message), officer,
            CommandNumber(session: 9, counter: counter))
        return try JSONCoding.value(ItemOutcomes<Done>.self, from: body).outcomes.map { outcome in
            switch outcome {
            case .done: "done"
            case .refused(let refusal): refusal.slug
            }
        }
    }

    private func released() throws -> [Int64] {
        try bench.core.store.commit { try $0.rows("SELECT person FROM released ORDER BY id") { try $0.integer(0) } }
    }

    @Test("A refused one leaves nothing behind and the others stay; all in one commit")
    func apart() throws {
        let before = bench.core.store.writtenCommits
        #expect(try each([1, 13, 2], from: 1) == ["done", "archives.hold-back.none", "done"])
        #expect(bench.core.store.writtenCommits == before + 1)
        #expect(try released() == [1, 2])
    }

    @Test("Sent again, in another cut, one by one or after a restart, each is answered as then and done once")
    func idempotent() throws {
        let first = try each([1, 13, 2, 3], from: 1)
        #expect(try each([1, 13, 2, 3], from: 1) == first)
        try bench.restart()
        #expect(try each([13, 2], from: 2) == Array(first[1...2]))
        #expect(try each([3, 4], from: 4) == ["done", "done"], "what is new among them is done")
        try bench.execute(
            ReleaseFile(person: PersonID(2)), as: .archivist, number: CommandNumber(session: 9, counter: 3))
        #expect(try released() == [1, 2, 3, 4])
        #expect(try each([5], from: 1) == [CommonRefusal.commandNumberReused.slug], "the number with another content")
    }

    @Test("A fault of one is told as such, is not kept under its number, and can be asked again")
    func fault() throws {
        #expect(try each([1, 66, 2], from: 1) == ["done", "service.internal-fault", "done"])
        #expect(try released() == [1, 2])
        try bench.core.store.commit { try $0.execute("INSERT INTO mended VALUES(1)") }
        #expect(try each([1, 66, 2], from: 1) == ["done", "done", "done"])
        #expect(try released() == [1, 2, 66])
    }

    @Test("None, too many, or a role without this duty: nothing is done")
    func refused() throws {
        func slug(_ persons: [Int64], _ officer: Officer = .archivist) -> String? {
            #expect(throws: Refusal.self) { try each(persons, from: 1, as: officer) }?.slug
        }
        #expect(slug([]) == EachRule.wrongCount.slug)
        #expect(slug(Array(1...Int64(EachRule.mostItems) + 1)) == EachRule.wrongCount.slug)
        #expect(slug([1], .doctor) == CommonRefusal.roleNotEntitled.slug)
        #expect(try released().isEmpty)
        #expect(try each(Array(100..<100 + Int64(EachRule.mostItems)), from: 1).allSatisfy { $0 == "done" })
    }
}
