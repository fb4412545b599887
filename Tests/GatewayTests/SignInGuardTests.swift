import Domain
import Support
import Synchronization
import Testing

@testable import Gateway

@Suite("The guard against trying passwords")
struct SignInGuardTests {
    private let clock = ManualClock()
    private let guardian = SignInGuard()

    private func tries(_ user: String, from address: String, _ count: Int) -> Int {
        (0..<count).count { _ in guardian.begin(user, from: address, now: clock.now()) != nil }
    }

    @Test("Five wrong passwords of an account from one address, and again a minute after the last that counted")
    func pair() {
        #expect(tries("yisa", from: "10.0.0.1", 60) == 5)
        #expect(tries("dangan", from: "10.0.0.1", 1) == 1)
        clock.advance(byMilliseconds: 60_001)
        #expect(tries("yisa", from: "10.0.0.1", 60) == 5)
    }

    @Test("One password against many accounts is stopped by address")
    func spraying() {
        #expect((0..<100).reduce(0) { $0 + tries("user\($1)", from: "10.0.0.1", 1) } == 20)
        #expect(tries("yisa", from: "10.0.0.2", 1) == 1)
    }

    @Test("Many addresses against one account are stopped by account, and do not lock it out where it is in use")
    func distributed() {
        guardian.isInUse("yisa", at: "10.0.0.1", now: clock.now())
        #expect((0..<100).reduce(0) { $0 + tries("yisa", from: "203.0.113.\($1)", 5) } == 20)
        #expect(tries("yisa", from: "10.0.0.9", 1) == 0)
        #expect(tries("yisa", from: "10.0.0.1", 1) == 1)
    }

    @Test("Where it is in use it is not locked out by guesses at other accounts either")
    func neighbours() {
        guardian.isInUse("yisa", at: "10.0.0.1", now: clock.now())
        _ = tries("nobody", from: "10.0.0.1", 100)
        #expect(tries("yisa", from: "10.0.0.1", 100) == 20)
    }

    @Test("A right password is no guess")
    func right() throws {
        for _ in 0..<100 {
            let attempt = try #require(guardian.begin("yisa", from: "10.0.0.1", now: clock.now()))
            guardian.succeeded(attempt, now: clock.now())
        }
        #expect(tries("dangan", from: "10.0.0.1", 5) == 5)
    }

    @Test("A table that is full forgets what is oldest, and nothing else")
    func aging() {
        var table = Aging<Int, Int>(most: 100)
        for number in 0..<1000 {
            table.set(number, number, at: clock.now())
            table.set(-1, number, at: clock.now())
        }
        #expect(table.count == 100)
        #expect(table[-1] == 999 && table[999] == 999 && table[901] == 901 && table[900] == nil)
        for _ in 0..<10_000 { table.set(999, 1, at: clock.now()) }
        #expect(table.count == 100 && table[901] == 901)
    }

    @Test("Turns: an asker's share, and the end of the queue")
    func turns() {
        let turns = Turns(2, share: 1, mostWaiting: 2, waitingShare: 1)
        #expect(
            turns.take(for: "a", patienceInMilliseconds: 100) {
                // The second of the same asker waits in vain, another's has its turn.
                let own = turns.take(for: "a", patienceInMilliseconds: 20) { true }
                let other = turns.take(for: "b", patienceInMilliseconds: 20) { true }
                return own == nil && other == true
            } == true)
        #expect(turns.take(for: "a", patienceInMilliseconds: 0) { true } == true)
    }
}
