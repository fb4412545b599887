import Contracts
import Domain
import Store
import Support
import Testing

@testable import Notifications

@Suite("What the list of what is late costs")
struct ListCostTests {
    private static func bench() throws -> NotificationsBench {
        let bench = try NotificationsBench()
        try bench.core.store.commit { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO track(id, person, track, enterprise, township, due)
                SELECT i, i, iif(i > 19900, 'health', 'archives'), 'e' || (i % 3), 't' || (i % 7), '2026-01-01' FROM n
                """)
            try transaction.execute("UPDATE track SET is_passed = 1 WHERE id % 5 <> 0")
        }
        return bench
    }

    @Test("Each page is a short walk for each track, the total included, also of a rare track")
    func pages() throws {
        let bench = try Self.bench()
        let cases: [(Track?, Int)] = [(nil, 16_000), (.archives, 15_920), (.health, 80)]
        for (track, people) in cases {
            let found = try bench.pages(
                .workingTeam, { ListOverdue(track: track, after: $0, limit: 100) }, next: \.next, rows: \.rows.count)
            #expect(found.rows == people)
            #expect((found.steps.max() ?? 0) < 6_000, "\(track as Any)")
        }
        let township = Officer(user: "a", role: .township, area: .township("t3"))
        let (reply, steps) = try bench.steps(of: ListOverdue(track: .health, limit: 100), as: township)
        #expect(reply.total == reply.rows.count && steps < 2_000)
    }

    @Test("The total is what counting gives, whatever becomes of the tracks")
    func totals() throws {
        let bench = try Self.bench()
        try bench.core.store.commit { transaction in
            try transaction.execute("UPDATE track SET is_passed = 0 WHERE id % 3 = 0")
            try transaction.execute("UPDATE track SET township = 't1' WHERE id % 11 = 0")
            try transaction.execute("DELETE FROM track WHERE id % 13 = 0")
            let wrong = try transaction.scalar(
                """
                SELECT count(*) FROM passed_count WHERE tracks <> (
                    SELECT count(*) FROM track WHERE is_passed = 1 AND track = passed_count.track
                        AND enterprise = passed_count.enterprise AND township = passed_count.township)
                """)
            #expect(wrong == 0)
            let total = try transaction.scalar("SELECT sum(tracks) FROM passed_count")
            #expect(try total == transaction.scalar("SELECT count(*) FROM track WHERE is_passed = 1"))
        }
    }
}
