import Store

/// The tables of the service for Party relations. Append-only: a change is a further migration.
enum PartyRelationsSchema {
    static let migrations = [
        Migration(
            "party-relations-1-transfers",
            """
            CREATE TABLE enterprise(code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;

            -- Everyone in the ledger: that somebody is no member has to be told from that nobody knows them.
            -- is_withdrawn: the person left the ledger after work on the transfer had begun; the work is kept.
            CREATE TABLE person(
                id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL, township TEXT NOT NULL,
                is_accepted INTEGER NOT NULL DEFAULT 0, is_withdrawn INTEGER NOT NULL DEFAULT 0) STRICT;

            -- Members only. enterprise and township repeat the person's, so that one index serves a work list.
            -- explanation: sealed.
            CREATE TABLE transfer(
                person INTEGER PRIMARY KEY REFERENCES person(id), enterprise TEXT NOT NULL, township TEXT NOT NULL,
                state TEXT NOT NULL, kind TEXT, file_checked INTEGER NOT NULL DEFAULT 0,
                dues_base_verified INTEGER NOT NULL DEFAULT 0, dues_paid_through TEXT,
                data_gathered INTEGER NOT NULL DEFAULT 0, dues_base_in_fen INTEGER, dues_amount_in_fen INTEGER,
                dues_rate_per_ten_thousand INTEGER, dues_source TEXT, organization TEXT, letter_year INTEGER,
                letter_serial INTEGER, valid_until TEXT, branch TEXT, refusal_cause TEXT, explanation BLOB,
                is_withdrawn INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX transfer_enterprise ON transfer(enterprise, person);
            CREATE INDEX transfer_township ON transfer(township, person);
            CREATE INDEX transfer_state ON transfer(state, person);

            -- Every letter of introduction, also of a transfer that came back: numbers are dense per year.
            CREATE TABLE letter(
                year INTEGER NOT NULL, serial INTEGER NOT NULL, person INTEGER NOT NULL, dated TEXT NOT NULL,
                PRIMARY KEY(year, serial)) STRICT, WITHOUT ROWID;
            """),
        // By which rule a decision was made. Before this, nobody wrote down on which day dues were reckoned: those keep
        // their amount whatever is set. A letter's rule is the one that stood in the program.
        Migration(
            "party-relations-2-rules",
            """
            ALTER TABLE transfer ADD COLUMN dues_on TEXT;
            ALTER TABLE transfer ADD COLUMN dues_rule_from TEXT;
            ALTER TABLE letter ADD COLUMN valid_days INTEGER;
            ALTER TABLE letter ADD COLUMN most_valid_days INTEGER;
            ALTER TABLE letter ADD COLUMN rule_from TEXT;
            ALTER TABLE letter ADD COLUMN rule_source TEXT;
            UPDATE transfer SET dues_rule_from =
                CASE WHEN dues_source LIKE '%2017%' THEN '2017-01-01' ELSE '2008-04-01' END
                WHERE dues_source IS NOT NULL;
            UPDATE letter SET most_valid_days = 90, rule_from = '2020-07-31',
                rule_source = '系统初始值，依据文件由县委组织部补充';
            """),
        Migration(
            "party-relations-3-lists",
            """
            DROP INDEX transfer_enterprise;
            DROP INDEX transfer_township;
            DROP INDEX transfer_state;
            CREATE INDEX transfer_state ON transfer(state, person) WHERE is_withdrawn = 0;
            CREATE INDEX transfer_enterprise ON transfer(enterprise, state, person) WHERE is_withdrawn = 0;
            CREATE INDEX transfer_township ON transfer(township, state, person) WHERE is_withdrawn = 0;
            CREATE INDEX transfer_enterprise_township ON transfer(enterprise, township, state, person)
                WHERE is_withdrawn = 0;
            """),
        // details: money, organizations and causes, sealed; what stood in the clear is sealed piece by piece.
        Migration("party-relations-4-sealed", TransferSealing.begin),
    ]
}
