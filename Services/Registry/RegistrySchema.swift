import Host
import Store

/// The registry's tables. Append-only: a change is a further migration.
enum RegistrySchema {
    static let migrations = [
        Migration(
            "registry-1-ledger",
            """
            CREATE TABLE enterprise(
                code TEXT PRIMARY KEY, name TEXT NOT NULL, ownership TEXT NOT NULL, is_financial INTEGER NOT NULL,
                has_vanished INTEGER NOT NULL, stand_in TEXT, has_annuity INTEGER NOT NULL) STRICT, WITHOUT ROWID;

            CREATE TABLE roster(
                id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL REFERENCES enterprise(code), file_name TEXT NOT NULL,
                file_digest TEXT NOT NULL, headings TEXT NOT NULL, row_count INTEGER NOT NULL,
                received INTEGER NOT NULL DEFAULT 0, registered INTEGER NOT NULL DEFAULT 0,
                set_aside INTEGER NOT NULL DEFAULT 0, out_of_scope INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL,
                imported_at INTEGER NOT NULL) STRICT;
            CREATE UNIQUE INDEX roster_file ON roster(enterprise, file_digest) WHERE state <> 'undone';

            -- original: the row's cells, sealed.
            CREATE TABLE set_aside(
                roster INTEGER NOT NULL REFERENCES roster(id), sheet_row INTEGER NOT NULL, kind TEXT NOT NULL,
                heading TEXT, slug TEXT NOT NULL, reason TEXT NOT NULL, hint TEXT NOT NULL, article TEXT,
                original BLOB NOT NULL, PRIMARY KEY(roster, sheet_row)) STRICT, WITHOUT ROWID;

            CREATE TABLE application(
                id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL REFERENCES enterprise(code), township TEXT NOT NULL,
                people INTEGER NOT NULL, dated TEXT NOT NULL, state TEXT NOT NULL, decided_on TEXT, cause TEXT,
                explanation TEXT) STRICT;

            -- identity_token: keyed, for equality; details: name, ID number, addresses and the like, sealed.
            CREATE TABLE person(
                id INTEGER PRIMARY KEY AUTOINCREMENT, roster INTEGER NOT NULL REFERENCES roster(id),
                sheet_row INTEGER NOT NULL, enterprise TEXT NOT NULL, township TEXT NOT NULL,
                identity_token INTEGER NOT NULL UNIQUE, status TEXT NOT NULL, registered_on TEXT NOT NULL,
                is_party_member INTEGER NOT NULL, has_out_of_pool INTEGER NOT NULL, application INTEGER,
                accepted_on TEXT, confirmed_by TEXT, delegate BLOB, card_number TEXT UNIQUE,
                archives_done INTEGER NOT NULL DEFAULT 0, party_done INTEGER NOT NULL DEFAULT 0,
                listed INTEGER NOT NULL DEFAULT 0, health_done INTEGER NOT NULL DEFAULT 0,
                benefits_done INTEGER NOT NULL DEFAULT 0, details BLOB NOT NULL) STRICT;
            CREATE INDEX person_roster ON person(roster);
            CREATE INDEX person_enterprise ON person(enterprise, id);
            CREATE INDEX person_township ON person(township, id);
            CREATE INDEX person_status ON person(status, id);
            CREATE INDEX person_application ON person(application) WHERE application IS NOT NULL;

            -- One keyed token for each character of a name: two-character names are found, too.
            CREATE TABLE name_token(token INTEGER NOT NULL, person INTEGER NOT NULL, PRIMARY KEY(token, person))
                STRICT, WITHOUT ROWID;

            CREATE TABLE correction(
                id INTEGER PRIMARY KEY, person INTEGER NOT NULL, field TEXT NOT NULL, before BLOB NOT NULL,
                after BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
            CREATE INDEX correction_person ON correction(person, id);
            """),
        Migration(
            "registry-2-declined",
            """
            CREATE TABLE declined(
                roster INTEGER NOT NULL REFERENCES roster(id), sheet_row INTEGER NOT NULL, cause TEXT NOT NULL,
                at INTEGER NOT NULL, user TEXT NOT NULL, PRIMARY KEY(roster, sheet_row)) STRICT, WITHOUT ROWID;

            -- Whether anybody on a roster has moved on is asked with each batch of its rows.
            CREATE INDEX person_roster_status ON person(roster, status);

            CREATE INDEX application_township ON application(township, id);
            CREATE INDEX application_enterprise ON application(enterprise, id);

            -- Free text of the township, sealed; the column explanation stays empty from now on.
            ALTER TABLE application ADD COLUMN sealed_explanation BLOB;

            -- undo_reason: free text, sealed.
            ALTER TABLE roster ADD COLUMN undone_at INTEGER;
            ALTER TABLE roster ADD COLUMN undone_by TEXT;
            ALTER TABLE roster ADD COLUMN undo_reason BLOB;
            """),
        Migration(
            "registry-3-returned",
            """
            -- Whom a refused application was about: they leave it to apply anew, and the papers still go back to them.
            CREATE TABLE returned(
                person INTEGER NOT NULL, application INTEGER NOT NULL REFERENCES application(id),
                PRIMARY KEY(person, application)) STRICT, WITHOUT ROWID;
            CREATE INDEX returned_application ON returned(application, person);
            """),
        Migration(
            "registry-4-contact",
            """
            CREATE TABLE township_contact(township TEXT PRIMARY KEY, telephone TEXT NOT NULL, address TEXT NOT NULL)
                STRICT, WITHOUT ROWID;
            """),
        // What lists are narrowed to stands before the person's number in an index, which each entry ends with: so
        // every page is one short walk, the thousandth as well. How many people an enterprise has is kept by triggers,
        // because nearly every list asks.
        Migration(
            "registry-5-lists",
            """
            ALTER TABLE person ADD COLUMN stage TEXT GENERATED ALWAYS AS (
                CASE WHEN status <> 'accepted' THEN status WHEN confirmed_by IS NULL THEN 'to-confirm'
                WHEN card_number IS NULL THEN 'to-card' ELSE 'carded' END) VIRTUAL;
            DROP INDEX person_enterprise;
            DROP INDEX person_township;
            DROP INDEX person_status;
            CREATE INDEX person_stage ON person(stage);
            CREATE INDEX person_enterprise_stage ON person(enterprise, stage);
            CREATE INDEX person_township_stage ON person(township, stage);
            CREATE INDEX person_enterprise_township_stage ON person(enterprise, township, stage);
            CREATE INDEX application_state ON application(state);

            ALTER TABLE enterprise ADD COLUMN people INTEGER NOT NULL DEFAULT 0;
            UPDATE enterprise
                SET people = (SELECT count(*) FROM person WHERE person.enterprise = enterprise.code);
            CREATE TRIGGER person_comes AFTER INSERT ON person
            BEGIN UPDATE enterprise SET people = people + 1 WHERE code = new.enterprise; END;
            CREATE TRIGGER person_goes AFTER DELETE ON person
            BEGIN UPDATE enterprise SET people = people - 1 WHERE code = old.enterprise; END;
            """),
        Migration(
            "registry-6-undoing",
            """
            -- The same file may come again while its people are still leaving.
            DROP INDEX roster_file;
            CREATE UNIQUE INDEX roster_file ON roster(enterprise, file_digest)
                WHERE state NOT IN ('undoing', 'undone');
            CREATE INDEX roster_undoing ON roster(id) WHERE state = 'undoing';
            -- How many people were in it when it was taken back.
            ALTER TABLE roster ADD COLUMN undone_people INTEGER;
            """),
        Migration(
            "registry-7-bound",
            SealedColumn.begin(ifAnyIn: ["person", "set_aside", "roster", "application"], as: .registry)),
        Migration(
            "registry-8-notes",
            """
            -- What was said of the file when it came in, as JSON; without personal data.
            ALTER TABLE roster ADD COLUMN notes TEXT;

            -- What is to be known about rows that were registered; without personal data.
            CREATE TABLE noted(
                roster INTEGER NOT NULL REFERENCES roster(id), sheet_row INTEGER NOT NULL, slug TEXT NOT NULL,
                heading TEXT, text TEXT NOT NULL) STRICT;
            CREATE UNIQUE INDEX noted_row ON noted(roster, sheet_row, slug, ifnull(heading, ''));
            """),
        Migration(
            "registry-9-differences",
            """
            -- What a later roster says otherwise of somebody. sent, and before once it was taken over: sealed.
            CREATE TABLE difference(
                id INTEGER PRIMARY KEY, roster INTEGER NOT NULL REFERENCES roster(id), sheet_row INTEGER NOT NULL,
                person INTEGER NOT NULL, field TEXT NOT NULL, sent BLOB NOT NULL, before BLOB) STRICT;
            CREATE INDEX difference_roster ON difference(roster, id);
            CREATE INDEX difference_person ON difference(person);

            -- A keyed token of name and birthday, for equality.
            ALTER TABLE person ADD COLUMN likeness INTEGER;
            CREATE INDEX person_likeness ON person(likeness);

            -- What an enterprise said that its headings mean; no field where a column is not to be used.
            CREATE TABLE heading(
                enterprise TEXT NOT NULL REFERENCES enterprise(code), heading TEXT NOT NULL, field TEXT,
                PRIMARY KEY(enterprise, heading)) STRICT, WITHOUT ROWID;
            """),
        Migration("registry-10-likeness", Likenesses.begin),
        Migration(
            "registry-11-noted",
            """
            -- Whether something was noted about the person's row: lists of those who verify show it.
            ALTER TABLE person ADD COLUMN noted INTEGER NOT NULL DEFAULT 0;
            UPDATE person SET noted = 1 WHERE EXISTS(
                SELECT 1 FROM noted WHERE noted.roster = person.roster AND noted.sheet_row = person.sheet_row);
            """),
    ]
}
