import Store

/// The gateway's tables: accounts, and what it has learnt from the services' events. Append-only.
enum GatewaySchema {
    static let migrations = [
        Migration(
            "gateway-1-projection",
            """
            CREATE TABLE account(
                user TEXT PRIMARY KEY, display_name TEXT NOT NULL, role TEXT NOT NULL, area TEXT NOT NULL,
                password_hash TEXT NOT NULL) STRICT, WITHOUT ROWID;

            CREATE TABLE enterprise(
                code TEXT PRIMARY KEY, name TEXT NOT NULL, ownership TEXT NOT NULL, is_financial INTEGER NOT NULL,
                has_roster INTEGER NOT NULL DEFAULT 0, assets TEXT NOT NULL DEFAULT 'awaiting') STRICT, WITHOUT ROWID;

            -- enterprise is NULL until the registry's own event is here: another service's log may be ahead.
            -- needed, done, overdue: one bit for each track.
            CREATE TABLE person(
                id INTEGER PRIMARY KEY, enterprise TEXT, township TEXT, status TEXT NOT NULL, needed INTEGER NOT NULL,
                done INTEGER NOT NULL, overdue INTEGER NOT NULL) STRICT;

            -- One row for the county, one for each enterprise, one for each township.
            CREATE TABLE tally(
                scope TEXT PRIMARY KEY, people INTEGER NOT NULL DEFAULT 0,
                status_registered INTEGER NOT NULL DEFAULT 0, status_verified INTEGER NOT NULL DEFAULT 0,
                status_applied INTEGER NOT NULL DEFAULT 0, status_accepted INTEGER NOT NULL DEFAULT 0,
                status_handed_over INTEGER NOT NULL DEFAULT 0,
                needed_acceptance INTEGER NOT NULL DEFAULT 0, done_acceptance INTEGER NOT NULL DEFAULT 0,
                overdue_acceptance INTEGER NOT NULL DEFAULT 0,
                needed_archives INTEGER NOT NULL DEFAULT 0, done_archives INTEGER NOT NULL DEFAULT 0,
                overdue_archives INTEGER NOT NULL DEFAULT 0,
                needed_party INTEGER NOT NULL DEFAULT 0, done_party INTEGER NOT NULL DEFAULT 0,
                overdue_party INTEGER NOT NULL DEFAULT 0,
                needed_confirmation INTEGER NOT NULL DEFAULT 0, done_confirmation INTEGER NOT NULL DEFAULT 0,
                overdue_confirmation INTEGER NOT NULL DEFAULT 0,
                needed_social_insurance INTEGER NOT NULL DEFAULT 0, done_social_insurance INTEGER NOT NULL DEFAULT 0,
                overdue_social_insurance INTEGER NOT NULL DEFAULT 0,
                needed_health INTEGER NOT NULL DEFAULT 0, done_health INTEGER NOT NULL DEFAULT 0,
                overdue_health INTEGER NOT NULL DEFAULT 0,
                needed_benefits INTEGER NOT NULL DEFAULT 0, done_benefits INTEGER NOT NULL DEFAULT 0,
                overdue_benefits INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

            CREATE TABLE timeline(
                person INTEGER NOT NULL, at INTEGER NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
                name TEXT NOT NULL, PRIMARY KEY(person, at, stream, seq)) STRICT, WITHOUT ROWID;
            """),
        // A roster that is undone is no longer in. Those that were in before have no number here.
        Migration(
            "gateway-2-rosters",
            """
            CREATE TABLE roster(id INTEGER PRIMARY KEY, enterprise TEXT NOT NULL) STRICT;
            CREATE INDEX roster_enterprise ON roster(enterprise);
            INSERT INTO roster SELECT -row_number() OVER (ORDER BY code), code FROM enterprise WHERE has_roster = 1;
            ALTER TABLE enterprise DROP COLUMN has_roster;
            """),
        // How many people the ledger's filters leave, kept by triggers. Nobody counts before the registry has told
        // where the person belongs.
        Migration(
            "gateway-3-census",
            """
            CREATE TABLE census(
                enterprise TEXT NOT NULL, township TEXT NOT NULL, status TEXT NOT NULL, people INTEGER NOT NULL,
                PRIMARY KEY(enterprise, township, status)) STRICT, WITHOUT ROWID;
            INSERT INTO census
            SELECT enterprise, township, status, count(*) FROM person
            WHERE enterprise IS NOT NULL AND township IS NOT NULL GROUP BY enterprise, township, status;
            CREATE TRIGGER person_comes AFTER INSERT ON person
            WHEN new.enterprise IS NOT NULL AND new.township IS NOT NULL
            BEGIN INSERT INTO census VALUES(new.enterprise, new.township, new.status, 1)
            ON CONFLICT(enterprise, township, status) DO UPDATE SET people = people + 1; END;
            CREATE TRIGGER person_goes AFTER DELETE ON person
            BEGIN UPDATE census SET people = people - 1
            WHERE enterprise = old.enterprise AND township = old.township AND status = old.status; END;
            CREATE TRIGGER person_moves AFTER UPDATE OF enterprise, township, status ON person
            WHEN new.enterprise IS NOT old.enterprise OR new.township IS NOT old.township OR new.status <> old.status
            BEGIN UPDATE census SET people = people - 1
            WHERE enterprise = old.enterprise AND township = old.township AND status = old.status;
            INSERT INTO census SELECT new.enterprise, new.township, new.status, 1
            WHERE new.enterprise IS NOT NULL AND new.township IS NOT NULL
            ON CONFLICT(enterprise, township, status) DO UPDATE SET people = people + 1; END;
            """),
    ]
}
