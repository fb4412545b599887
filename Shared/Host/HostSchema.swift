import Store

/// The tables that the host keeps in every service's store, beside the service's own.
enum HostSchema {
    static let migrations = [
        Migration(
            "host-1-parked", series: "host",
            """
            CREATE TABLE parked(
                stream TEXT NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, name TEXT NOT NULL,
                version INTEGER NOT NULL, body BLOB NOT NULL, cause TEXT NOT NULL, discarded TEXT,
                PRIMARY KEY(stream, seq)) STRICT, WITHOUT ROWID;
            CREATE INDEX parked_key ON parked(stream, key) WHERE discarded IS NULL;
            """),
        // Who looked at whose data: the person may ask (个人信息保护法 第四十五条), and logs are kept.
        Migration(
            "host-2-looked", series: "host",
            """
            CREATE TABLE looked(
                at INTEGER NOT NULL, person INTEGER NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL,
                message TEXT NOT NULL) STRICT;
            CREATE INDEX looked_person ON looked(person, at);
            """),
        Migration("host-3-seal-check", series: "host", "CREATE TABLE seal_check(token INTEGER NOT NULL) STRICT"),
        Migration("host-4-looked-by-day", series: "host", Looked.migration),
        // Digests of earlier releases were made without a key: whoever had the file could try contents out. A repeated
        // command of before is known by its number alone. The row in clear_results says that answers are to be sealed.
        Migration(
            "host-5-keyed-digests", series: "host",
            """
            UPDATE command_results SET request_digest = 0;
            CREATE TABLE clear_results(are_to_be_sealed INTEGER NOT NULL) STRICT;
            INSERT INTO clear_results VALUES(1);
            CREATE INDEX parked_discarded ON parked(at) WHERE discarded IS NOT NULL;
            """),
        // A renewed log counts on under numbers that its former epoch had as well.
        Migration(
            "host-6-parked-by-epoch", series: "host",
            """
            CREATE TABLE parked_by_epoch(
                stream TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, key TEXT NOT NULL,
                at INTEGER NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL,
                cause TEXT NOT NULL, discarded TEXT, PRIMARY KEY(stream, epoch, seq)) STRICT, WITHOUT ROWID;
            INSERT INTO parked_by_epoch
                SELECT parked.stream, coalesce(stream_offsets.epoch, 0), parked.seq, key, at, name, version, body,
                    cause, discarded
                FROM parked LEFT JOIN stream_offsets ON stream_offsets.stream = parked.stream;
            DROP TABLE parked;
            ALTER TABLE parked_by_epoch RENAME TO parked;
            CREATE INDEX parked_key ON parked(stream, key) WHERE discarded IS NULL;
            CREATE INDEX parked_discarded ON parked(at) WHERE discarded IS NOT NULL;
            """),
        Migration("host-7-passed-over", series: "host", PassedOver.migration),
        // What the county sets beside the rows that the program brings; see `Parameter`. value: JSON.
        Migration(
            "host-8-parameter", series: "host",
            """
            CREATE TABLE parameter(
                name TEXT NOT NULL, holds_from TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
                set_by TEXT NOT NULL, set_role TEXT NOT NULL, set_at INTEGER NOT NULL,
                PRIMARY KEY(name, holds_from)) STRICT, WITHOUT ROWID;
            CREATE TRIGGER parameter_keeps_rows BEFORE UPDATE ON parameter
            BEGIN SELECT RAISE(ABORT, 'a parameter keeps its rows'); END;
            CREATE TRIGGER parameter_loses_none BEFORE DELETE ON parameter
            BEGIN SELECT RAISE(ABORT, 'a parameter keeps its rows'); END;
            """),
        // officer: who ordered the work, for its events. failed_at: a piece failed then; after a pause it is tried
        // again.
        Migration(
            "host-9-unfinished", series: "host",
            """
            CREATE TABLE unfinished(
                id INTEGER PRIMARY KEY AUTOINCREMENT, work TEXT NOT NULL, subject INTEGER NOT NULL,
                officer TEXT NOT NULL, failed_at INTEGER, UNIQUE(work, subject)) STRICT;

            -- How far SealedColumn.bindAll is, while it is under way: which column, and after which row.
            CREATE TABLE binding(place INTEGER NOT NULL, key1 INTEGER NOT NULL, key2 INTEGER NOT NULL) STRICT;
            """),
        Migration("host-10-epochs", series: "host", Reconciling.migration),
        // proof: of the last look, the beginning of the digest of the assertion that proved who asked.
        Migration("host-11-looked-proof", series: "host", "ALTER TABLE looked ADD COLUMN proof TEXT"),
        Migration(
            "host-12-looked-list", series: "host",
            """
            CREATE INDEX looked_list ON looked(day DESC, subject, user, message);
            DROP INDEX looked_day;
            CREATE INDEX looked_user ON looked(user, day);
            """),
        // seq: the event by which a day was bound into the log.
        Migration(LookedDays.migrationName, series: "host", LookedDays.migration),
    ]
}
