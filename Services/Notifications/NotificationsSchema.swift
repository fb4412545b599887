import Host
import Store

/// The tables of notifications. Append-only: a change is a further migration.
enum NotificationsSchema {
    static let migrations = [
        Migration(
            "notifications-1-inbox",
            """
            CREATE TABLE enterprise(code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;

            CREATE TABLE person(
                id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL, township TEXT NOT NULL, applied_on TEXT,
                accepted_on TEXT, is_party_member INTEGER NOT NULL DEFAULT 0,
                has_out_of_pool INTEGER NOT NULL DEFAULT 0) STRICT;

            -- A row without due only remembers that the track is done before it began. is_passed: reported as late.
            CREATE TABLE track(
                id INTEGER PRIMARY KEY, person INTEGER NOT NULL, track TEXT NOT NULL,
                enterprise TEXT NOT NULL DEFAULT '', township TEXT NOT NULL DEFAULT '', due TEXT,
                is_done INTEGER NOT NULL DEFAULT 0, is_passed INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE UNIQUE INDEX track_person ON track(person, track);
            CREATE INDEX track_due ON track(due) WHERE is_done = 0 AND is_passed = 0;
            CREATE INDEX track_passed ON track(id, track) WHERE is_passed = 1;
            CREATE INDEX track_passed_township ON track(township, id, track) WHERE is_passed = 1;
            CREATE INDEX track_passed_enterprise ON track(enterprise, id, track) WHERE is_passed = 1;

            -- Messages hold no personal data. addressee: the roles and areas that a message is for.
            CREATE TABLE message(
                id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, title TEXT NOT NULL,
                body TEXT NOT NULL) STRICT;
            CREATE TABLE addressee(
                role TEXT NOT NULL, area TEXT NOT NULL, message INTEGER NOT NULL REFERENCES message(id),
                PRIMARY KEY(role, area, message)) STRICT, WITHOUT ROWID;
            CREATE TABLE read_mark(
                message INTEGER NOT NULL REFERENCES message(id), user TEXT NOT NULL, at INTEGER NOT NULL,
                PRIMARY KEY(message, user)) STRICT, WITHOUT ROWID;

            -- One message a day for each role and area about what is late.
            CREATE TABLE digest(
                role TEXT NOT NULL, area TEXT NOT NULL, day TEXT NOT NULL,
                message INTEGER NOT NULL REFERENCES message(id), PRIMARY KEY(role, area, day)) STRICT, WITHOUT ROWID;
            CREATE TABLE digest_count(
                message INTEGER NOT NULL REFERENCES message(id), track TEXT NOT NULL, people INTEGER NOT NULL,
                PRIMARY KEY(message, track)) STRICT, WITHOUT ROWID;

            CREATE TABLE announcement(
                id INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER NOT NULL REFERENCES message(id),
                recipients INTEGER NOT NULL, published_by TEXT NOT NULL) STRICT;

            -- subject, answer: free texts, sealed.
            CREATE TABLE notice(
                id INTEGER PRIMARY KEY AUTOINCREMENT, role TEXT NOT NULL, area TEXT NOT NULL, subject BLOB NOT NULL,
                due TEXT NOT NULL, state TEXT NOT NULL, answer BLOB, opened_by TEXT NOT NULL,
                opened_by_role TEXT NOT NULL, opened_at INTEGER NOT NULL, answered_by TEXT, answered_at INTEGER,
                closed_by TEXT, closed_at INTEGER) STRICT;
            CREATE INDEX notice_unit ON notice(role, area, id);
            CREATE INDEX notice_opener ON notice(opened_by_role, id);
            """),
        // By which rule a track's day was set. Until now it was always the program's one.
        Migration(
            "notifications-2-rules",
            """
            ALTER TABLE track ADD COLUMN term TEXT;
            ALTER TABLE track ADD COLUMN rule_from TEXT;
            ALTER TABLE track ADD COLUMN rule_source TEXT;
            UPDATE track SET rule_from = '2020-07-31',
                term = CASE track
                    WHEN 'acceptance' THEN '申请后 10 日内' WHEN 'archives' THEN '申请后 30 日内'
                    WHEN 'social-insurance' THEN '接收后次月底前' WHEN 'health' THEN '接收后 60 日内'
                    ELSE '接收后 30 日内' END,
                rule_source = CASE track
                    WHEN 'acceptance' THEN '第十五条（三）' WHEN 'archives' THEN '第十六条（一）'
                    WHEN 'party' THEN '第十条（四）' WHEN 'confirmation' THEN '第十六条（三）'
                    WHEN 'social-insurance' THEN '第十六条（四）' WHEN 'health' THEN '第八条（四）'
                    ELSE '第十二条（二）' END
            WHERE due IS NOT NULL;
            """),
        // What is late, walked track by track; and how much there is, kept by triggers, because every page of the list
        // tells the total.
        Migration(
            "notifications-3-lists",
            """
            DROP INDEX track_passed;
            DROP INDEX track_passed_township;
            DROP INDEX track_passed_enterprise;
            CREATE INDEX track_passed ON track(track, id) WHERE is_passed = 1;
            CREATE INDEX track_passed_township ON track(township, track, id) WHERE is_passed = 1;
            CREATE INDEX track_passed_enterprise ON track(enterprise, track, id) WHERE is_passed = 1;

            CREATE TABLE passed_count(
                track TEXT NOT NULL, enterprise TEXT NOT NULL, township TEXT NOT NULL, tracks INTEGER NOT NULL,
                PRIMARY KEY(track, enterprise, township)) STRICT, WITHOUT ROWID;
            INSERT INTO passed_count
            SELECT track, enterprise, township, count(*) FROM track WHERE is_passed = 1
            GROUP BY track, enterprise, township;
            CREATE TRIGGER track_passed_no_more AFTER UPDATE OF is_passed, enterprise, township ON track
            WHEN old.is_passed = 1
            BEGIN UPDATE passed_count SET tracks = tracks - 1
            WHERE track = old.track AND enterprise = old.enterprise AND township = old.township; END;
            CREATE TRIGGER track_passes AFTER UPDATE OF is_passed, enterprise, township ON track
            WHEN new.is_passed = 1
            BEGIN INSERT INTO passed_count VALUES(new.track, new.enterprise, new.township, 1)
            ON CONFLICT(track, enterprise, township) DO UPDATE SET tracks = tracks + 1; END;
            CREATE TRIGGER track_passed_goes AFTER DELETE ON track WHEN old.is_passed = 1
            BEGIN UPDATE passed_count SET tracks = tracks - 1
            WHERE track = old.track AND enterprise = old.enterprise AND township = old.township; END;
            """),
        Migration("notifications-4-bound", SealedColumn.begin(ifAnyIn: ["notice"], as: .notifications)),
    ]
}
