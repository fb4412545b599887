import Store

/// The tables of the assets service. Append-only: a change is a further migration.
enum AssetsSchema {
    static let migrations = [
        Migration(
            "assets-1-enterprises",
            """
            -- The share of the state owner is kept as the fraction that was given: a decimal would not be exact.
            CREATE TABLE enterprise(
                code TEXT PRIMARY KEY, state TEXT NOT NULL DEFAULT 'awaiting', shareholders INTEGER NOT NULL DEFAULT 0,
                share_numerator INTEGER NOT NULL DEFAULT 1, share_denominator INTEGER NOT NULL DEFAULT 1,
                township TEXT, agreement_number TEXT, agreed_on TEXT, decision_document TEXT, settlement TEXT,
                handed_over_on TEXT) STRICT, WITHOUT ROWID;
            CREATE INDEX enterprise_township ON enterprise(township, code) WHERE township IS NOT NULL;

            CREATE TABLE item(
                enterprise TEXT NOT NULL REFERENCES enterprise(code), position INTEGER NOT NULL, name TEXT NOT NULL,
                kind TEXT NOT NULL, is_separable INTEGER NOT NULL, book_value_in_fen INTEGER NOT NULL,
                PRIMARY KEY(enterprise, position)) STRICT, WITHOUT ROWID;
            """)
    ]
}
