import Contracts
import Domain
import Messaging
import Store
import Support
import Testing

@testable import Host

@Suite("One log for many followers")
struct LogBatchesTests {
    private static func bench(events: Int) throws -> ServiceBench<Follower> {
        let bench = try ServiceBench<Follower>()
        try append(events, to: bench)
        return bench
    }

    private static func append(_ count: Int, to bench: ServiceBench<Follower>) throws {
        try bench.core.store.commit { transaction in
            for index in 0..<count {
                // Every second one is for some only.
                let name = index.isMultiple(of: 2) ? PersonVerified.name : PartyMembershipNoted.name
                _ = try transaction.append(name: name, version: 1, key: "person:1", actor: "a", body: [1, 2])
            }
        }
    }

    private static func fetch(
        _ batches: inout LogBatches, _ bench: ServiceBench<Follower>, _ reader: ServiceName, after: Int64,
        limit: Int = 10
    ) throws -> EventBatch {
        let request = IncomingRequest(
            caller: reader.rawValue, message: FetchLog.name, version: 1, command: nil, context: [],
            body: try JSONCoding.bytes(FetchLog(epoch: nil, after: after, limit: limit)),
            token: ReplyToken(correlation: 1, brokerSession: 1))
        let bytes = try bench.core.store.commit { try batches.answer(request, $0) }
        return try #require(EventBatch(bytes: bytes))
    }

    @Test("A piece is packed once for all who may see the same of it, and bodies stay withheld from the others")
    func once() throws {
        let bench = try Self.bench(events: 30)
        var batches = LogBatches()
        for reader in [ServiceName.archives, .healthRecords, .assets] {
            let batch = try Self.fetch(&batches, bench, reader, after: 10)
            #expect(batch.items.map(\.seq) == Array(11...20) && batch.head == 30)
            #expect(batch.items.allSatisfy { ($0.body == nil) == ($0.name == PartyMembershipNoted.name) })
        }
        #expect(batches.packings == 1)
        let whole = try Self.fetch(&batches, bench, .partyRelations, after: 10)
        #expect(whole.items.allSatisfy { $0.body == [1, 2] })
        #expect(batches.packings == 2)
    }

    @Test("What is kept never hides what came after: a short piece is read anew once the log grows, a full one stays")
    func grows() throws {
        let bench = try Self.bench(events: 15)
        var batches = LogBatches()
        #expect(try Self.fetch(&batches, bench, .archives, after: 0).items.count == 10)
        #expect(try Self.fetch(&batches, bench, .archives, after: 10).items.count == 5)
        try Self.append(3, to: bench)
        let full = try Self.fetch(&batches, bench, .assets, after: 0)
        #expect(full.items.count == 10 && full.head == 18)
        #expect(batches.packings == 2)
        #expect(try Self.fetch(&batches, bench, .assets, after: 10).items.map(\.seq) == Array(11...18))
        #expect(batches.packings == 3)
        #expect(try Self.fetch(&batches, bench, .assets, after: 18).items.isEmpty)
    }

    @Test("A piece for another epoch is empty, and only as many pieces are kept as have room")
    func bounds() throws {
        let bench = try Self.bench(events: 60)
        var batches = LogBatches()
        for after in stride(from: Int64(0), to: 60, by: 10) {
            _ = try Self.fetch(&batches, bench, .archives, after: after)
        }
        let packed = batches.packings
        _ = try Self.fetch(&batches, bench, .archives, after: 50)
        #expect(batches.packings == packed)
        _ = try Self.fetch(&batches, bench, .archives, after: 0)
        #expect(batches.packings == packed + 1)
    }
}
