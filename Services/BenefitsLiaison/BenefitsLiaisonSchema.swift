import Host
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
            """),
        // Who waits for a step, by what a list is narrowed to; and in which months they were accepted.
        Migration(
            "benefits-liaison-2-lists",
            """
            CREATE INDEX person_to_register_enterprise ON person(enterprise, id)
                WHERE has_out_of_pool = 1 AND registered_at IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_register_township ON person(township, id)
                WHERE has_out_of_pool = 1 AND registered_at IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_register_both ON person(enterprise, township, id)
                WHERE has_out_of_pool = 1 AND registered_at IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_list_enterprise ON person(enterprise, id)
                WHERE accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_list_township ON person(township, id)
                WHERE accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_list_both ON person(enterprise, township, id)
                WHERE accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_to_check_enterprise ON person(enterprise, id)
                WHERE list IS NOT NULL AND check_result IS NOT 'matches' AND is_withdrawn = 0;
            CREATE INDEX person_to_check_township ON person(township, id)
                WHERE list IS NOT NULL AND check_result IS NOT 'matches' AND is_withdrawn = 0;
            CREATE INDEX person_to_check_both ON person(enterprise, township, id)
                WHERE list IS NOT NULL AND check_result IS NOT 'matches' AND is_withdrawn = 0;

            CREATE INDEX person_unlisted_county ON person(accepted_on)
                WHERE accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_unlisted_enterprise ON person(enterprise, accepted_on)
                WHERE accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0;
            CREATE INDEX person_unlisted_township ON person(township, accepted_on)
                WHERE accepted_on IS NOT NULL AND list IS NULL AND is_withdrawn = 0;

            -- How many people a list has, kept by triggers: a list is of a month, and years of them stand on one page.
            DROP INDEX person_listed;
            CREATE TABLE list_count(
                list INTEGER NOT NULL REFERENCES intake_list(id), enterprise TEXT NOT NULL, township TEXT NOT NULL,
                people INTEGER NOT NULL, checked INTEGER NOT NULL, differing INTEGER NOT NULL,
                PRIMARY KEY(list, enterprise, township)) STRICT, WITHOUT ROWID;
            INSERT INTO list_count
            SELECT list, enterprise, township, count(*), count(check_result), sum(check_result IS 'differs')
            FROM person WHERE list IS NOT NULL GROUP BY list, enterprise, township;
            CREATE TRIGGER person_counted_no_more AFTER UPDATE OF list, check_result, enterprise, township ON person
            WHEN old.list IS NOT NULL
            BEGIN UPDATE list_count SET people = people - 1, checked = checked - (old.check_result IS NOT NULL),
                differing = differing - (old.check_result IS 'differs')
            WHERE list = old.list AND enterprise = old.enterprise AND township = old.township; END;
            CREATE TRIGGER person_counted AFTER UPDATE OF list, check_result, enterprise, township ON person
            WHEN new.list IS NOT NULL
            BEGIN INSERT INTO list_count VALUES(new.list, new.enterprise, new.township, 1,
                new.check_result IS NOT NULL, new.check_result IS 'differs')
            ON CONFLICT(list, enterprise, township) DO UPDATE SET people = people + 1,
                checked = checked + excluded.checked, differing = differing + excluded.differing; END;
            """),
        Migration("benefits-liaison-3-bound", SealedColumn.begin(ifAnyIn: ["finding"], as: .benefitsLiaison)),
        // items: what somebody is paid, sealed; rows of before are moved there piece by piece, and item stays empty.
        Migration("benefits-liaison-4-sealed-items", ItemSealing.begin),
        Migration(
            "benefits-liaison-5-transfers",
            """
            -- recorded_by: nobody as long as only the ledger has told of it.
            CREATE TABLE insurance_transfer(
                person INTEGER NOT NULL REFERENCES person(id), insurance TEXT NOT NULL, state TEXT NOT NULL,
                since TEXT NOT NULL, recorded_by TEXT, PRIMARY KEY(person, insurance)) STRICT, WITHOUT ROWID;

            -- Which are not settled: 1 medical, 2 pension.
            ALTER TABLE person ADD COLUMN transfers INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX person_to_transfer ON person(id) WHERE transfers <> 0 AND is_withdrawn = 0;
            CREATE INDEX person_to_transfer_enterprise ON person(enterprise, id)
                WHERE transfers <> 0 AND is_withdrawn = 0;
            CREATE INDEX person_to_transfer_township ON person(township, id)
                WHERE transfers <> 0 AND is_withdrawn = 0;
            """),
    ]
}
