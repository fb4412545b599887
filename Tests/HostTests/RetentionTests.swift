import Contracts
import Domain
import Messaging
import Sealing
import Store
import Support
import Testing

@testable import Host

@Suite("Tables end, and those of earlier releases are taken over")
struct RetentionTests {
    private func count(_ table: String, _ bench: ServiceBench<Follower>) throws -> Int64? {
        try bench.core.store.commit { try $0.scalar("SELECT count(*) FROM \(table)") }
    }

    private func look(_ bench: ServiceBench<Follower>, at subject: String, user: String = "dangan") throws {
        let note = NoteLooked(user: user, role: .archives, message: GetFile.name, subjects: [subject])
        let reply = OutgoingReply(token: ReplyToken(correlation: 1, brokerSession: 1), status: .done, body: [])
        _ = try bench.core.run([.looked(note, reply: reply)], now: bench.clock.instant())
    }

    @Test("Who looked is one row for each day, with how often; the next day is another")
    func byDay() throws {
        let bench = try ServiceBench<Follower>()
        for _ in 1...3 { try look(bench, at: "person:1") }
        try look(bench, at: "person:1", user: "zuzhibu")
        bench.clock.advance(byMilliseconds: 86_400_000)
        try look(bench, at: "person:1")
        let rows = try bench.core.store.commit {
            try $0.rows("SELECT user, times FROM looked ORDER BY user, day") { (try $0.text(0), try $0.int(1)) }
        }
        #expect(rows.map(\.0) == ["dangan", "dangan", "zuzhibu"])
        #expect(rows.map(\.1) == [3, 1, 1])
    }

    @Test("What has passed its period goes in bites, and nothing younger")
    func periods() throws {
        let bench = try ServiceBench<Follower>()
        let old = Retention.mostRows + 5
        try bench.core.store.commit { transaction in
            for index in 0..<old {
                try transaction.execute(
                    "INSERT INTO looked VALUES(?, 'dangan', 'x', '2026-11-20', 'archives', 1, 0, '')", "person:\(index)"
                )
                try transaction.storeResult(
                    StoredResult(status: 0, body: [], requestDigest: 1),
                    for: CommandIdentity(caller: "gateway", session: 1, counter: Int64(index)))
            }
        }
        try bench.wake()
        #expect(try count("looked", bench) == Int64(old) && count("command_results", bench) == Int64(old))
        bench.clock.advance(byMilliseconds: Int64(Retention.commandResultsInDays + 1) * 86_400_000)
        try bench.execute(ReturnFile(person: PersonID(1), reasons: ["缺页"]), as: .archivist)
        try bench.wake()
        #expect(try count("looked", bench) == Int64(old))
        #expect(try count("command_results", bench) == 6)
        try bench.wake()
        #expect(try count("command_results", bench) == 1, "the answer of today stays")
        bench.clock.advance(byMilliseconds: Int64(Retention.lookedInDays) * 86_400_000)
        try bench.wake()
        #expect(try count("looked", bench) == 5)
        try bench.wake()
        #expect(try count("looked", bench) == 0)
    }

    @Test("A store of the first release: looks are counted by day, digests without a key are gone, old answers stay")
    func firstRelease() throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let path = "\(folder)/archives.sqlite"
        let clock = ManualClock()
        let answer = try JSONCoding.bytes(ReturnFile(person: PersonID(1), reasons: ["缺页"]))
        let first = HostSchema.migrations.prefix { $0.name != "host-4-looked-by-day" }
        let identity = CommandIdentity(caller: "gateway", session: 7, counter: 1)
        do {
            let store = try WritableStore(
                path: path, stream: "archives", migrations: Array(first) + Follower.migrations, clock: clock,
                randomness: SeededRandomness(seed: 1), durability: .none)
            try store.commit { transaction in
                for at in [0, 1, 86_400_000] {
                    try transaction.execute("INSERT INTO looked VALUES(?, 1, 'dangan', 'archives', 'x')", Int64(at))
                }
                try transaction.storeResult(StoredResult(status: 0, body: answer, requestDigest: 77), for: identity)
            }
            store.close()
        }
        let sealer = Sealer(SealingKey.random())
        let tools = Authority.tools(sealer, SeededRandomness(seed: 2))
        let store = try WritableStore(
            path: path, stream: "archives", migrations: ServiceCore<Follower>.migrations, clock: clock,
            randomness: tools.randomness, durability: .none)
        try SealedResults.sealOldOnes(store, sealer)
        try SealedResults.sealOldOnes(store, sealer)
        let looked = try store.commit {
            try $0.rows("SELECT subject, day, times FROM looked ORDER BY day") {
                "\(try $0.text(0)) \(try $0.text(1)) \(try $0.integer(2))"
            }
        }
        #expect(looked == ["person:1 1970-01-01 2", "person:1 1970-01-02 1"])
        let stored = try #require(try store.commit { try $0.result(for: identity) })
        #expect(stored.requestDigest == 0 && stored.body.firstRange(of: Array("缺页".utf8)) == nil)
        let core = ServiceCore<Follower>(store: store, tools: tools)
        let again = IncomingRequest(
            caller: "gateway", message: ReturnFile.name, version: 1, command: CommandNumber(session: 7, counter: 1),
            context: try Authority.context(.archivist), body: answer,
            token: ReplyToken(correlation: 1, brokerSession: 1))
        let effects = try core.run([.request(again)], now: clock.instant())
        guard case .reply(_, .done, _, let body)? = effects.first else {
            Issue.record("\(effects)")
            return
        }
        #expect(body == answer, "the answer of then, and nothing done twice")
        store.close()
    }
}
