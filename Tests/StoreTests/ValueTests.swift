import Domain
import Testing

@testable import Store

private enum Stage: Int, SQLBindable { case handedOver = 3 }
private enum Track: String, SQLBindable { case retired = "退休" }

@Suite("Values and statements")
struct ValueTests {
    let folder: TemporaryFolder
    let store: WritableStore

    init() throws {
        folder = try TemporaryFolder()
        let table = """
            CREATE TABLE kinds (
                id INTEGER PRIMARY KEY, number INTEGER, text TEXT, bytes BLOB CHECK (length(bytes) < 100),
                needed TEXT NOT NULL DEFAULT ''
            ) STRICT;
            CREATE VIRTUAL TABLE search USING fts5 (characters)
            """
        store = try openStore(folder.file(), migrations: [Migration("0001", table)])
    }

    private func roundTrip(_ value: any SQLBindable) throws -> SQLValue? {
        try store.commit { try $0.first("SELECT ?", value) { $0[0] } }
    }

    @Test("Every value comes back as it went in")
    func roundTrips() throws {
        let values: [SQLValue] = [
            .null, .integer(.min), .integer(.max), .integer(0), .text(""), .text("接力\0 è 👨‍👩‍👧 '\""), .blob([]),
            .blob([0, 1, 255]), .blob(Array(repeating: 7, count: 2_000_000)),
        ]
        for value in values { #expect(try roundTrip(value) == value) }
        #expect(try roundTrip(7) == .integer(7))
        #expect(try roundTrip(Int32(-7)) == .integer(-7))
        #expect(try roundTrip(UInt32.max) == .integer(4_294_967_295))
        #expect(try roundTrip(true) == .integer(1))
        #expect(try roundTrip(false) == .integer(0))
        #expect(try roundTrip("字") == .text("字"))
        #expect(try roundTrip([1, 2] as [UInt8]) == .blob([1, 2]))
        #expect(try roundTrip(Timestamp(millisecondsSinceEpoch: -5)) == .integer(-5))
        #expect(try roundTrip(String?.none) == .null)
        #expect(try roundTrip(Int?.some(3)) == .integer(3))
        #expect(try roundTrip(Stage.handedOver) == .integer(3))
        #expect(try roundTrip(Track.retired) == .text("退休"))
    }

    @Test("Typed readers give the value, and an error for another type or NULL")
    func readers() throws {
        let moment = Timestamp(millisecondsSinceEpoch: 12)
        let sql = "SELECT ?, ?, ?, ?, ?, ?"
        try store.commit { transaction in
            _ = try transaction.first(sql, 5, "字", [9] as [UInt8], true, moment, Int?.none) { row throws in
                #expect(row.columnCount == 6)
                #expect(try row.integer(0) == 5)
                #expect(try row.int(0) == 5)
                #expect(try row.text(1) == "字")
                #expect(try row.blob(2) == [9])
                #expect(try row.bool(3) == true)
                #expect(try row.timestamp(4) == moment)
                #expect(try row.isNull(5) && !row.isNull(0))
                #expect(try row.optionalInteger(0) == 5 && row.optionalInteger(5) == nil)
                #expect(try row.optionalInt(0) == 5 && row.optionalInt(5) == nil)
                #expect(try row.optionalText(1) == "字" && row.optionalText(5) == nil)
                #expect(try row.optionalBlob(2) == [9] && row.optionalBlob(5) == nil)
                #expect(try row.optionalBool(3) == true && row.optionalBool(5) == nil)
                #expect(try row.optionalTimestamp(4) == moment && row.optionalTimestamp(5) == nil)
                #expect(row[1] == .text("字") && row[6] == .null && row[-1] == .null)
                expect(.statement) { _ = try row.text(0) }
                expect(.statement) { _ = try row.integer(1) }
                expect(.statement) { _ = try row.blob(1) }
                expect(.statement) { _ = try row.bool(0) }
                expect(.statement) { _ = try row.text(5) }
                expect(.statement) { _ = try row.optionalText(0) }
                expect(.statement) { _ = try row.integer(6) }
                expect(.statement) { _ = try row.integer(-1) }
            }
        }
    }

    @Test("rows, first and scalar: all, one, none")
    func queries() throws {
        try store.commit { transaction in
            for number in 1...3 { try transaction.execute("INSERT INTO kinds (number) VALUES (?)", number) }
            #expect(try transaction.rows("SELECT number FROM kinds WHERE number > ?", 1) { try $0.int(0) } == [2, 3])
            #expect(try transaction.rows("SELECT number FROM kinds WHERE number > ?", 9) { try $0.int(0) } == [])
            #expect(try transaction.first("SELECT number FROM kinds ORDER BY id") { try $0.int(0) } == 1)
            #expect(try transaction.first("SELECT number FROM kinds WHERE 0") { try $0.int(0) } == nil)
            #expect(try transaction.scalar("SELECT max(number) FROM kinds") == 3)
            #expect(try transaction.scalar("SELECT max(number) FROM kinds WHERE 0") == nil)
            #expect(try transaction.scalar("SELECT number FROM kinds WHERE 0") == nil)
            #expect(try transaction.scalar("SELECT ? + ?", values: [1, 2]) == 3)
            let sql = "INSERT INTO kinds (number) VALUES (?) RETURNING id"
            #expect(try transaction.rows(sql, 4) { try $0.int(0) } == [4])
            #expect(throws: Refusal()) { try transaction.rows("SELECT 1") { _ in throw Refusal() } }
        }
    }

    @Test("The same statement can be used inside its own rows")
    func nested() throws {
        let sql = "SELECT value FROM json_each('[1,2,3]') WHERE value <> ?"
        let pairs = try store.commit { transaction in
            try transaction.rows(sql, 2) { outer in
                try transaction.rows(sql, 3) { inner in [try outer.int(0), try inner.int(0)] }
            }
        }
        #expect(pairs == [[[1, 1], [1, 2]], [[3, 1], [3, 2]]])
    }

    @Test("More different statements than the cache keeps")
    func manyStatements() throws {
        try store.commit { transaction throws in
            for round in 0..<2 {
                for number in 0..<300 {
                    #expect(try transaction.scalar("SELECT \(number) + ?", round) == Int64(number + round))
                }
            }
        }
    }

    @Test("Wrong statements and wrong numbers of values are the program's fault")
    func wrongStatements() throws {
        for sql in ["SELEKT 1", "", "-- nothing", "SELECT 1; SELECT 2", "SELECT * FROM nowhere", "SELECT ?"] {
            let error = expect(.statement) { _ = try store.commit { try $0.scalar(sql) } }
            #expect(error?.isCausedByWork == true)
        }
        expect(.statement) { _ = try store.commit { try $0.scalar("SELECT ?", 1, 2) } }
        #expect(try store.commit { try $0.scalar("SELECT 1 ; \n") } == 1)
    }

    @Test("Rules of the schema: each is told apart, and no message repeats a value")
    func noValuesInMessages() throws {
        let secret = "34052419800101001X"
        let work: [(StoreError.Code, String, [any SQLBindable])] = [
            (.constraint, "INSERT INTO kinds (id, number) VALUES (1, ?)", [secret]),
            (.constraint, "INSERT INTO kinds (needed) VALUES (?)", [String?.none]),
            (.constraint, "INSERT INTO kinds (bytes) VALUES (?)", [Array(repeating: UInt8(1), count: 100)]),
            (.statement, "SELECT count(*) FROM search WHERE search MATCH ?", ["\"\(secret)"]),
            (.statement, "SELECT json_extract('{}', ?)", [secret]),
            (.statement, "SELECT json(?)", [secret]),
        ]
        for (code, sql, values) in work {
            let error = expect(code) { _ = try store.commit { try $0.rows(sql, values: values) { _ in } } }
            #expect(error?.resultCode != nil)
            #expect(error?.message.contains(secret) == false)
            #expect(error?.message.contains("archives.db") == true)
            #expect(error?.message.contains(folder.path) == false)
        }
        let error = expect(.constraint) {
            try store.commit { try $0.execute("INSERT INTO kinds (needed) VALUES (NULL)") }
        }
        #expect(error?.message.contains("kinds.needed") == true)
        #expect(error?.isUniqueViolation == false && error?.isReferenceViolation == false)
    }

    @Test("SQLite's results become our codes")
    func mapping() {
        let codes: [(Int32, StoreError.Code)] = [
            (5, .busy), (6, .busy), (261, .busy), (13, .full), (10, .full), (778, .full), (4874, .full),
            (11, .damaged), (26, .damaged), (267, .damaged), (14, .noAccess), (8, .noAccess), (3, .noAccess),
            (7, .memory), (19, .constraint), (2067, .constraint), (1, .statement), (18, .statement),
        ]
        for (result, code) in codes {
            let error = StoreError.sqlite(result, file: "a.db", remark: "remark")
            #expect(error.code == code && error.resultCode == result)
            #expect(error.message.contains("a.db") && error.message.contains("remark"))
        }
        #expect(StoreError.Code.allCases.allSatisfy { $0.rawValue.hasPrefix("store.") })
        #expect(Set(StoreError.Code.allCases.map(\.rawValue)).count == StoreError.Code.allCases.count)
        #expect(StoreError.missing("a.db").description.hasPrefix("store.missing: 找不到"))
    }
}
