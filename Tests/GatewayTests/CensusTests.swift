import Contracts
import Domain
import Store
import Support
import Testing

@testable import Gateway

@Suite("How many people the ledger's filters leave")
struct CensusTests {
    private static func fill(_ bench: GatewayBench) throws {
        try bench.core.store.commit { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                INSERT INTO person(id, enterprise, township, status)
                SELECT i, 'e' || (i % 3), 't' || (i % 7), iif(i % 5 = 0, 'accepted', 'verified') FROM n
                """)
        }
    }

    @Test("Nobody is counted to tell how many there are")
    func cost() throws {
        let bench = try GatewayBench()
        try Self.fill(bench)
        try bench.core.store.commit { transaction in
            let reads = GatewayReads(transaction)
            #expect(try reads.people(within: .county, enterprise: nil, township: nil, status: nil) == 20_000)
            #expect(try reads.people(within: .county, enterprise: nil, township: nil, status: .accepted) == 4_000)
            let both = try reads.people(within: .township("t3"), enterprise: "e1", township: nil, status: .accepted)
            let counted = try transaction.scalar(
                "SELECT count(*) FROM person WHERE township = 't3' AND enterprise = 'e1' AND status = 'accepted'")
            #expect(Int64(both) == counted)
            let other = try reads.people(within: .township("t3"), enterprise: nil, township: "t4", status: nil)
            #expect(other == 0)
        }
        let costs = try bench.core.store.commit { transaction in
            _ = try GatewayReads(transaction).people(
                within: .county, enterprise: nil, township: nil, status: .accepted)
            return transaction.steps
        }
        #expect(costs < 1_000, "\(costs)")
    }

    @Test("The figures are what counting gives, whatever becomes of people")
    func figures() throws {
        let bench = try GatewayBench()
        try Self.fill(bench)
        try bench.core.store.commit { transaction in
            try transaction.execute("UPDATE person SET status = 'handed-over' WHERE id % 4 = 0")
            try transaction.execute("UPDATE person SET township = 't1', status = 'applied' WHERE id % 11 = 0")
            try transaction.execute("DELETE FROM person WHERE id % 13 = 0")
            try transaction.execute(
                "INSERT INTO person(id, status) VALUES(90001, 'registered')")
            try transaction.execute("UPDATE person SET enterprise = 'e9', township = 't9' WHERE id = 90001")
            let wrong = try transaction.scalar(
                """
                SELECT count(*) FROM census WHERE people <> (
                    SELECT count(*) FROM person WHERE enterprise = census.enterprise
                        AND township = census.township AND status = census.status)
                """)
            #expect(wrong == 0)
            let total = try transaction.scalar("SELECT sum(people) FROM census")
            #expect(try total == transaction.scalar("SELECT count(*) FROM person"))
        }
    }
}
