import Contracts
import Domain
import Host
import Store
import Support
import Testing

@Suite("Taking in another service's events")
struct EventIntakeTests {
    @Test("Each once and in order, also when a batch comes twice or overlaps, and over a restart")
    func once() throws {
        let bench = try ServiceBench<Follower>()
        let log = try ProducedLog.verified(1, 2, 3, 4)
        _ = try bench.give(log.batch(1...2))
        _ = try bench.give(log.batch(1...2))
        try bench.restart()
        _ = try bench.give(log.batch(2...4))
        #expect(try bench.seen() == [1, 2, 3, 4])
    }

    @Test("A batch that does not join on is fetched again, and nothing of it is taken")
    func gap() throws {
        let bench = try ServiceBench<Follower>()
        let effect = try bench.give(ProducedLog.verified(1, 2, 3).batch(2...3))
        guard case .fetchAgain(.registry) = effect else { return #expect(Bool(false), "\(String(describing: effect))") }
        #expect(try bench.seen() == [])
    }

    @Test(
        "An altered log stops the follower, and nothing of the batch is kept",
        arguments: ["body", "digest", "hash", "name", "key", "actor", "time", "missing"])
    func altered(what: String) throws {
        let bench = try ServiceBench<Follower>()
        let log = try ProducedLog.verified(1, 2, 3)
        let effect = try bench.give(
            log.batch(1...3) { items in
                switch what {
                case "body": items[1].body = Array("{\"person\":99}".utf8)
                case "digest": items[1].bodyDigest[0] ^= 1
                case "hash": items[1].hash[0] ^= 1
                case "name": items[1].name = PersonWithdrawn.name
                case "key": items[1].key = "person:99"
                case "actor": items[1].actor = "b"
                case "time": items[1].at = Timestamp(millisecondsSinceEpoch: 77)
                default: items.remove(at: 1)
                }
            })
        guard case .halted(.registry, _) = effect else { return #expect(Bool(false), "\(String(describing: effect))") }
        #expect(try bench.seen() == [])
        // The true log goes on from the beginning.
        _ = try bench.give(log.batch(1...3))
        #expect(try bench.seen() == [1, 2, 3])
    }

    @Test("A log of another epoch, or a shorter one, stops the follower")
    func replaced() throws {
        let bench = try ServiceBench<Follower>()
        var log = try ProducedLog.verified(1, 2)
        _ = try bench.give(log.batch(1...2))
        let shorter = EventBatch(epoch: 5, origin: 5, head: 1, items: [])
        guard case .halted = try bench.give(shorter) else { return #expect(Bool(false), "a shorter log was taken") }
        log.epoch = 6
        guard case .halted = try bench.give(log.batch(1...2)) else {
            return #expect(Bool(false), "another epoch was taken")
        }
    }

    @Test("A withheld body is passed over, and the chain still checks")
    func withheld() throws {
        let bench = try ServiceBench<Follower>()
        _ = try bench.give(ProducedLog.verified(1, 2, 3).batch(1...3) { $0[1].body = nil })
        #expect(try bench.seen() == [1, 3])
    }

    @Test("An event that cannot be applied parks its key with its later events; the others go on; replay keeps order")
    func parked() throws {
        let bench = try ServiceBench<Follower>()
        _ = try bench.give(ProducedLog.verified(1, 13, 2, 13).batch(1...4))
        #expect(try bench.seen() == [1, 3])
        let parked = try #require(try bench.parked().first)
        #expect(parked.key == "person:13" && parked.events == 2 && parked.firstSeq == 2)

        let replay = SettleParked(stream: "registry", key: "person:13")
        let body = try JSONCoding.bytes(replay)
        #expect(throws: Refusal.self) {
            try bench.ask(SettleParked.name, 1, body, .operations, bench.number())
        }
        #expect(try bench.parked().count == 1, "a replay that fails keeps everything")
        #expect(throws: CommonRefusal.roleNotEntitled) {
            try bench.ask(SettleParked.name, 1, body, .archivist, bench.number())
        }
        try bench.core.store.commit { try $0.execute("INSERT INTO repaired(yes) VALUES(1)") }
        _ = try bench.ask(SettleParked.name, 1, body, .operations, bench.number())
        #expect(try bench.seen() == [1, 3, 2, 4])
        #expect(try bench.parked().isEmpty)
    }

    @Test("Discarding needs a reason and frees the key for later events")
    func discarded() throws {
        let bench = try ServiceBench<Follower>()
        let log = try ProducedLog.verified(13, 2)
        _ = try bench.give(log.batch(1...2))
        let discard = SettleParked(stream: "registry", key: "person:13", discardReason: "测试数据")
        _ = try bench.ask(SettleParked.name, 1, JSONCoding.bytes(discard), .operations, bench.number())
        #expect(try bench.parked().isEmpty)
        #expect(try bench.seen() == [2])
    }

    @Test("A wrong statement halts the log, parks nobody, and goes on by itself under a program that is right")
    func programFault() throws {
        let wrong = try ServiceBench<WrongFollower>()
        let log = try ProducedLog.verified(1, 2)
        let effect = try wrong.core.run([.events(stream: .registry, log.batch(1...2))], now: wrong.clock.instant())
            .first
        guard case .halted(.registry, let halt)? = effect else {
            return #expect(Bool(false), "\(String(describing: effect))")
        }
        #expect(halt.slug == "stream.program-fault" && halt.message.contains("第 1 条"))
        #expect(try wrong.parked().isEmpty)
        let right = try wrong.upgraded(to: Follower.self)
        _ = try right.give(log.batch(1...2))
        #expect(try right.seen() == [1, 2])
    }

    @Test("A service that can follow anew may emit nothing while it applies events")
    func emitting() throws {
        let bench = try ServiceBench<EmittingProjection>()
        guard case .halted(_, let halt)? = try bench.give(ProducedLog.verified(1).batch(1...1)) else {
            return #expect(Bool(false))
        }
        #expect(halt.slug == "stream.program-fault")
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("Parked events of a log's epochs stand beside each other; one that was discarded is not parked again")
    func parkedByEpoch() throws {
        let bench = try ServiceBench<Follower>()
        _ = try bench.give(ProducedLog.verified(13).batch(1...1))
        let discard = SettleParked(stream: "registry", key: "person:13", discardReason: "测试数据")
        _ = try bench.ask(SettleParked.name, 1, JSONCoding.bytes(discard), .operations, bench.number())
        // The log is followed anew: what was discarded stays so and holds up nobody.
        try bench.core.store.commit { try $0.execute("DELETE FROM stream_offsets") }
        _ = try bench.give(ProducedLog.verified(13, 1).batch(1...2))
        #expect(try bench.parked().isEmpty)
        // The same numbers in another epoch.
        try bench.core.store.commit { try $0.execute("DELETE FROM stream_offsets") }
        var renewed = try ProducedLog.verified(13, 13)
        renewed.epoch = 6
        _ = try bench.give(renewed.batch(1...2))
        #expect(try bench.parked().first?.events == 2)
    }

    @Test("Batches survive the wire; damaged bytes give nothing instead of a trap")
    func bytes() throws {
        let batch = try ProducedLog.verified(1, 2, 3).batch(1...3) { $0[2].body = nil }
        let bytes = batch.bytes()
        #expect(EventBatch(bytes: bytes) == batch)
        for length in 0..<bytes.count { #expect(EventBatch(bytes: Array(bytes[..<length])) == nil) }
        #expect(EventBatch(bytes: bytes + [0]) == nil)
        let random = SeededRandomness(seed: 3)
        for _ in 0..<20_000 {
            var damaged = bytes
            damaged[random.number(below: damaged.count)] = UInt8(truncatingIfNeeded: random.number())
            _ = EventBatch(bytes: damaged)
        }
    }
}
