import Store

/// The tables of what is done for many. Append-only.
enum RunSchema {
    static let migrations = [
        Migration(
            "gateway-5-runs",
            """
            -- session: the first half of the items' command numbers; the second is their place.
            CREATE TABLE run(
                id INTEGER PRIMARY KEY, user TEXT NOT NULL, officer TEXT NOT NULL, step TEXT NOT NULL,
                version INTEGER NOT NULL, origin TEXT NOT NULL, file_name TEXT, again INTEGER, remarks TEXT,
                state TEXT NOT NULL, session INTEGER NOT NULL, begun INTEGER NOT NULL, ended INTEGER,
                items INTEGER NOT NULL,
                done INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX run_user ON run(user, id);
            CREATE INDEX run_running ON run(id) WHERE state = 'running';
            CREATE INDEX run_begun ON run(begun);

            -- outcome: NULL until the item was tried. command and filled are sealed, and go once the item is done.
            CREATE TABLE run_item(
                id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run(id), place INTEGER NOT NULL,
                person INTEGER, sheet_row INTEGER, command BLOB, filled BLOB, outcome TEXT, refusal TEXT, word BLOB,
                UNIQUE(run, place)) STRICT;
            CREATE INDEX run_item_outcome ON run_item(run, outcome, place);
            CREATE INDEX run_item_kept ON run_item(run) WHERE command IS NOT NULL OR filled IS NOT NULL;
            """),
        // proof: the session of whoever began the run, sealed. access_change: up to where the accounts service's log
        // tells something new of an account or a session; what is remembered from before is asked for anew.
        Migration(
            "gateway-6-access",
            """
            ALTER TABLE run ADD COLUMN proof BLOB;
            CREATE TABLE access_change(subject TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            """),
    ]
}
