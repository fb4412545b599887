import Contracts
import Domain
import Store
import Support
import Testing

@testable import BenefitsLiaison

@Suite("What the work lists cost")
struct ListCostTests {
    private static func bench() throws -> BenefitsBench {
        let bench = try BenefitsBench()
        try bench.core.store.commit { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 24)
                INSERT INTO intake_list(id, month, built_at, built_by)
                SELECT i, '2025-' || substr('0' || (i % 12 + 1), -2), 0, 'a' FROM n
                """)
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO person(id, enterprise, township, has_out_of_pool, accepted_on)
                SELECT i, 'e' || (i % 3), 't' || (i % 7), i % 10 = 0,
                    iif(i % 4 = 0, NULL, '2026-0' || (i % 9 + 1) || '-15') FROM n
                """)
            try transaction.execute("UPDATE person SET list = id % 24 + 1 WHERE id <= 10000 AND accepted_on NOT NULL")
            try transaction.execute("UPDATE person SET check_result = 'matches' WHERE list NOT NULL AND id % 100 <> 1")
            try transaction.execute("UPDATE person SET check_result = 'differs' WHERE list NOT NULL AND id % 500 = 1")
        }
        return bench
    }

    @Test(
        "Each page is one short walk, the last as well, however the list is narrowed", arguments: BenefitsStep.allCases)
    func pages(step: BenefitsStep) throws {
        let bench = try Self.bench()
        let narrowings: [Narrowing?] = [
            nil, Narrowing(enterprise: "e1"), Narrowing(township: "t6"), Narrowing(enterprise: "e2", township: "t3"),
        ]
        for narrowing in narrowings {
            let found = try bench.pages(
                .humanResources, { BenefitsWork(step: step, narrowing: narrowing, after: $0, limit: 50) },
                next: \.next, rows: \.rows.count)
            #expect(found.rows > 0)
            #expect((found.steps.max() ?? 0) < 3_000, "\(step) \(narrowing as Any)")
        }
    }

    @Test("Years of monthly lists are told without counting anybody, and tell what is there")
    func lists() throws {
        let bench = try Self.bench()
        let (reply, steps) = try bench.steps(of: ListIntakeLists(), as: .humanResources)
        #expect(reply.rows.count == 18 && reply.waiting.count == 9)
        #expect(steps < 12_000, "\(steps)")
        try Self.isTrue(bench)
        // What moves people between lists, or away, moves the figures along.
        try bench.core.store.commit { transaction in
            try transaction.execute("UPDATE person SET list = 3 WHERE list = 2")
            try transaction.execute("UPDATE person SET list = NULL, check_result = NULL WHERE list = 4 AND id % 2 = 0")
            try transaction.execute("UPDATE person SET township = 't1' WHERE id % 11 = 0")
            try transaction.execute("UPDATE person SET check_result = 'matches' WHERE check_result = 'differs'")
        }
        try Self.isTrue(bench)
    }

    /// The kept figures are what counting gives.
    private static func isTrue(_ bench: BenefitsBench) throws {
        let wrong = try bench.core.store.commit { transaction in
            try transaction.scalar(
                """
                SELECT count(*) FROM list_count WHERE (people, checked, differing) IS NOT (
                    SELECT count(*), count(check_result), ifnull(sum(check_result IS 'differs'), 0) FROM person
                    WHERE list = list_count.list AND enterprise = list_count.enterprise
                        AND township = list_count.township)
                """)
        }
        #expect(wrong == 0)
    }
}
