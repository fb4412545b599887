import Contracts
import Domain
import Store
import Support
import Testing

@testable import HealthRecords

@Suite("What the work list costs")
struct ListCostTests {
    @Test("Each page is one short walk, the last as well, however the list is narrowed")
    func pages() throws {
        let bench = try HealthRecordsBench()
        try bench.core.store.commit { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO person(id, enterprise, township, accepted_on, awaits)
                SELECT i, 'e' || (i % 3), 't' || (i % 7), '2026-10-01', i % 5 <> 0 FROM n
                """)
        }
        let cases: [(Narrowing?, Int)] = [
            (nil, 16_000), (Narrowing(enterprise: "e1"), 5334), (Narrowing(township: "t6"), 2286),
            (Narrowing(enterprise: "e2", township: "t3"), 762),
        ]
        for (narrowing, people) in cases {
            let found = try bench.pages(
                .doctor, { HealthWork(narrowing: narrowing, after: $0, limit: 100) }, next: \.next,
                rows: \.rows.count)
            #expect(abs(found.rows - people) <= 3)
            #expect((found.steps.max() ?? 0) < 3_000, "\(narrowing as Any)")
        }
    }
}
