import Store

/// The tables of the benefits-liaison service. Append-only: a change is a further migration.
enum BenefitsLiaisonSchema {
    static let migrations = [
        Migration(
            "benefits-liaison-1-items-and-lists",
            """
            CREATE TABLE enterprise(
                code TEXT PRIMARY KEY, has_annuity INTEGER NOT NULL, frozen_at INTEGER) STRICT, WITHOUT ROWID;

            CREATE TABLE survey_item(
                enterprise TEXT NOT NULL REFERENCES enterprise(code), kind TEXT NOT NULL,
                monthly_cap_in_fen INTEGER NOT NULL, PRIMARY KEY(enterprise, kind)) STRICT, WITHOUT ROWID;

            CREATE TABLE intake_list(
                id INTEGER PRIMARY KEY, month TEXT NOT NULL, built_at INTEGER NOT NULL, built_by TEXT NOT NULL) STRICT;

            -- A person may be heard of before the enterprise is, when the enterprise's events are parked: no reference.
            CREATE TABLE person(
                id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL, township TEXT NOT NULL,
                has_out_of_pool INTEGER NOT NULL DEFAULT 0, registered_at INTEGER, accepted_on TEXT,
                list INTEGER REFERENCES intake_list(id), check_result TEXT,
                is_withdrawn INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX person_to_register ON person(id)
                WHERE has_out_of_pool = 1 AND registered_at IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_list ON person(id)
                WHERE accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_check ON person(id)
                WHERE list IS NOT NULL AND check_result IS NOT 'matches' AND is_withdrawn = 0;
            CREATE INDEX person_listed ON person(list, township, check_result) WHERE list IS NOT NULL;

            CREATE TABLE item(
                person INTEGER NOT NULL REFERENCES person(id), kind TEXT NOT NULL,
                monthly_amount_in_fen INTEGER NOT NULL, channel TEXT NOT NULL, PRIMARY KEY(person, kind))
                STRICT, WITHOUT ROWID;

            -- Every finding of the agency is kept, so that it shows how a difference was worked off. note: sealed.
            CREATE TABLE finding(
                id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id), result TEXT NOT NULL,
                note BLOB, at INTEGER NOT NULL, user TEXT NOT NULL) STRICT;
            CREATE INDEX finding_person ON finding(person, id);
            """)
    ]
}
