import Contracts
import Domain
import Host
import Store
import Support
import Testing

@testable import Gateway

@Suite("The projection, followed anew")
struct RefollowTests {
    /// Every table of the gateway's own that others' events fill, row by row.
    private func rows(_ bench: ServiceBench<GatewayLogic>) throws -> [String: [String]] {
        try bench.core.store.commit { transaction in
            var all: [String: [String]] = [:]
            for table in GatewayLogic.projection {
                let columns = try transaction.rows("SELECT name FROM pragma_table_info('\(table)')") { try $0.text(0) }
                let list = columns.map { "quote(\($0))" }.joined(separator: " || ',' || ")
                all[table] = try transaction.rows("SELECT \(list) FROM \(table) ORDER BY 1") { try $0.text(0) }
            }
            return all
        }
    }

    private func feed(_ bench: ServiceBench<GatewayLogic>) throws {
        let person = PersonID(1)
        try bench.feed(
            EnterpriseRecorded(
                enterprise: "E1", name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                hasVanished: false, hasAnnuity: false),
            from: .registry)
        for id in 1...3 as ClosedRange<Int64> {
            try bench.feed(
                PersonRegistered(person: PersonID(id), enterprise: "E1", township: "532529100", roster: 1),
                from: .registry)
        }
        try bench.feed(RosterClosed(roster: 1, enterprise: "E1", registered: 3, setAside: 0), from: .registry)
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        try bench.feed(PersonVerified(person: person), from: .registry)
        try bench.feed(PersonWithdrawn(person: PersonID(3)), from: .registry)
        try bench.feed(SessionEnded(user: "yisa", session: "0123456789abcdef"), from: .accounts)
    }

    @Test("It comes out the same, and nothing is told a second time")
    func same() throws {
        let bench = try ServiceBench<GatewayLogic>()
        try feed(bench)
        let grown = try rows(bench)
        #expect(grown.values.allSatisfy { !$0.isEmpty }, "each table has something: \(grown.mapValues(\.count))")
        try bench.restart(adding: [
            .refollow(
                GatewayLogic.self, "gateway-anew", GatewayLogic.follows.map(\.stream),
                clearing: GatewayLogic.projection)
        ])
        #expect(try rows(bench).values.allSatisfy(\.isEmpty))
        #expect(try bench.core.subscriptions().applied(.registry) == 0)
        bench.feedFromTheBeginning()
        try feed(bench)
        #expect(try rows(bench) == grown)
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("Every table that is not filled by commands is among those that are cleared")
    func tables() throws {
        let bench = try ServiceBench<GatewayLogic>()
        let empty = try ServiceBench<NothingOfItsOwn>()
        func tables(_ store: WritableStore) throws -> Set<String> {
            Set(
                try store.commit {
                    try $0.rows("SELECT name FROM sqlite_schema WHERE type = 'table'") { try $0.text(0) }
                })
        }
        let own = try tables(bench.core.store).subtracting(try tables(empty.core.store))
        #expect(own == Set(GatewayLogic.projection + ["account", "run", "run_item"]))
    }
}

/// A service with the host's tables alone.
private struct NothingOfItsOwn: ServiceLogic {
    static let name = ServiceName.gateway
    static let migrations: [Migration] = []
    static let follows: [Following<Self>] = []

    init(tools: ServiceTools) {}

    func execute(_ command: GatewayCommand, _ context: WriteContext) throws -> any Encodable & Sendable { Done() }
    func read(_ query: GatewayQuery, _ context: ReadContext) throws -> any Encodable & Sendable { Done() }
}
