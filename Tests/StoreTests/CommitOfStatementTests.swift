import Testing

@testable import Store

@Suite("A statement that is a transaction of its own")
struct CommitOfStatementTests {
    @Test("What its commit refuses is not taken for done because a row came first")
    func returning() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.file(), mode: .create)
        try StoreOpening.configure(connection)
        try connection.run("CREATE TABLE one(id INTEGER PRIMARY KEY) STRICT")
        try connection.run(
            """
            CREATE TABLE many(one INTEGER NOT NULL REFERENCES one(id) DEFERRABLE INITIALLY DEFERRED) STRICT
            """)
        #expect(throws: StoreError.self) { try connection.integer("INSERT INTO many VALUES(7) RETURNING one") }
        #expect(try connection.integer("SELECT count(*) FROM many") == 0)
    }
}
