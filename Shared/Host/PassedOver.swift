import Contracts
import Store

/// Events of a name or version that this program does not know: a newer one wrote them. They are passed over, and taken
/// in once a program that knows them has the store. Each kind has a row for each log, from before its first such event
/// to its last; since live events wait while the row is worked off, all between were passed over, and nothing else was.
enum PassedOver {
    static let migration = """
        CREATE TABLE passed_over(
            stream TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, after_seq INTEGER NOT NULL,
            after_hash BLOB NOT NULL, last_seq INTEGER NOT NULL, PRIMARY KEY(stream, name, version))
            STRICT, WITHOUT ROWID;
        """

    /// What is to be fetched again.
    struct Due {
        /// Where to go on: the last event before, with its hash.
        var seq: Int64
        var hash: [UInt8]
        var last: Int64
        /// For each kind the numbers after and up to which its events were passed over.
        var spans: [EventKind: (after: Int64, last: Int64)]

        func includes(_ item: EventBatch.Item) -> Bool {
            guard let span = spans[item.kind] else { return false }
            return span.after < item.seq && item.seq <= span.last
        }
    }

    /// - Parameter previous: the hash of the event before.
    static func note(
        _ item: EventBatch.Item, of stream: ServiceName, previous: [UInt8], _ transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO passed_over(stream, name, version, after_seq, after_hash, last_seq) VALUES(?, ?, ?, ?, ?, ?)
            ON CONFLICT(stream, name, version) DO UPDATE SET last_seq = excluded.last_seq
            """, stream.rawValue, item.name, item.version, item.seq - 1, previous, item.seq)
    }

    /// What of a log was passed over and is known now; nil when nothing.
    static func due(_ stream: ServiceName, knows: Set<EventKind>, _ snapshot: Snapshot) throws -> Due? {
        let rows = try snapshot.rows(
            """
            SELECT name, version, after_seq, after_hash, last_seq FROM passed_over WHERE stream = ?
            ORDER BY after_seq
            """, stream.rawValue
        ) { row in
            (
                kind: EventKind(name: try row.text(0), version: try row.int(1)), after: try row.integer(2),
                hash: try row.blob(3), last: try row.integer(4)
            )
        }.filter { knows.contains($0.kind) }
        guard let first = rows.first else { return nil }
        return Due(
            seq: first.after, hash: first.hash, last: rows.map(\.last).max() ?? first.last,
            spans: Dictionary(uniqueKeysWithValues: rows.map { ($0.kind, ($0.after, $0.last)) }))
    }

    /// Enters how far the events that were due are taken in.
    static func advance(
        _ due: Due, of stream: ServiceName, to seq: Int64, hash: [UInt8], _ transaction: Transaction
    ) throws {
        for kind in due.spans.keys {
            try transaction.execute(
                """
                UPDATE passed_over SET after_seq = ?, after_hash = ?
                WHERE stream = ? AND name = ? AND version = ? AND after_seq < ?
                """, seq, hash, stream.rawValue, kind.name, kind.version, seq)
        }
        try transaction.execute(
            "DELETE FROM passed_over WHERE stream = ? AND after_seq >= last_seq", stream.rawValue)
    }
}
