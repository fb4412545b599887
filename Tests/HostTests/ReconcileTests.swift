import Contracts
import Domain
import FoundationEssentials
import Host
import Messaging
import Store
import Support
import Testing

@Suite("A store that was put back older, lost or moved")
struct ReconcileTests {
    /// A producer with seven events of which only three are left, and followers that had all and two of them.
    private func putBack() throws -> (ServiceBench<Producer>, ahead: ServiceBench<Follower>, ServiceBench<Follower>) {
        let producer = try ServiceBench<Producer>()
        let (ahead, behind) = (try ServiceBench<Follower>(), try ServiceBench<Follower>())
        try producer.produce(2)
        try behind.follow(producer)
        try producer.produce(1)
        let copy = "\(producer.folder)/copy"
        try producer.restart { try producer.copyStore(to: copy) }
        try producer.produce(4)
        try ahead.follow(producer)
        try producer.restart { try producer.putBack(copy) }
        #expect(producer.core.store.head.seq == 3)
        return (producer, ahead, behind)
    }

    @Test("A log shorter than others have seen takes no commands until it is reconciled, and answers queries")
    func closed() throws {
        let (producer, ahead, _) = try putBack()
        let epoch = producer.core.store.head.epoch
        _ = try producer.core.subscriptions()
        #expect(producer.core.closed == nil, "nobody has said anything yet")
        producer.seen(by: .gateway, epoch: epoch, seq: 3)
        #expect(producer.core.closed == nil)
        producer.seen(by: .archives, epoch: epoch, seq: 7)
        #expect(producer.core.closed?.slug == "log.behind-others")
        #expect(throws: Refusal.self) { try producer.produce(1) }
        #expect(producer.core.store.head.seq == 3, "no second history grows")
        try producer.restart()
        _ = try producer.core.subscriptions()
        #expect(producer.core.closed?.slug == "log.behind-mark", "it is known before anybody has said it again")
        producer.seen(by: .archives, epoch: epoch, seq: 7)
        _ = try producer.look()
        guard case .halted(_, let halt)? = try ahead.follow(producer) else { return #expect(Bool(false)) }
        #expect(halt.slug == "stream.shorter")
        try producer.reconcile(.init(epoch: epoch, seq: 7))
        #expect(producer.core.closed == nil)
        try producer.produce(1)
        try producer.restart()
        _ = try producer.core.subscriptions()
        producer.seen(by: .archives, epoch: epoch, seq: 7)
        #expect(producer.core.closed == nil, "what is settled is settled")
    }

    @Test("Another epoch than the log ever had is a lost log as well, e.g. after its store was made anew")
    func foreignEpoch() throws {
        let producer = try ServiceBench<Producer>()
        _ = try producer.core.subscriptions()
        producer.seen(by: .archives, epoch: 77, seq: 12)
        #expect(producer.core.closed?.slug == "log.behind-others")
        let follower = try ServiceBench<Follower>()
        _ = try follower.give(ProducedLog.verified(1, 2, 3).batch(1...3))
        guard case .halted(_, let halt)? = try follower.follow(producer) else { return #expect(Bool(false)) }
        #expect(halt.slug == "stream.other-epoch")
        try producer.reconcile(.init(epoch: 5, seq: 3), .init(epoch: 77, seq: 12))
        #expect(producer.core.store.head.epoch > 77)
        #expect(producer.core.closed == nil)
        try producer.produce(2)
        try follower.follow(producer)
        #expect(try follower.seen() == [1, 2, 3, 2, 3], "what it had stays, and what is new is taken in")
        #expect(try follower.offset()?.epoch == producer.core.store.head.epoch)
    }

    @Test(
        "After it is reconciled every follower joins on, wherever it stood; what was applied beyond stays and is listed"
    )
    func joinOn() throws {
        let (producer, ahead, behind) = try putBack()
        let epoch = producer.core.store.head.epoch
        try producer.reconcile(.init(epoch: epoch, seq: 7), .init(epoch: epoch, seq: 2))
        try producer.produce(2)
        try ahead.follow(producer)
        try behind.follow(producer)
        // Number 4 is the log's own word that an epoch began.
        #expect(try ahead.seen() == [1, 2, 3, 4, 5, 6, 7, 5, 6])
        #expect(try behind.seen() == [1, 2, 3, 5, 6])
        let head = producer.core.store.head
        for follower in [ahead, behind] {
            #expect(try follower.offset() == StreamOffset(epoch: head.epoch, seq: 6, hash: head.hash))
        }
        #expect(try known(by: ahead).surplus == [LogSurplus(epoch: epoch, after: 3, last: 7)])
        #expect(try known(by: behind).surplus.isEmpty)
        // A follower that comes only now follows the whole log.
        let late = try ServiceBench<Follower>()
        try late.follow(producer)
        #expect(try late.seen() == [1, 2, 3, 5, 6])
    }

    private func known(by follower: ServiceBench<Follower>) throws -> LogKnowledge {
        let body = try follower.ask(
            KnownLog.name, 1, JSONCoding.bytes(KnownLog(stream: "registry", after: 0)), .operations, nil)
        return try JSONCoding.value(LogKnowledge.self, from: body)
    }

    @Test("Put back twice: those who joined on the first time join on the second time too")
    func twice() throws {
        let (producer, ahead, behind) = try putBack()
        let copy = "\(producer.folder)/copy"
        let epoch = producer.core.store.head.epoch
        try producer.reconcile(.init(epoch: epoch, seq: 7))
        try producer.produce(1)
        try ahead.follow(producer)
        let second = producer.core.store.head.epoch
        try producer.restart { try producer.putBack(copy) }
        #expect(producer.core.store.head.epoch == epoch)
        producer.clock.advance(byMilliseconds: 5)
        try producer.reconcile(.init(epoch: second, seq: 5), .init(epoch: epoch, seq: 2))
        #expect(producer.core.store.head.epoch > second)
        try producer.produce(1)
        try ahead.follow(producer)
        try behind.follow(producer)
        #expect(try ahead.offset()?.hash == producer.core.store.head.hash)
        #expect(try behind.offset()?.hash == producer.core.store.head.hash)
    }

    @Test("Numbers that the lost part had given out are not given out again")
    func numbers() throws {
        let (producer, _, _) = try putBack()
        try producer.reconcile(.init(epoch: producer.core.store.head.epoch, seq: 7))
        try producer.produce(1)
        let last = try producer.core.store.commit { try $0.scalar("SELECT max(id) FROM person") }
        #expect(try #require(last) > 1_000_007)
    }

    @Test("A decision about another state of the log than there is, or by somebody else, is refused")
    func refused() throws {
        let (producer, _, _) = try putBack()
        let stale = try JSONCoding.bytes(ReconcileLog(seq: 2, positions: [], reason: "x"))
        #expect(throws: LogRefusal.movedOn) {
            try producer.ask(ReconcileLog.name, 1, stale, .operations, producer.number())
        }
        let fresh = try JSONCoding.bytes(ReconcileLog(seq: 3, positions: [], reason: "x"))
        #expect(throws: CommonRefusal.roleNotEntitled) {
            try producer.ask(ReconcileLog.name, 1, fresh, .humanResources, producer.number())
        }
    }

