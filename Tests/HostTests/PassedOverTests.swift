import Contracts
import Domain
import Host
import Messaging
import Support
import Testing

@Suite("Events that a program does not know")
struct PassedOverTests {
    /// Verified 1, withdrawn 2, verified 3, withdrawn 3, verified 2: the earlier program knows the odd numbers.
    private func mixed() throws -> ProducedLog {
        var log = ProducedLog()
        try log.append(PersonVerified(person: PersonID(1)))
        try log.append(PersonWithdrawn(person: PersonID(2)))
        try log.append(PersonVerified(person: PersonID(3)))
        try log.append(PersonWithdrawn(person: PersonID(3)))
        try log.append(PersonVerified(person: PersonID(2)))
        return log
    }

    @Test("They park nobody: the same person's later events are applied")
    func nobodyParked() throws {
        let bench = try ServiceBench<EarlierFollower>()
        guard case .applied(.registry, 5, 5, 5)? = try bench.give(mixed().batch(1...5)) else {
            return #expect(Bool(false))
        }
        #expect(try bench.seen() == [1, 3, 5])
        #expect(try bench.parked().isEmpty)
        #expect(try bench.fetch() == nil, "a program that knows no more asks for nothing again")
    }

    @Test("A program that knows them takes in exactly those, in order, once, whatever the batches")
    func takenInLater() throws {
        let earlier = try ServiceBench<EarlierFollower>()
        let log = try mixed()
        _ = try earlier.give(log.batch(1...3))
        _ = try earlier.give(log.batch(4...5))
        let bench = try earlier.upgraded(to: Follower.self)
        #expect(try bench.fetch()?.after == 1, "from before the first that was passed over")
        guard case .tookAgain(.registry, next: 3)? = try bench.give(log.batch(2...3)) else {
            return #expect(Bool(false))
        }
        #expect(try bench.seen() == [1, 3, 5, 2])
        // A crash in between: the next life goes on where this one stood.
        try bench.restart()
        #expect(try bench.fetch()?.after == 3)
        guard case .tookAgain(.registry, next: nil)? = try bench.give(log.batch(4...5)) else {
            return #expect(Bool(false))
        }
        #expect(try bench.seen() == [1, 3, 5, 2, 4])
        try bench.restart()
        #expect(try bench.fetch() == nil)
        _ = try bench.give(log.batch(1...5))
        #expect(try bench.seen() == [1, 3, 5, 2, 4])
    }

    @Test("Live events wait until those that were passed over are taken in")
    func liveEventsWait() throws {
        let earlier = try ServiceBench<EarlierFollower>()
        var log = try mixed()
        _ = try earlier.give(log.batch(1...5))
        let bench = try earlier.upgraded(to: Follower.self)
        try log.append(PersonWithdrawn(person: PersonID(1)))
        guard case .fetchAgain? = try bench.give(log.batch(6...6)) else { return #expect(Bool(false)) }
        #expect(try bench.seen() == [1, 3, 5])
        _ = try bench.give(log.batch(2...6))
        _ = try bench.give(log.batch(6...6))
        #expect(try bench.seen() == [1, 3, 5, 2, 4, 6])
    }

    @Test("A withheld body is no unknown event")
    func withheld() throws {
        let earlier = try ServiceBench<EarlierFollower>()
        _ = try earlier.give(mixed().batch(1...5) { items in for place in [1, 3] { items[place].body = nil } })
        #expect(try earlier.upgraded(to: Follower.self).fetch() == nil)
    }

    @Test("One that fails when it is taken in parks its key as any other; an altered one halts the log")
    func failing() throws {
        let earlier = try ServiceBench<EarlierFollower>()
        var log = ProducedLog()
        try log.append(PersonWithdrawn(person: Follower.unlucky))
        try log.append(PersonVerified(person: PersonID(1)))
        _ = try earlier.give(log.batch(1...2))
        let bench = try earlier.upgraded(to: Follower.self)
        guard case .halted(_, let halt)? = try bench.give(log.batch(1...2) { $0[0].key = "person:1" }) else {
            return #expect(Bool(false))
        }
        #expect(halt.slug == "stream.broken")
        guard case .tookAgain(_, next: nil)? = try bench.give(log.batch(1...2)) else { return #expect(Bool(false)) }
        #expect(try bench.parked().map(\.key) == ["person:13"])
        #expect(try bench.seen() == [2])
    }
}

extension ServiceBench {
    /// What the service asks for when it starts, without having heard of a new head.
    fileprivate func fetch() throws -> FetchLog? {
        var subscriptions = try core.subscriptions()
        return subscriptions.due(at: 0).first?.request
    }
}
