import Store

/// The tables of health records. Append-only: a change is a further migration.
enum HealthRecordsSchema {
    static let migrations = [
        Migration(
            "health-records-1-records",
            """
            -- awaits: accepted and without a record; a column of its own, so that the work list costs what it shows.
            CREATE TABLE person(
                id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL, township TEXT NOT NULL, accepted_on TEXT,
                awaits INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX person_awaits ON person(id) WHERE awaits = 1;
            CREATE INDEX person_awaits_township ON person(township, id) WHERE awaits = 1;
            CREATE INDEX person_awaits_enterprise ON person(enterprise, id) WHERE awaits = 1;

            -- The number is township, village and sequence. findings: blood type, allergies, diseases, sealed.
            CREATE TABLE record(
                person INTEGER PRIMARY KEY, township TEXT NOT NULL, village INTEGER NOT NULL,
                sequence INTEGER NOT NULL, opened_on TEXT NOT NULL, opened_by TEXT NOT NULL, findings BLOB NOT NULL)
                STRICT;
            CREATE UNIQUE INDEX record_number ON record(township, village, sequence);
            """),
        Migration(
            "health-records-2-lists",
            "CREATE INDEX person_awaits_both ON person(enterprise, township, id) WHERE awaits = 1;"),
    ]
}