    @Test("A copy that is older than the mark beside the store takes no commands, before anybody else has spoken")
    func behindMark() throws {
        let producer = try ServiceBench<Producer>()
        let copy = "\(producer.folder)/copy"
        _ = try producer.core.subscriptions()
        try producer.produce(1)
        try producer.restart { try producer.copyStore(to: copy) }
        _ = try producer.core.subscriptions()
        try producer.produce(2)
        producer.core.lookAfterStore(at: 0)
        try producer.restart { try producer.putBack(copy) }
        _ = try producer.core.subscriptions()
        #expect(producer.core.closed?.slug == "log.behind-mark")
        #expect(throws: Refusal.self) { try producer.produce(1) }
        try producer.reconcile()
        try producer.produce(1)
        try producer.restart()
        _ = try producer.core.subscriptions()
        #expect(producer.core.closed == nil)
    }

    @Test("A store that is gone, empty or another's does not start as a new one")
    func vanished() throws {
        let producer = try ServiceBench<Producer>()
        let mark = StoreMarkFile(besideStoreAt: producer.storePath)
        try mark.requireStore()
        _ = try producer.core.subscriptions()
        try producer.produce(3)
        producer.core.lookAfterStore(at: 0)
        #expect(mark.lastSeq == 3)
        let other = try ServiceBench<Producer>()
        // Made a second time, since benches make the same random numbers.
        try other.restart { try other.removeStore() }
        try other.restart { try other.copyStore(to: "\(producer.folder)/other") }
        try producer.restart {
            try producer.removeStore()
            #expect(throws: OptionsError.self) { try mark.requireStore() }
            _ = FileManager.default.createFile(atPath: producer.storePath, contents: nil)
            #expect(throws: OptionsError.self) { try mark.requireStore() }
            try producer.putBack("\(producer.folder)/other")
        }
        #expect(throws: OptionsError.self) { try producer.core.subscriptions() }
    }

