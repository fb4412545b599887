import Domain
import Testing

@testable import Store

/// What a store should hold, kept in plain values.
private struct Model: Equatable {
    var titles: [String] = []
    var keys: [String] = []
    var offsets: [String: StreamOffset] = [:]
    var results: [CommandIdentity: StoredResult] = [:]
}

@Suite("Random work against a model")
struct ModelTests {
    private final class Run {
        let folder: TemporaryFolder
        var random: SeededRandomness
        let clock = ManualClock()
        var model = Model()
        var counter: Int64 = 0

        init(seed: UInt64) throws {
            folder = try TemporaryFolder()
            random = SeededRandomness(seed)
        }

        func chance(_ percent: UInt64) -> Bool { random.number() % 100 < percent }
        func pick(_ count: Int) -> Int { Int(random.number() % UInt64(count)) }

        func work(_ transaction: Transaction, depth: Int) throws {
            for _ in 0..<(1 + pick(4)) {
                clock.advance(byMilliseconds: Int64(pick(3)) - 1)
                switch pick(7) {
                case 0:
                    let title = "卷 \(pick(40))"
                    if model.titles.contains(title) {
                        expect(.constraint) { try transaction.attempt { try transaction.addFile(title) } }
                    } else {
                        try transaction.addFile(title)
                        model.titles.append(title)
                    }
                case 1, 2:
                    let key = "p\(pick(5))"
                    let seq = try transaction.note(key, String(repeating: "x", count: pick(3000)))
                    model.keys.append(key)
                    #expect(seq == Int64(model.keys.count))
                case 3:
                    let stream = "s\(pick(3))"
                    let offset = StreamOffset(epoch: random.number(), seq: Int64(pick(100)), hash: [UInt8(pick(256))])
                    try transaction.setOffset(offset, of: stream)
                    model.offsets[stream] = offset
                case 4:
                    counter += chance(80) ? 1 : 0
                    let id = CommandIdentity(caller: "c\(pick(3))", session: 5, counter: counter)
                    let result = StoredResult(status: pick(2), body: [UInt8(pick(256))], requestDigest: counter)
                    if model.results[id] == nil {
                        try transaction.storeResult(result, for: id)
                        model.results[id] = result
                    } else {
                        #expect(try transaction.result(for: id) == model.results[id])
                    }
                case 5 where depth < 3:
                    let before = model
                    do {
                        try transaction.attempt { try work(transaction, depth: depth + 1) }
                    } catch is Refusal {
                        model = before
                    }
                default:
                    if chance(25) { throw Refusal() }
                }
            }
        }

        func check(_ snapshot: Snapshot, _ expected: Model) throws {
            #expect(try snapshot.titles() == expected.titles)
            let records = try snapshot.events(after: 0, limit: .max, byteLimit: .max)
            #expect(records.map(\.key) == expected.keys)
            #expect(try snapshot.head().seq == Int64(expected.keys.count))
            #expect(try snapshot.offsets() == expected.offsets)
            for (id, result) in expected.results { #expect(try snapshot.result(for: id) == result) }
            let count = try snapshot.scalar("SELECT count(*) FROM command_results")
            #expect(count == Int64(expected.results.count))
        }

        func play() throws {
            var store = try openStore(folder.file(), clock: clock, randomness: random)
            let reader = try ReadableStore(path: folder.file(), stream: "archives", migrations: schema)
            for _ in 0..<60 {
                let before = model
                do {
                    try store.commit { transaction in
                        try work(transaction, depth: 0)
                        if chance(10) { throw Refusal() }
                        try check(transaction, model)
                        try reader.read { try check($0, before) }
                    }
                } catch is Refusal {
                    model = before
                }
                try reader.read { snapshot in
                    try check(snapshot, model)
                    #expect(try snapshot.head() == store.head)
                }
                if chance(10) { store.checkpointIfNeeded(idle: chance(50)) }
                if chance(8) {
                    let head = store.head
                    store.close()
                    store = try openStore(folder.file(), clock: clock, randomness: random)
                    #expect(store.head == head)
                }
            }
            store.close()
            let report = try StoreInspection.verify(path: folder.file())
            #expect(report.findings == [])
            #expect(report.recordCount == Int64(model.keys.count))
        }
    }

    @Test("State, log, offsets and results are always the model's", arguments: 1...12)
    func againstModel(seed: Int) throws { try Run(seed: UInt64(seed)).play() }
}
