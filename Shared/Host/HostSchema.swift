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
    ]
}