    @Test(
        "A file taken away under a running service is noticed within a second; nothing is acknowledged any more",
        arguments: ["", "-wal"])
    func takenAway(suffix: String) throws {
        let producer = try ServiceBench<Producer>()
        _ = try producer.core.subscriptions()
        try producer.produce(1)
        producer.core.lookAfterStore(at: 0)
        #expect(producer.core.closed == nil)
        try FileManager.default.moveItem(atPath: producer.storePath + suffix, toPath: "\(producer.folder)/away")
        producer.core.lookAfterStore(at: 1000)
        #expect(producer.core.closed?.slug == "store.vanished")
        #expect(throws: LogRefusal.vanished) { try producer.produce(1) }
        #expect(throws: CommonRefusal.notRecorded) { try producer.look() }
        // Put back in its place, it is the same file.
        try FileManager.default.moveItem(atPath: "\(producer.folder)/away", toPath: producer.storePath + suffix)
        producer.core.lookAfterStore(at: 2000)
        try producer.produce(1)
    }
}

@Suite("What to fetch of other services' logs")
struct SubscriptionsTests {
    private func head(_ epoch: UInt64, _ seq: Int64) -> [StreamHead] {
        [StreamHead(stream: "registry", epoch: epoch, seq: seq)]
    }

    @Test("A head before what is applied makes the follower ask at once, and only once")
    func doubtful() {
        var subscriptions = Subscriptions()
        subscriptions.start(.registry, epoch: 5, applied: 10)
        #expect(subscriptions.due(at: 0).isEmpty)
        subscriptions.learn(head(5, 7))
        #expect(subscriptions.due(at: 0).first?.request.after == 10)
        #expect(subscriptions.due(at: 0).isEmpty)
        // It was only late.
        subscriptions.applied(.registry, epoch: 5, seq: 10, head: 10, at: 0)
        #expect(subscriptions.due(at: 10_000).isEmpty)
    }

    @Test("A halted log goes on when its producer is put right, or begins a new epoch; not for the same epoch again")
    func goesOn() throws {
        let bench = try ServiceBench<Follower>()
        _ = try bench.give(ProducedLog.verified(1, 2, 3).batch(1...3))
        func halt(_ batch: EventBatch) throws -> Halt {
            guard case .halted(_, let halt)? = try bench.give(batch) else { throw BenchError.notApplied }
            return halt
        }
        let shorter = try halt(EventBatch(epoch: 5, origin: 5, head: 1, items: []))
        var subscriptions = try bench.core.subscriptions()
        subscriptions.learn(head(5, 1))
        subscriptions.halt(.registry, reason: shorter)
        #expect(subscriptions.followed().first?.haltedSlug == "stream.shorter")
        subscriptions.learn(head(5, 2))
        #expect(subscriptions.due(at: 0).isEmpty)
        subscriptions.learn(head(5, 3))
        #expect(subscriptions.followed().first?.halted == nil)
        let other = try halt(EventBatch(epoch: 6, origin: 5, head: 1, items: []))
        subscriptions.learn(head(6, 1))
        subscriptions.halt(.registry, reason: other)
        subscriptions.learn(head(6, 1))
        #expect(subscriptions.due(at: 10_000).isEmpty)
        subscriptions.learn(head(7, 2))
        #expect(subscriptions.due(at: 10_000).first?.request.epoch == 5)
    }
}
