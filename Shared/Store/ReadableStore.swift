import Domain
import Synchronization

/// A store open for reading: its own read-only connection, one for each reader thread. Writers and readers do not wait
/// for each other.
///
/// Confined to one thread at a time. It may be handed from thread to thread; two uses at once, or a `read` inside
/// another, are noticed and fail with `.misuse`.
public final class ReadableStore: @unchecked Sendable {
    private let connection: Connection
    private let isReading = Atomic<Bool>(false)

    /// Opens an existing store.
    ///
    /// - Parameter migrations: Those of the service, so that a store of another age is refused; nil to read the tables
    ///   that every store has (log, offsets) whatever its age.
    ///
    /// Throws `.missing`, `.foreign`, `.damaged`, `.wrongStream`, `.newer`, `.older` (the writer has not migrated it
    /// yet: try again), `.migrationChanged`, `.noAccess`, `.busy`.
    public init(path: String, stream: String, migrations: [Migration]? = nil) throws(StoreError) {
        let path = FileStatus.canonical(path)
        let connection = try Connection(path: path, mode: .readOnly)
        guard try StoreOpening.isStore(connection) else { throw StoreError.missing(connection.file) }
        try StoreOpening.configure(connection)
        try connection.run("PRAGMA query_only = ON")
        _ = try StoreOpening.checkStream(connection, expected: stream)
        if let migrations {
            let pending = try MigrationLedger(connection: connection, migrations: migrations).pending()
            if let first = pending.first { throw StoreError.older(connection.file, first.name) }
        }
        self.connection = connection
    }

    /// Gives `body` a view of the store that stays the same until it returns, whatever the writer commits meanwhile.
    public func read<R>(_ body: (Snapshot) throws -> R) throws -> R {
        guard !isReading.exchange(true, ordering: .acquiring) else {
            throw StoreError.misuse("同一个只读存储同时被使用了两次")
        }
        defer { isReading.store(false, ordering: .releasing) }
        connection.forgetLoss()
        try connection.run("BEGIN DEFERRED")
        defer { connection.rollBack() }
        let snapshot = Snapshot(connection)
        defer { snapshot.end() }
        // A deferred transaction only takes its view with the first read.
        _ = try snapshot.head()
        return try body(snapshot)
    }

    /// Closes the connection. Idempotent; `deinit` closes too.
    public func close() {
        guard !isReading.exchange(true, ordering: .acquiring) else { return }
        connection.close()
        isReading.store(false, ordering: .releasing)
    }
}
