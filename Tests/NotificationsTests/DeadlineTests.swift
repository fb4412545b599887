import Contracts
import Domain
import Support
import Testing

@testable import Notifications

@Suite("Deadlines (第十六条、第二十二条)")
struct DeadlineTests {
    @Test("Late from the day after the last day, reported once")
    func once() throws {
        let bench = try NotificationsBench()
        try bench.apply(bench.register(1))
        try bench.wake(on: "2026-12-04")
        #expect(try bench.passed() == [])
        try bench.wake(on: "2026-12-05")
        #expect(try bench.passed() == ["1 acceptance 2026-12-04"])
        try bench.wake()
        try bench.wake(on: "2026-12-06")
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.overdue(.township()) == ["1 acceptance"])
    }

    @Test("The day begins at midnight in China")
    func midnight() throws {
        let bench = try NotificationsBench()
        try bench.apply(bench.register(1))
        let midnight = CalendarDay("2026-12-05")!.start
        bench.clock.set(midnight.advanced(byMilliseconds: -1))
        try bench.wake()
        #expect(try bench.passed() == [])
        bench.clock.set(midnight)
        try bench.wake()
        #expect(try bench.passed().count == 1)
    }

    @Test("Each event ends its track in time; then nothing is late, however far the clock goes")
    func inTime() throws {
        let bench = try NotificationsBench()
        let person = try bench.register(1, isPartyMember: true, hasOutOfPool: true)
        try bench.apply(person)
        try bench.accept(person, on: "2026-11-24")
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        try bench.feed(MemberPlaced(person: person), from: .partyRelations)
        try bench.feed(CardIssued(person: person), from: .registry)
        try bench.feed(PersonListed(person: person, list: 1), from: .benefitsLiaison)
        try bench.feed(RecordOpened(person: person), from: .healthRecords)
        try bench.feed(BenefitsRegistered(person: person), from: .benefitsLiaison)
        try bench.wake(on: "2030-01-01")
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("Without those events every track of the person becomes late; Party and benefits only for those concerned")
    func allLate() throws {
        let bench = try NotificationsBench()
        for (id, concerned) in [(1, true), (2, false)] {
            let person = try bench.register(Int64(id), isPartyMember: concerned, hasOutOfPool: concerned)
            try bench.apply(person)
            try bench.accept(person, on: "2026-11-24")
        }
        try bench.wake(on: "2027-01-23")
        #expect(
            try Set(bench.passed()) == [
                "1 archives 2026-12-24", "1 party 2026-12-24", "1 confirmation 2026-12-24", "1 benefits 2026-12-24",
                "1 social-insurance 2026-12-31", "2 archives 2026-12-24", "2 confirmation 2026-12-24",
                "2 social-insurance 2026-12-31",
            ])
        // The health record has sixty days.
        try bench.wake(on: "2027-01-24")
        #expect(try bench.passed() == ["1 health 2027-01-23", "2 health 2027-01-23"])
    }

    @Test("A file held back by rule needs no hand-over (第九条（四）)")
    func heldBack() throws {
        let bench = try NotificationsBench()
        let person = try bench.register(1)
        try bench.feed(FileHeldBack(person: person), from: .archives)
        try bench.apply(person)
        try bench.wake(on: "2027-06-01")
        #expect(try bench.passed() == ["1 acceptance 2026-12-04"])
    }

    @Test("What is done before it began counts, even before the person is known")
    func crossStreams() throws {
        let bench = try NotificationsBench()
        let person = PersonID(1)
        try bench.feed(RecordOpened(person: person), from: .healthRecords)
        try bench.feed(MemberPlaced(person: person), from: .partyRelations)
        try bench.feed(PersonListed(person: person, list: 1), from: .benefitsLiaison)
        try bench.feed(BenefitsRegistered(person: person), from: .benefitsLiaison)
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        try bench.register(1, isPartyMember: true, hasOutOfPool: true)
        try bench.apply(person)
        try bench.accept(person, on: "2026-11-24")
        try bench.wake(on: "2030-01-01")
        #expect(try bench.passed() == ["1 confirmation 2026-12-24"])
    }

    @Test("Done late, or needed no longer: told once, and off the list")
    func doneLate() throws {
        let bench = try NotificationsBench()
        let person = try bench.register(1)
        try bench.apply(person)
        try bench.accept(person, on: "2026-11-24")
        try bench.wake(on: "2027-03-01")
        _ = try bench.newEvents()
        try bench.feed(RecordOpened(person: person), from: .healthRecords)
        try bench.feed(CardIssued(person: person), from: .registry)
        try bench.feed(CardIssued(person: person), from: .registry)
        #expect(try bench.newEvents(LateTrackDone.self).map(\.track) == [.health, .confirmation])
        #expect(try bench.overdue(.workingTeam) == ["1 archives", "1 social-insurance"])
    }

    @Test("A returned application stops its clocks; the next one starts them anew")
    func returned() throws {
        let bench = try NotificationsBench()
        let person = try bench.register(1)
        try bench.apply(person)
        try bench.wake(on: "2026-12-10")
        #expect(try bench.passed() == ["1 acceptance 2026-12-04"])
        try bench.feed(PersonReturned(person: person, application: 1), from: .registry)
        #expect(try bench.newEvents(LateTrackDone.self).map(\.track) == [.acceptance])
        #expect(try bench.overdue(.workingTeam) == [])
        try bench.wake(on: "2027-06-01")
        #expect(try bench.newEvents().isEmpty)
        try bench.apply(person)
        try bench.wake(on: "2027-06-12")
        #expect(try bench.passed() == ["1 acceptance 2027-06-11"])
    }

    @Test("A withdrawn person leaves nothing behind")
    func withdrawn() throws {
        let bench = try NotificationsBench()
        let late = try bench.register(1)
        try bench.apply(late)
        try bench.wake(on: "2026-12-10")
        _ = try bench.newEvents()
        try bench.feed(PersonWithdrawn(person: late), from: .registry)
        #expect(try bench.newEvents(LateTrackDone.self).map(\.track) == [.acceptance])
        try bench.wake(on: "2028-01-01")
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.overdue(.workingTeam) == [])
        let left = try bench.core.store.commit {
            try $0.scalar("SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM track)")
        }
        #expect(left == 0)
    }

    @Test("A file that went back, and a difference that the agency found, are open again (第九条、第十六条（四）)")
    func openAgain() throws {
        let bench = try NotificationsBench()
        let person = try bench.register(1)
        try bench.apply(person)
        try bench.accept(person, on: "2026-11-24")
        try bench.feed(CardIssued(person: person), from: .registry)
        try bench.feed(RecordOpened(person: person), from: .healthRecords)
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        try bench.feed(PersonListed(person: person, list: 1), from: .benefitsLiaison)
        try bench.feed(FileReturned(person: person), from: .archives)
        try bench.feed(PersonChecked(person: person, result: .differs), from: .benefitsLiaison)
        try bench.wake(on: "2027-01-01")
        #expect(try bench.passed() == ["1 archives 2026-12-24", "1 social-insurance 2026-12-31"])
        try bench.feed(PersonChecked(person: person, result: .matches), from: .benefitsLiaison)
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        #expect(try bench.newEvents(LateTrackDone.self).map(\.track) == [.socialInsurance, .archives])
    }

    @Test("One call takes a bounded number of tracks; the next ones go on until all are told, each once")
    func bounded() throws {
        let bench = try NotificationsBench()
        let extra = 10
        try bench.core.store.commit { transaction in
            for person in 1...(PassedDeadlines.mostTracks + extra) {
                try transaction.execute(
                    """
                    INSERT INTO track(person, track, enterprise, township, due)
                    VALUES(?, 'health', 'E', '532529101', '2026-11-01')
                    """, person)
            }
        }
        try bench.wake()
        #expect(try bench.passed().count == PassedDeadlines.mostTracks)
        // The writer goes on at once, with other work in between.
        #expect(try bench.finish() == 1)
        #expect(try bench.passed().count == extra)
        try bench.wake()
        #expect(try bench.passed().isEmpty)
        #expect(try bench.titles(.doctor) == ["逾期提醒：\(PassedDeadlines.mostTracks + extra) 项办理事项超过时限"])
    }

    @Test("The minute's look is one walk along the index of what is open")
    func cheap() throws {
        let bench = try NotificationsBench()
        let plan = try bench.core.store.commit {
            try $0.rows(
                """
                EXPLAIN QUERY PLAN SELECT id FROM track
                WHERE is_done = 0 AND is_passed = 0 AND due < '2026-01-01' ORDER BY due, id LIMIT 1
                """
            ) { try $0.text(3) }
        }
        #expect(plan.count == 1)
        #expect(plan.first?.contains("track_due") == true)
    }
}
