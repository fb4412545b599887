import Contracts
import Domain
import Support
import Testing

@testable import Archives
@testable import Host

/// Rows of who looked that somebody deletes or changes by hand, which the chain of hashes alone did not see.
@Suite("The record of who looked, bound into the chain")
struct LookedDaysTests {
    private func filled() throws -> ServiceBench<Archives> {
        let bench = try ServiceBench<Archives>()
        for day in 1...3 {
            for user in ["dangan", "dangan2"] {
                let note = NoteLooked(
                    user: user, role: .archives, message: "archives.file.get",
                    subjects: (1...Int64(day)).map { PersonID($0).key })
                try bench.core.store.commit { try Looked.save(note, $0) }
            }
            bench.clock.advance(byMilliseconds: 86_400_000)
        }
        for _ in 1...4 { try bench.wake() }
        return bench
    }

    private func findings(_ bench: ServiceBench<Archives>) throws -> [String] {
        try bench.core.store.commit { try LookedDays.verify($0, today: CalendarDay(bench.clock.now())) }
    }

    @Test("Each day that is over has one event; nothing is found while nobody touches the rows")
    func closed() throws {
        let bench = try filled()
        #expect(try bench.newEventNames().filter { $0 == LookedDays.eventName }.count == 3)
        try bench.wake()
        #expect(try bench.newEventNames().isEmpty)
        #expect(try findings(bench).isEmpty)
    }

    @Test(
        "A row that is deleted, added, or given to somebody else is found, with its day",
        arguments: [
            "DELETE FROM looked WHERE user = 'dangan' AND subject = 'person:1'",
            "UPDATE looked SET user = 'weijian' WHERE user = 'dangan2' AND subject = 'person:3'",
            "UPDATE looked SET times = 1, last_at = last_at - 1",
            "DELETE FROM looked",
        ])
    func touched(sql: String) throws {
        let bench = try filled()
        try bench.core.store.commit { try $0.execute(sql) }
        let found = try findings(bench)
        #expect(!found.isEmpty && found.allSatisfy { $0.contains("改动或删除") })
    }

    @Test("Rows that come to a day after it was closed, by a clock that was set back, close it anew")
    func clockSetBack() throws {
        let bench = try filled()
        bench.clock.advance(byMilliseconds: -2 * 86_400_000)
        let note = NoteLooked(user: "dangan3", role: .archives, message: "archives.file.get", subjects: ["person:9"])
        try bench.core.store.commit { try Looked.save(note, $0) }
        #expect(try findings(bench).isEmpty, "it is open again")
        bench.clock.advance(byMilliseconds: 2 * 86_400_000)
        try bench.wake()
        #expect(try findings(bench).isEmpty)
        try bench.core.store.commit { try $0.execute("DELETE FROM looked WHERE user = 'dangan3'") }
        #expect(try findings(bench).count == 1)
    }

    @Test("Whoever deletes rows and opens the day again by hand is found, also once it is closed anew")
    func openedByHand() throws {
        let bench = try filled()
        try bench.core.store.commit { transaction in
            try transaction.execute("DELETE FROM looked WHERE user = 'dangan' AND subject = 'person:1'")
            try transaction.execute("UPDATE looked_closed SET seq = 0")
        }
        #expect(try findings(bench).count == 3)
        for _ in 1...4 { try bench.wake() }
        #expect(try findings(bench).count == 3)
    }
}
