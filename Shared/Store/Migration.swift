import Domain
import Sealing

/// One step of a service's schema: named, ordered, append-only, run in a transaction of its own.
///
/// Once released, neither its text nor its place may change; correct it by another migration. Tables must be STRICT.
/// Foreign keys are not enforced while it runs and are checked before it is committed, so that a table can be rebuilt
/// (sqlite.org/lang_altertable.html, section 7).
public struct Migration: Sendable {
    public let name: String
    /// Who appends: the places of different series do not depend on each other, so that the host can add one of its own
    /// to stores that have a service's already.
    let series: String
    let sql: String

    public init(_ name: String, series: String = "service", _ sql: String) {
        self.name = name
        self.series = series
        self.sql = sql
    }

    var digest: [UInt8] { SM3.digest(Array(sql.utf8)) }
}

/// Compares the migrations a program knows with those a store has had, and runs the rest.
struct MigrationLedger {
    let connection: Connection
    let migrations: [Migration]

    /// The migrations that the store lacks.
    ///
    /// Throws `.newer` when the store has one that is not known here, `.migrationChanged` when a known one has another
    /// text or another place.
    func pending() throws(StoreError) -> [Migration] {
        let known = Set(migrations.map(\.name))
        guard known.count == migrations.count else { throw StoreError.misuse("两个迁移同名") }
        let statement = try connection.borrow("SELECT name, digest FROM store_migrations ORDER BY position")
        defer { connection.giveBack(statement) }
        var rest = Dictionary(grouping: migrations, by: \.series)
        while try statement.step() {
            let name = statement.text(0)
            guard let migration = migrations.first(where: { $0.name == name }) else {
                throw StoreError.newer(connection.file, "迁移 \(name)")
            }
            guard rest[migration.series]?.first?.name == name, migration.digest == statement.blob(1) else {
                throw StoreError(
                    .migrationChanged,
                    "\(connection.file) 已执行的迁移 \(name) 与程序中的内容或次序不同：请恢复原文，另加新的迁移来修改。")
            }
            rest[migration.series]?.removeFirst()
        }
        let missing = Set(rest.values.joined().map(\.name))
        return migrations.filter { missing.contains($0.name) }
    }

    /// Runs what is missing, each migration with its ledger row in one transaction.
    func migrate(at moment: Timestamp) throws(StoreError) {
        let pending = try pending()
        guard !pending.isEmpty else { return }
        // Without effect inside a transaction, so it is switched around them all.
        try connection.run("PRAGMA foreign_keys = OFF")
        for (index, migration) in pending.enumerated() {
            do {
                try run(migration, position: migrations.count - pending.count + index + 1, at: moment)
            } catch {
                connection.rollBack()
                throw error.isCausedByWork ? failed(migration, error.message) : error
            }
        }
        try connection.run("PRAGMA foreign_keys = ON")
    }

    private func run(_ migration: Migration, position: Int, at moment: Timestamp) throws(StoreError) {
        try connection.run("BEGIN IMMEDIATE")
        try connection.runScript(migration.sql, control: false)
        let loose = try connection.texts(
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            """)
        if let table = loose.first { throw failed(migration, "表 \(table) 不是 STRICT") }
        let dangling = try connection.texts("SELECT \"table\" FROM pragma_foreign_key_check")
        if let table = dangling.first { throw failed(migration, "表 \(table) 引用了不存在的记录") }
        let statement = try connection.borrow("INSERT INTO store_migrations VALUES (?, ?, ?, ?)")
        defer { connection.giveBack(statement) }
        try statement.bind([position, migration.name, migration.digest, moment])
        try statement.run()
        try connection.run("COMMIT")
    }

    private func failed(_ migration: Migration, _ what: String) -> StoreError {
        StoreError(
            .migrationFailed, "\(connection.file) 的迁移 \(migration.name) 未能执行，数据未改动：请报告给开发人员。\(what)")
    }
}
