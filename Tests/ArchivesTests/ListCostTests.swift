import Contracts
import Domain
import Store
import Support
import Testing

@testable import Archives

@Suite("What the work list costs")
struct ListCostTests {
    @Test("Each page is one short walk, the last as well, however the list is narrowed")
    func pages() throws {
        let bench = try ArchivesBench()
        try bench.core.store.commit { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO file(person, enterprise, township, state, has_application)
                SELECT i, 'e' || (i % 3), 't' || (i % 7), iif(i % 5 = 0, 'received', 'awaiting'), i % 2 FROM n
                """)
        }
        let cases: [(Narrowing?, Int)] = [
            (nil, 16_000), (Narrowing(enterprise: "e1"), 5334), (Narrowing(township: "t6"), 2286),
            (Narrowing(enterprise: "e2", township: "t3"), 762),
        ]
        for (narrowing, people) in cases {
            let found = try bench.pages(
                .archivist, { ArchivesWork(narrowing: narrowing, after: $0, limit: 100) }, next: \.next,
                rows: \.rows.count)
            #expect(abs(found.rows - people) <= 3)
            #expect((found.steps.max() ?? 0) < 5_000, "\(narrowing as Any)")
        }
        // Nobody of what is narrowed to waits: nothing is passed over to find that out.
        let none = try bench.steps(of: ArchivesWork(narrowing: Narrowing(township: "t9"), limit: 100), as: .archivist)
        #expect(none.reply.rows.isEmpty && none.steps < 100)
    }
}
