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
