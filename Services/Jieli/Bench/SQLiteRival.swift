import CSQLite
import Glibc
import Kernel

/// SQLite alone, with our settings (WAL, synchronous FULL): one row a command; as many commands in one commit as there
/// are callers, which is the most that gathering can bring.
final class SQLiteRival: BenchContestant {
    let name = "SQLite"
    private let database: OpaquePointer
    private let insert: OpaquePointer
    private var number: Int64 = 0

    init(in folder: String) throws {
        var database: OpaquePointer?
        guard sqlite3_open("\(folder)/rival.sqlite", &database) == SQLITE_OK, let database else {
            throw CommandFailure.failed("不能打开 \(folder)/rival.sqlite。")
        }
        self.database = database
        let setting = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
            CREATE TABLE row(id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT
            """
        var statement: OpaquePointer?
        guard sqlite3_exec(database, setting, nil, nil, nil) == SQLITE_OK,
            sqlite3_prepare_v2(database, "INSERT INTO row VALUES (?, zeroblob(200))", -1, &statement, nil) == SQLITE_OK,
            let statement
        else {
            throw CommandFailure.failed("SQLite：\(String(cString: sqlite3_errmsg(database)))")
        }
        insert = statement
    }

    func measure(callers: Int, forMilliseconds span: Int) throws -> BenchSample {
        let clock = BenchClock(forMilliseconds: span)
        for _ in 0..<callers { clock.began() }
        while true {
            let start = MonotonicClock.microseconds()
            try run("BEGIN IMMEDIATE")
            for _ in 0..<callers {
                number += 1
                sqlite3_bind_int64(insert, 1, number)
                let result = sqlite3_step(insert)
                sqlite3_reset(insert)
                guard result == SQLITE_DONE else { throw failure }
            }
            try run("COMMIT")
            let goOn = (0..<callers).map { _ in clock.answered(since: start) }
            guard goOn.contains(false) else { continue }
            // Time was up among the answers: those before end as well.
            for _ in 0..<goOn.count(where: \.self) { _ = clock.answered(since: start) }
            break
        }
        return try clock.result()
    }

    func stop() {
        sqlite3_finalize(insert)
        sqlite3_close(database)
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    private var failure: CommandFailure { .failed("SQLite：\(String(cString: sqlite3_errmsg(database)))") }
}
