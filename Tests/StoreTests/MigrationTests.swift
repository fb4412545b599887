import Domain
import Testing

@testable import Store

@Suite("Migrations")
struct MigrationTests {
    let folder: TemporaryFolder
    let first = Migration("0001-a", "CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    let second = Migration("0002-b", "ALTER TABLE a ADD COLUMN note TEXT; CREATE INDEX a_by_text ON a (text)")

    init() throws { folder = try TemporaryFolder() }

    private func open(_ migrations: Migration...) throws(StoreError) -> WritableStore {
        try openStore(folder.file(), migrations: migrations)
    }

    private func ledger() throws -> [String] {
        try Connection(path: folder.file(), mode: .readOnly).texts(
            "SELECT name FROM store_migrations ORDER BY position")
    }

    @Test("Each runs once, in order, and later ones are added to what is there")
    func inOrder() throws {
        let store = try open(first)
        try store.commit { transaction in try transaction.execute("INSERT INTO a (text) VALUES ('x')") }
        store.close()
        for _ in 1...2 {
            let store = try open(first, second)
            #expect(try store.commit { try $0.rows("SELECT note FROM a") { try $0.optionalText(0) } } == [nil])
            store.close()
        }
        #expect(try ledger() == ["0001-a", "0002-b"])
    }

    @Test("A store that a newer program migrated is refused by writer and reader")
    func newer() throws {
        try open(first, second).close()
        let error = expect(.newer) { _ = try open(first) }
        #expect(error?.message.contains("0002-b") == true)
        expect(.newer) { _ = try ReadableStore(path: folder.file(), stream: "archives", migrations: [first]) }
    }

    @Test("A reader newer than the store waits for the writer to migrate it")
    func older() throws {
        try open(first).close()
        expect(.older) { _ = try ReadableStore(path: folder.file(), stream: "archives", migrations: [first, second]) }
        try open(first, second).close()
        _ = try ReadableStore(path: folder.file(), stream: "archives", migrations: [first, second])
    }

    @Test("Each series of migrations is appended to by itself")
    func series() throws {
        let host = Migration("host-1", series: "host", "CREATE TABLE h (a INTEGER) STRICT")
        let later = Migration("host-2", series: "host", "CREATE TABLE i (a INTEGER) STRICT")
        try open(host, first).close()
        try open(host, later, first, second).close()
        try open(host, later, first, second).close()
        expect(.migrationChanged) { _ = try open(later, host, first, second) }
        expect(.migrationChanged) { _ = try open(host, later, second, first) }
    }

    @Test("Changed text or order of what has run is refused")
    func changed() throws {
        try open(first, second).close()
        expect(.migrationChanged) { _ = try open(first, Migration("0002-b", second.sql + " ")) }
        expect(.migrationChanged) { _ = try open(second, first) }
        expect(.migrationChanged) {
            _ = try ReadableStore(path: folder.file(), stream: "archives", migrations: [second, first])
        }
        expect(.migrationChanged) { _ = try open(Migration("0000-early", "SELECT 1"), first, second) }
        expect(.misuse) { _ = try open(first, first) }
        try open(first, second).close()
    }

    @Test(
        "One that fails leaves nothing of itself, and those before it stay",
        arguments: [
            "CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE a (id INTEGER) STRICT",
            "CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT; nonsense",
            "CREATE TABLE b (id INTEGER PRIMARY KEY)",
            "CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT; COMMIT; -- half",
            "CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT; PRAGMA foreign_keys = OFF",
            """
            CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id)) STRICT;
            INSERT INTO b VALUES (1, 77)
            """,
            "INSERT INTO a (text) VALUES (NULL)",
        ])
    func failing(sql: String) throws {
        let error = expect(.migrationFailed) { _ = try open(first, Migration("0002-bad", sql)) }
        #expect(error?.message.contains("0002-bad") == true)
        #expect(try ledger() == ["0001-a"])
        let store = try open(first, second)
        #expect(try store.commit { try $0.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'b'") } == 0)
        #expect(try store.setting("foreign_keys") == 1)
    }

    @Test("A table can be rebuilt although others point at it")
    func rebuild() throws {
        let loans = Migration(
            "0002-loans",
            """
            CREATE TABLE loans (id INTEGER PRIMARY KEY, a INTEGER NOT NULL REFERENCES a (id) ON DELETE CASCADE) STRICT;
            INSERT INTO a VALUES (1, 'x');
            INSERT INTO loans VALUES (5, 1)
            """)
        let rebuild = Migration(
            "0003-rebuild",
            """
            CREATE TABLE new (id INTEGER PRIMARY KEY, text TEXT NOT NULL, size INTEGER NOT NULL DEFAULT 0) STRICT;
            INSERT INTO new (id, text) SELECT id, text FROM a;
            DROP TABLE a;
            ALTER TABLE new RENAME TO a
            """)
        try open(first, loans).close()
        let store = try open(first, loans, rebuild)
        #expect(try store.commit { try $0.scalar("SELECT count(*) FROM loans JOIN a ON a.id = loans.a") } == 1)
        expect(.constraint) { try store.commit { try $0.execute("INSERT INTO loans VALUES (6, 2)") } }
    }

    @Test("Virtual tables are allowed, as full-text search needs them")
    func virtualTables() throws {
        let store = try open(first, Migration("0002-search", "CREATE VIRTUAL TABLE search USING fts5 (characters)"))
        try store.commit { transaction in
            try transaction.execute("INSERT INTO search VALUES (?)", "张 三")
            #expect(try transaction.scalar("SELECT count(*) FROM search WHERE search MATCH ?", "三") == 1)
        }
    }
}
