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
        // A track is a row and a figure is a row, by the track's own name: a further track changes no table.
        Migration(
            "gateway-3-tracks",
            """
            -- Absent until an event tells of the track. since: NULL when it was told before this table.
            CREATE TABLE track(
                person INTEGER NOT NULL, track TEXT NOT NULL, is_needed INTEGER NOT NULL, is_done INTEGER NOT NULL,
                is_late INTEGER NOT NULL, since INTEGER, PRIMARY KEY(person, track)) STRICT, WITHOUT ROWID;

            -- The bits that the tracks had in needed, done and overdue until now.
            WITH bit(track, mask, is_for_everybody) AS (VALUES
                ('acceptance', 1, 1), ('archives', 2, 1), ('party', 4, 0), ('confirmation', 8, 1),
                ('social-insurance', 16, 1), ('health', 32, 1), ('benefits', 64, 0))
            INSERT INTO track
                SELECT id, track, needed & mask <> 0, done & mask <> 0, overdue & mask <> 0, NULL FROM person, bit
                WHERE (needed & mask <> 0) <> is_for_everybody OR (done | overdue) & mask <> 0;
            ALTER TABLE person DROP COLUMN needed;
            ALTER TABLE person DROP COLUMN done;
            ALTER TABLE person DROP COLUMN overdue;

            -- track: a slug, or empty: then what is a status. One scope for each enterprise and each township.
            DROP TABLE tally;
            CREATE TABLE tally(
                scope TEXT NOT NULL, track TEXT NOT NULL, what TEXT NOT NULL, people INTEGER NOT NULL,
                PRIMARY KEY(scope, track, what)) STRICT, WITHOUT ROWID;
            INSERT INTO tally
                WITH member(scope, id, status) AS (
                    SELECT 'enterprise:' || enterprise, id, status FROM person
                        WHERE enterprise IS NOT NULL AND township IS NOT NULL
                    UNION ALL
                    SELECT 'township:' || township, id, status FROM person
                        WHERE enterprise IS NOT NULL AND township IS NOT NULL)
                SELECT scope, '', status, count(*) FROM member GROUP BY scope, status
                UNION ALL
                SELECT scope, track, 'needed', count(*) FROM member JOIN track ON person = id
                    WHERE is_needed AND track IN ('party', 'benefits') GROUP BY scope, track
                UNION ALL
                SELECT scope, track, 'not-needed', count(*) FROM member JOIN track ON person = id
                    WHERE NOT is_needed AND track NOT IN ('party', 'benefits') GROUP BY scope, track
                UNION ALL
                SELECT scope, track, 'done', count(*) FROM member JOIN track ON person = id
                    WHERE is_needed AND is_done GROUP BY scope, track
                UNION ALL
                SELECT scope, track, 'late', count(*) FROM member JOIN track ON person = id
                    WHERE is_needed AND is_late AND NOT is_done GROUP BY scope, track;
            """),
        // How many people the ledger's filters leave, kept by triggers. Nobody counts before the registry has told
        // where the person belongs.
        Migration(
            "gateway-4-census",
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
