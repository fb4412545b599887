import Store

/// The tables of the archives service. Append-only: a change is a further migration.
enum ArchivesSchema {
    static let migrations = [
        Migration(
            "archives-1-files",
            """
            -- contents: catalogue, missing materials with their proofs, and reasons of a return, sealed.
            -- is_withdrawn: the person left the ledger after somebody had decided on the file; the decision is kept.
            CREATE TABLE file(
                person INTEGER PRIMARY KEY, enterprise TEXT NOT NULL, township TEXT NOT NULL, state TEXT NOT NULL,
                is_committee_managed INTEGER NOT NULL DEFAULT 0, has_application INTEGER NOT NULL DEFAULT 0,
                is_withdrawn INTEGER NOT NULL DEFAULT 0, ground TEXT, scheme TEXT, volumes INTEGER NOT NULL DEFAULT 0,
                receipt_year INTEGER, receipt_serial INTEGER, received_on TEXT, contents BLOB) STRICT;
            CREATE INDEX file_work ON file(has_application, person)
                WHERE state IN ('awaiting', 'returned') AND is_withdrawn = 0;
            CREATE INDEX file_enterprise ON file(enterprise, has_application, person)
                WHERE state IN ('awaiting', 'returned') AND is_withdrawn = 0;

            -- Every signed hand-over document, also of a file that was returned later: numbers are dense per year.
            CREATE TABLE receipt(
                year INTEGER NOT NULL, serial INTEGER NOT NULL, person INTEGER NOT NULL, dated TEXT NOT NULL,
                PRIMARY KEY(year, serial)) STRICT, WITHOUT ROWID;
            """),
        Migration(
            "archives-2-lists",
            """
            CREATE INDEX file_township ON file(township, has_application, person)
                WHERE state IN ('awaiting', 'returned') AND is_withdrawn = 0;
            CREATE INDEX file_enterprise_township ON file(enterprise, township, has_application, person)
                WHERE state IN ('awaiting', 'returned') AND is_withdrawn = 0;
            """),
        // What the enterprise entered before the bureau received, and the files that one hand-over document is about.
        Migration(
            "archives-3-batches",
            """
            ALTER TABLE file ADD COLUMN has_catalogue INTEGER NOT NULL DEFAULT 0;
            UPDATE file SET has_catalogue = 1 WHERE scheme IS NOT NULL AND state IN ('returned', 'received');

            CREATE TABLE receipt_batch(
                batch TEXT NOT NULL, enterprise TEXT NOT NULL, year INTEGER NOT NULL, serial INTEGER NOT NULL,
                PRIMARY KEY(batch, enterprise, year)) STRICT, WITHOUT ROWID;
            -- The first file of a document stands in the document's own row.
            CREATE TABLE receipt_file(
                year INTEGER NOT NULL, serial INTEGER NOT NULL, person INTEGER NOT NULL,
                PRIMARY KEY(year, serial, person)) STRICT, WITHOUT ROWID;
            """),
    ]
}
