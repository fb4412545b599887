import Contracts
import Domain
import Sealing
import Store

/// The service's own log begins a new epoch, after part of it was lost or put back older: the host's own event, in each
/// log that was reconciled. Who followed the log in one of the former epochs joins on after `seq`.
struct EpochBegan: Event {
    static let name = "log.epoch-began"
    static let title = "日志换代"
    static let sensitivity = Sensitivity.open

    /// The former epochs.
    var replaces: [UInt64]
    /// The last event before this one, the last that the log still has of the former epochs.
    var seq: Int64
    /// That event's hash, in hexadecimal.
    var hash: String
    /// Why, in the words of the person who reconciled.
    var reason: String

    var key: String { "log" }

    static let kind = EventKind(name: name, version: version)
}

/// Epochs of the own log, and what this service knows of others' logs that those have lost.
enum Reconciling {
    static let migration = """
        -- Epochs of the own log that are over: whoever followed it then joins on after seq.
        CREATE TABLE replaced_epoch(epoch INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT;
        -- What was applied of another's log and is no longer in it. It stays applied; a person decides about it.
        CREATE TABLE surplus(
            stream TEXT NOT NULL, epoch INTEGER NOT NULL, after_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,
            last_hash BLOB NOT NULL, noticed_at INTEGER NOT NULL, PRIMARY KEY(stream, epoch)) STRICT, WITHOUT ROWID;
        """

    /// Numbers of people and papers that were given out in the lost part must not be given out again: they go on so far
    /// behind the last that is known here.
    static let skippedNumbers: Int64 = 1_000_000

    /// Writes and takes back a row: SQLite leaves out a change that changes nothing.
    static func touch(_ transaction: Transaction) throws {
        try transaction.execute("INSERT INTO replaced_epoch(epoch, seq) VALUES(0, 0)")
        try transaction.execute("DELETE FROM replaced_epoch WHERE epoch = 0")
    }

    static func settledEpochs(_ snapshot: Snapshot) throws -> Set<UInt64> {
        Set(try snapshot.rows("SELECT epoch FROM replaced_epoch") { UInt64(bitPattern: try $0.integer(0)) })
    }

    /// After which event a reader of a former epoch joins on; nil for an epoch that this log never had.
    static func joint(of epoch: UInt64, after seq: Int64, _ snapshot: Snapshot) throws -> Int64? {
        try snapshot.scalar("SELECT seq FROM replaced_epoch WHERE epoch = ?", Int64(bitPattern: epoch))
            .map { min($0, seq) }
    }

    /// Begins a new epoch of the own log.
    static func run(_ command: ReconcileLog, chance: UInt64, _ context: WriteContext) throws -> LogReconciled {
        guard context.officer.role == .systemOperator else { throw CommonRefusal.roleNotEntitled }
        guard !command.reason.allSatisfy(\.isWhitespace) else { throw CommonRefusal.malformed.naming(["reason"]) }
        let transaction = context.transaction
        let head = try transaction.head()
        // What was shown to the person who decided is what is decided about.
        guard command.seq == head.seq else { throw LogRefusal.movedOn }
        let replaces = Set(command.positions.map(\.epoch) + [head.epoch])
        for epoch in replaces {
            try transaction.execute(
                """
                INSERT INTO replaced_epoch(epoch, seq) VALUES(?, ?)
                ON CONFLICT(epoch) DO UPDATE SET seq = min(seq, excluded.seq)
                """, Int64(bitPattern: epoch), head.seq)
        }
        let epoch = try transaction.renewEpoch(above: replaces.max() ?? head.epoch, chance: chance)
        try context.emit(
            EpochBegan(
                replaces: replaces.sorted(), seq: head.seq, hash: Hex.encode(head.hash), reason: command.reason))
        let lost = command.positions.map(\.seq).max() ?? 0
        try skipNumbers(by: skippedNumbers + max(0, lost - head.seq), transaction)
        return LogReconciled(epoch: epoch, seq: try transaction.head().seq)
    }

    private static func skipNumbers(by gap: Int64, _ transaction: Transaction) throws {
        let tables = try transaction.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
        ) { try $0.text(0) }
        for table in tables {
            try transaction.execute("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ?", gap, table)
            if transaction.changedRows == 0 {
                try transaction.execute("INSERT INTO sqlite_sequence(name, seq) VALUES(?, ?)", table, gap)
            }
        }
    }

    /// Where this service stands in a log, its own or another's, and what it knows beyond an event.
    static func known<Logic: ServiceLogic>(
        _ logic: Logic.Type, _ query: KnownLog, _ snapshot: Snapshot
    ) throws -> LogKnowledge {
        guard let stream = ServiceName(rawValue: query.stream) else { throw CommonRefusal.malformed.naming(["stream"]) }
        if stream == Logic.name {
            let head = try snapshot.head()
            return LogKnowledge(epoch: head.epoch, seq: head.seq, hash: Hex.encode(head.hash), events: [], surplus: [])
        }
        let offset = try snapshot.offset(of: stream.rawValue)
        let surplus = try snapshot.rows(
            "SELECT epoch, after_seq, last_seq FROM surplus WHERE stream = ? ORDER BY noticed_at", stream.rawValue
        ) { row in
            LogSurplus(
                epoch: UInt64(bitPattern: try row.integer(0)), after: try row.integer(1), last: try row.integer(2))
        }
        return LogKnowledge(
            epoch: offset?.epoch ?? 0, seq: offset?.seq ?? 0, hash: Hex.encode(offset?.hash ?? []),
            events: try Logic.known(of: stream, after: query.after, limit: 1000, snapshot), surplus: surplus)
    }

    /// Notes what was applied of a former epoch and is gone.
    static func note(
        _ offset: StreamOffset, of stream: ServiceName, after seq: Int64, _ transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO surplus(stream, epoch, after_seq, last_seq, last_hash, noticed_at) VALUES(?, ?, ?, ?, ?, ?)
            ON CONFLICT(stream, epoch) DO NOTHING
            """, stream.rawValue, Int64(bitPattern: offset.epoch), seq, offset.seq, offset.hash,
            transaction.now.millisecondsSinceEpoch)
        try transaction.execute(
            "DELETE FROM passed_over WHERE stream = ? AND after_seq >= ?", stream.rawValue, seq)
        try transaction.execute(
            "UPDATE passed_over SET last_seq = min(last_seq, ?) WHERE stream = ?", seq, stream.rawValue)
    }
}
