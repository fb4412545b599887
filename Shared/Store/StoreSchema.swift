import Domain

/// The tables that every store has, beside those of its service.
enum StoreSchema {
    /// In the file's header, so that a database of another program is never taken for ours: "JL", 1.
    static let applicationId: Int64 = 0x4A4C_0001
    /// `user_version`: grows when these tables change.
    static let format: Int64 = 1

    /// All in one transaction. The log refuses changes of its records: they are facts.
    static let creation = """
        PRAGMA application_id = \(applicationId);
        PRAGMA user_version = \(format);
        CREATE TABLE store_identity (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            stream TEXT NOT NULL,
            origin INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            writer_epoch INTEGER NOT NULL,
            head_seq INTEGER NOT NULL,
            head_hash BLOB NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE store_migrations (
            position INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            digest BLOB NOT NULL,
            applied_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE log (
            seq INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            key TEXT NOT NULL,
            actor TEXT NOT NULL,
            body BLOB NOT NULL,
            body_digest BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER log_keeps_records BEFORE UPDATE ON log
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER log_loses_nothing BEFORE DELETE ON log
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TABLE stream_offsets (
            stream TEXT PRIMARY KEY,
            epoch INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            hash BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE command_callers (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE command_results (
            caller INTEGER NOT NULL, -- command_callers.id; no reference, which would be looked up for each command
            session INTEGER NOT NULL,
            counter INTEGER NOT NULL,
            status INTEGER NOT NULL,
            body BLOB NOT NULL,
            request_digest INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (caller, session, counter)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX command_results_by_age ON command_results (at);
        """
}

/// The one row that says whose store it is, who may write it and where its log stands.
struct StoreIdentity {
    var head: LogHead
    /// Grows with each writer; a writer that finds another number has been replaced.
    var writerEpoch: Int64

    static func read(_ connection: Connection) throws(StoreError) -> StoreIdentity {
        let statement = try connection.borrow(
            "SELECT stream, epoch, origin, writer_epoch, head_seq, head_hash FROM store_identity")
        defer { connection.giveBack(statement) }
        guard try statement.step() else { throw StoreError.damaged(connection.file, "缺少身份行") }
        let head = LogHead(
            stream: statement.text(0), epoch: UInt64(bitPattern: statement.integer(1)), seq: statement.integer(4),
            hash: statement.blob(5), origin: UInt64(bitPattern: statement.integer(2)))
        return StoreIdentity(head: head, writerEpoch: statement.integer(3))
    }

    /// Writes the row of a new store.
    static func create(
        _ connection: Connection, stream: String, epoch: UInt64, at moment: Timestamp
    ) throws(StoreError) {
        let statement = try connection.borrow("INSERT INTO store_identity VALUES (1, ?, ?, ?, 0, 0, ?, ?)")
        defer { connection.giveBack(statement) }
        try statement.bind([
            stream, Int64(bitPattern: epoch), Int64(bitPattern: epoch),
            LogChain.genesis(stream: stream, epoch: epoch), moment,
        ])
        try statement.run()
    }

    /// Puts the head beside the log, so that records cut off at its end are noticed.
    static func writeHead(_ head: LogHead, _ connection: Connection) throws(StoreError) {
        let statement = try connection.borrow("UPDATE store_identity SET head_seq = ?, head_hash = ?")
        defer { connection.giveBack(statement) }
        try statement.bind(1, head.seq)
        try statement.bind(2, head.hash)
        try statement.run()
    }
}
