import Contracts
import Domain
import Store
import Support
import Testing

@testable import PartyRelations

@Suite("What the work list costs")
struct ListCostTests {
    @Test("Each page is one short walk for each state, though nearly everybody is placed long since")
    func pages() throws {
        let bench = try PartyBench()
        try bench.core.store.commit { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO person(id, enterprise, township) SELECT i, 'e' || (i % 3), 't' || (i % 7) FROM n
                """)
            try transaction.execute(
                """
                INSERT INTO transfer(person, enterprise, township, state)
                SELECT id, enterprise, township, iif(id > 19000, 'sent', iif(id % 100 = 0, 'awaiting', 'placed'))
                FROM person
                """)
        }
        let cases: [(TransferState?, Narrowing?, Int)] = [
            (nil, nil, 1190), (.sent, nil, 1000), (.placed, nil, 18_810),
            (nil, Narrowing(enterprise: "e1"), 397), (nil, Narrowing(township: "t6"), 170),
            (.placed, Narrowing(enterprise: "e2", township: "t3"), 896),
        ]
        for (state, narrowing, people) in cases {
            let found = try bench.pages(
                .organization, { PartyWork(state: state, narrowing: narrowing, after: $0, limit: 100) }, next: \.next,
                rows: \.rows.count)
            #expect(abs(found.rows - people) <= 3)
            #expect((found.steps.max() ?? 0) < 12_000, "\(state as Any) \(narrowing as Any)")
        }
    }
}
