import Contracts
import Domain
import Store

/// An answer to a query that waits until it is written down who looked.
public struct PendingAnswer: Sendable {
    public var reply: Work.Reply
    public var looked: NoteLooked?

    public init(reply: Work.Reply, looked: NoteLooked?) {
        self.reply = reply
        self.looked = looked
    }
}

/// Who looked at whose data (个人信息保护法 第四十五条: a person may ask). One row for each subject, account, message and
/// day, with how often: a list that is opened a hundred times a day is one row for each of its people.
enum Looked {
    static func save(_ note: NoteLooked, _ transaction: Transaction) throws {
        let day = CalendarDay(transaction.now).description
        try transaction.execute("UPDATE looked_closed SET seq = 0 WHERE day = ?", day)
        for subject in note.subjects {
            try transaction.execute(
                """
                INSERT INTO looked(subject, user, message, day, role, times, last_at, proof)
                VALUES(?, ?, ?, ?, ?, 1, ?, ?)
                ON CONFLICT(subject, user, message, day) DO UPDATE
                SET times = times + 1, last_at = excluded.last_at, proof = excluded.proof
                """, subject, note.user, note.message, day, note.role.rawValue, transaction.now, note.proof)
        }
    }

    /// - Throws: what the store throws.
    static func list(_ query: ListLooked, _ snapshot: Snapshot, today: CalendarDay) throws -> LookedRows {
        let limit = min(max(query.limit, 1), ListLooked.mostRows)
        let from = query.from?.description ?? ""
        let until = query.until?.description ?? "9"
        if query.isUnusualOnly == true {
            return LookedRows(
                rows: [], hasMore: false, unusual: try unusual(from, until, query.user, snapshot))
        }
        let after = query.after
        var rows = try snapshot.rows(
            """
            SELECT day, subject, user, role, message, times, last_at, proof FROM looked
            WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR subject = ?3) AND (?4 IS NULL OR user = ?4)
                AND (?5 IS NULL OR day < ?5 OR (day = ?5 AND (subject, user, message) > (?6, ?7, ?8)))
            ORDER BY day DESC, subject, user, message LIMIT ?9
            """, from, until, query.subject, query.user, after?.day.description, after?.subject ?? "",
            after?.user ?? "", after?.message ?? "", limit + 1
        ) { row in
            LookedRow(
                day: try Stored.value(CalendarDay(row.text(0))), subject: try row.text(1), user: try row.text(2),
                role: try Stored.value(Role(rawValue: row.text(3))), message: try row.text(4), times: try row.int(5),
                lastAt: try row.timestamp(6), proof: try row.optionalText(7))
        }
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        return LookedRows(rows: rows, hasMore: hasMore, unusual: [])
    }

    /// Accounts that looked at many people on one day, or at night.
    private static func unusual(
        _ from: String, _ until: String, _ user: String?, _ snapshot: Snapshot
    ) throws -> [UnusualLooking] {
        let night = UnusualLooking.night
        return try snapshot.rows(
            """
            SELECT day, user, max(role), count(DISTINCT subject), sum(times),
                max((last_at / 3600000 + 8) % 24 >= ?1 OR (last_at / 3600000 + 8) % 24 < ?2) AS at_night
            FROM looked WHERE day BETWEEN ?3 AND ?4 AND (?5 IS NULL OR user = ?5) GROUP BY day, user
            HAVING count(DISTINCT subject) > ?6 OR at_night ORDER BY day DESC, user LIMIT 200
            """, night.from, night.until, from, until, user, UnusualLooking.manyPeople
        ) { row in
            UnusualLooking(
                day: try Stored.value(CalendarDay(row.text(0))), user: try row.text(1),
                role: try Stored.value(Role(rawValue: row.text(2))), people: try row.int(3), times: try row.int(4),
                isAtNight: try row.integer(5) != 0)
        }
    }

    /// Rows of earlier releases have one row for each look.
    static let migration = """
        ALTER TABLE looked RENAME TO looked_each;
        DROP INDEX looked_person;
        CREATE TABLE looked(
            subject TEXT NOT NULL, user TEXT NOT NULL, message TEXT NOT NULL, day TEXT NOT NULL, role TEXT NOT NULL,
            times INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY(subject, user, message, day))
            STRICT, WITHOUT ROWID;
        CREATE INDEX looked_day ON looked(day);
        INSERT INTO looked
        SELECT 'person:' || person, user, message, date(at / 1000 + 28800, 'unixepoch') AS day, max(role), count(*),
            max(at)
        FROM looked_each GROUP BY person, user, message, day;
        DROP TABLE looked_each;
        """
}
