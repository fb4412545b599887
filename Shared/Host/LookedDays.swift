import Contracts
import Domain
import Sealing
import Store

/// Binds the record of who looked into the chain of hashes: when a day is over, its rows' digest goes into the log.
/// Rows of a day that is over never change, so that `jieli verify` can reckon it again.
public enum LookedDays {
    /// In no contract: other services get it without its body, and have nothing to do with it.
    static let eventName = "looked.day-closed"

    /// Stores that have run it have something to verify.
    public static let migrationName = "host-13-looked-days"
    /// seq: of the day's event; 0 when rows came after it, because a clock was set back.
    static let migration = """
        CREATE TABLE looked_closed(day TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """

    private struct Closed: Codable {
        var day: String
        var rows: Int
        /// SM3 in hexadecimal.
        var digest: String
    }

    /// One day at a time, the earliest first; nothing when none is due.
    static func close(_ transaction: Transaction, by actor: String) throws {
        let today = CalendarDay(transaction.now).description
        let day = try transaction.first(
            """
            SELECT coalesce((SELECT min(day) FROM looked_closed WHERE seq = 0 AND day < ?1),
                (SELECT min(day) FROM looked
                WHERE day < ?1 AND day > coalesce((SELECT max(day) FROM looked_closed), '')))
            """, today
        ) { try $0.optionalText(0) }
        guard let day, let day else { return }
        let (rows, digest) = try reckon(day, transaction)
        let seq = try transaction.append(
            name: eventName, version: 1, key: "looked:\(day)", actor: actor,
            body: JSONCoding.bytes(Closed(day: day, rows: rows, digest: digest)))
        try transaction.execute("INSERT OR REPLACE INTO looked_closed(day, seq) VALUES(?, ?)", day, seq)
    }

    private static func reckon(_ day: String, _ snapshot: Snapshot) throws -> (rows: Int, digest: String) {
        var hasher = SM3Hasher()
        var count = 0
        _ = try snapshot.rows(
            """
            SELECT subject, user, message, role, times, last_at, coalesce(proof, '') FROM looked WHERE day = ?
            ORDER BY subject, user, message
            """, day
        ) { row in
            let texts = [
                try row.text(0), try row.text(1), try row.text(2), try row.text(3), String(try row.integer(4)),
                String(try row.integer(5)), try row.text(6),
            ]
            hasher.update(Array((texts.joined(separator: "\u{1F}") + "\n").utf8))
            count += 1
        }
        return (count, Hex.encode(hasher.finish()))
    }

    /// Holds the rows of every closed day that the period still keeps against what the log says of it.
    /// - Returns: what is wrong, for people.
    public static func verify(_ snapshot: Snapshot, today: CalendarDay) throws -> [String] {
        let kept = today.adding(days: -Retention.lookedInDays).description
        let closed = try snapshot.rows(
            "SELECT body FROM log WHERE name = ? ORDER BY seq", eventName
        ) { try JSONCoding.value(Closed.self, from: $0.blob(0)) }
        let open = try snapshot.rows("SELECT day FROM looked_closed WHERE seq = 0") { try $0.text(0) }
        let words = Dictionary(grouping: closed.filter { $0.day > kept }, by: \.day).sorted { $0.key < $1.key }
        return try words.compactMap { day, words in
            guard let last = words.last else { return nil }
            let (rows, digest) = try reckon(day, snapshot)
            // A day that was opened again, by a clock that was set back or by hand, gains rows and never loses any.
            let counts = words.map(\.rows) + [rows]
            let loses = zip(counts, counts.dropFirst()).contains { $0 > $1 }
            guard loses || !open.contains(day) && digest != last.digest else { return nil }
            return "\(day) 的查阅记录与当日封存时不同（当时 \(counts.max() ?? 0) 行，现在 \(rows) 行）：有人改动或删除了记录"
        }
    }
}
