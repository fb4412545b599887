import Contracts
import Domain
import Support
import Testing

@testable import BenefitsLiaison

@Suite("Monthly lists for the agency (第十六条（四）)")
struct IntakeListTests {
    private let october = BuildIntakeList(month: CalendarMonth("2026-10")!)

    @Test("The month must be over by the county's clock: 23:59 on the 31st it is not, at 00:00 on the 1st it is")
    func monthBoundary() throws {
        let bench = try BenefitsBench()
        try bench.person(1, acceptedOn: "2026-10-31")
        let firstOfNovember = CalendarDay("2026-11-01")!.start
        bench.clock.set(firstOfNovember.advanced(byMilliseconds: -60_000))
        let refusal = try bench.refusal(of: october, as: .humanResources)
        #expect(refusal == BenefitsLiaisonRefusal.monthNotOver)
        #expect(refusal?.article?.citation == "第十六条（四）")
        #expect(try bench.ask(ListIntakeLists(), as: .humanResources).waiting.isEmpty)
        bench.clock.set(firstOfNovember)
        #expect(try bench.ask(ListIntakeLists(), as: .humanResources).waiting == [october.month])
        #expect(try bench.execute(october, as: .humanResources) == BuiltList(list: 1, people: 1))
    }

    @Test("Who was accepted after the month's end waits for the next list; earlier months come along")
    func whoIsTaken() throws {
        let bench = try BenefitsBench()
        try bench.person(1, acceptedOn: "2026-09-30")
        try bench.person(2, acceptedOn: "2026-10-31")
        try bench.person(3, acceptedOn: "2026-11-01")
        try bench.person(4)
        #expect(try bench.waiting(.list) == [1, 2, 3])
        #expect(
            try bench.ask(ListIntakeLists(), as: .humanResources).waiting.map(\.description) == [
                "2026-09", "2026-10",
            ])
        #expect(try bench.execute(october, as: .humanResources) == BuiltList(list: 1, people: 2))
        #expect(
            try bench.newEventNames() == [
                "benefits-liaison.person.listed", "benefits-liaison.person.listed", "benefits-liaison.list.built",
            ])
        #expect(try bench.waiting(.list) == [3])
        let record = try bench.record(PersonID(1))
        #expect(record.list == 1 && record.listMonth == october.month)
        #expect(try bench.record(PersonID(3)).list == nil)
    }

    @Test("An acceptance that is entered late comes on a supplementary list; numbers are dense, nobody comes twice")
    func supplementary() throws {
        let bench = try BenefitsBench()
        #expect(try bench.refusal(of: october, as: .humanResources) == BenefitsLiaisonRefusal.nobodyWaiting)
        try bench.person(1, acceptedOn: "2026-10-10")
        try bench.execute(october, as: .humanResources)
        #expect(try bench.refusal(of: october, as: .humanResources) == BenefitsLiaisonRefusal.nobodyWaiting)
        _ = try bench.newEvents()
        try bench.person(2, acceptedOn: "2026-10-20")
        #expect(try bench.execute(october, as: .humanResources) == BuiltList(list: 2, people: 1))
        let records = try bench.newEvents()
        #expect(records.map(\.key) == ["person:2", "list:2"])
        let rows = try bench.ask(ListIntakeLists(), as: .socialInsurance).rows
        #expect(rows.map(\.list) == [2, 1] && rows.map(\.month) == [october.month, october.month])
        #expect(rows.map(\.people) == [1, 1])
    }

    @Test(
        "A long list is written piece by piece, shown and announced when whole; no second one begins meanwhile"
    )
    func long() throws {
        let bench = try BenefitsBench()
        try bench.core.store.commit { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
                INSERT INTO person(id, enterprise, township, accepted_on)
                SELECT i, 'e', 't' || (i % 2), '2026-10-10' FROM n
                """)
        }
        #expect(try bench.execute(october, as: .humanResources) == BuiltList(list: 1, people: 2500))
        #expect(try bench.ask(ListIntakeLists(), as: .humanResources).rows.isEmpty)
        #expect(try bench.refusal(of: october, as: .humanResources) == BenefitsLiaisonRefusal.listBeingBuilt)
        // Also after a restart.
        try bench.restart()
        #expect(try bench.finish() == 2)
        #expect(try bench.ask(ListIntakeLists(), as: .humanResources).rows.map(\.people) == [2500])
        let events = try bench.newEvents()
        #expect(events.count == 2501 && events.last?.name == IntakeListBuilt.name)
        #expect(events.allSatisfy { $0.actor.hasPrefix("\(Officer.humanResources.user)#") })
        #expect(try bench.refusal(of: october, as: .humanResources) == BenefitsLiaisonRefusal.nobodyWaiting)
    }

    @Test("A township hands on and sees its own people only; the HR bureau all that remain")
    func areas() throws {
        let bench = try BenefitsBench()
        try bench.person(1, acceptedOn: "2026-10-10")
        try bench.person(2, township: Sample.otherTownship, acceptedOn: "2026-10-10")
        try bench.person(3, township: Sample.otherTownship, acceptedOn: "2026-09-10")
        #expect(try bench.waiting(.list, as: .township()) == [1])
        #expect(try bench.execute(october, as: .township()).people == 1)
        #expect(try bench.refusal(of: october, as: .township()) == BenefitsLiaisonRefusal.nobodyWaiting)
        let other = Officer.township(Sample.otherTownship)
        #expect(
            try bench.ask(ListIntakeLists(), as: other)
                == IntakeListRows(
                    rows: [], waiting: [CalendarMonth("2026-09")!, october.month]))
        #expect(try bench.execute(october, as: .humanResources) == BuiltList(list: 2, people: 2))
        #expect(try bench.ask(ListIntakeLists(), as: .township()).rows.map(\.list) == [1])
        #expect(try bench.ask(ListIntakeLists(), as: other).rows.map(\.people) == [2])
        #expect(try bench.ask(ListIntakeLists(), as: .workingTeam).rows.map(\.people) == [2, 1])
        let unbound = Officer(user: "xiangzhen", role: .township)
        #expect(try bench.refusal(of: october, as: unbound) == CommonRefusal.areaNotEntitled)
        #expect(try bench.refusal(of: october, as: .finance) == CommonRefusal.roleNotEntitled)
        #expect(try bench.refusal(of: ListIntakeLists(), as: .finance) == CommonRefusal.roleNotEntitled)
    }

    @Test("The same command number builds one list")
    func repeated() throws {
        let bench = try BenefitsBench()
        try bench.person(1, acceptedOn: "2026-10-10")
        let number = bench.number()
        let built = try bench.execute(october, as: .humanResources, number: number)
        try bench.person(2, acceptedOn: "2026-10-11")
        try bench.restart()
        #expect(try bench.execute(october, as: .humanResources, number: number) == built)
        #expect(try bench.waiting(.list) == [2])
    }

    @Test("The agency's finding: a difference needs a note, is worked off, and counts on the list")
    func checked() throws {
        let bench = try BenefitsBench()
        let person = try bench.listed()
        _ = try bench.newEvents()
        #expect(try bench.waiting(.check, as: .socialInsurance) == [1])
        let differs = CheckListed(person: person, result: .differs, note: "参保地仍在外县")
        for note in [nil, "", " 　"] {
            #expect(
                try bench.refusal(of: CheckListed(person: person, result: .differs, note: note), as: .socialInsurance)
                    == BenefitsLiaisonRefusal.noteMissing)
        }
        try bench.execute(differs, as: .socialInsurance)
        try bench.execute(differs, as: .socialInsurance)
        #expect(try bench.newEvents(PersonChecked.self).map(\.result) == [.differs])
        #expect(try bench.waiting(.check) == [1])
        #expect(try bench.record(person).check == .differs && bench.record(person).note == "参保地仍在外县")
        var row = try #require(try bench.ask(ListIntakeLists(), as: .socialInsurance).rows.first)
        #expect(row.people == 1 && row.checked == 1 && row.differing == 1)
        let tick = try bench.refusal(of: CheckListed(person: person, result: .matches), as: .socialInsurance)
        #expect(tick?.slug == "benefits-liaison.check.difference-open", "a tick for many overwrites no difference")
        let mended = CheckListed(person: person, result: .matches, note: "参保关系已转入本县")
        try bench.execute(mended, as: .socialInsurance)
        #expect(try bench.newEvents(PersonChecked.self).map(\.result) == [.matches])
        #expect(try bench.waiting(.check).isEmpty)
        #expect(try bench.record(person).check == .matches && bench.record(person).note == "参保关系已转入本县")
        row = try #require(try bench.ask(ListIntakeLists(), as: .socialInsurance).rows.first)
        #expect(row.checked == 1 && row.differing == 0)
        let kept = try bench.core.store.commit { try $0.scalar("SELECT count(*) FROM finding") }
        #expect(kept == 2)
    }

    @Test("Only who is on a list is checked, by the agency, within its area")
    func checkRefused() throws {
        let bench = try BenefitsBench()
        try bench.person(2)
        let person = try bench.listed()
        let agency = Officer(user: "shebao2", role: .socialInsurance, area: .township(Sample.otherTownship))
        let check = CheckListed(person: person, result: .matches)
        #expect(
            try bench.refusal(of: CheckListed(person: PersonID(2), result: .matches), as: .socialInsurance)
                == BenefitsLiaisonRefusal.notListed)
        #expect(
            try bench.refusal(of: CheckListed(person: PersonID(9), result: .matches), as: .socialInsurance)
                == CommonRefusal.unknownPerson)
        #expect(try bench.refusal(of: check, as: agency) == CommonRefusal.areaNotEntitled)
        #expect(try bench.refusal(of: check, as: .humanResources) == CommonRefusal.roleNotEntitled)
    }

    @Test("The note lies sealed in the file, and no event tells of it")
    func sealed() throws {
        let bench = try BenefitsBench()
        let note = "医保关系尚未转入本县统筹区"
        let person = try bench.listed()
        try bench.execute(CheckListed(person: person, result: .differs, note: note), as: .socialInsurance)
        for event in try bench.newEvents() {
            #expect(!String(decoding: event.body, as: UTF8.self).contains(note))
        }
        let path = "\(bench.folder)/benefits-liaison.sqlite"
        let file = try FileBytes.read(path) + FileBytes.read(path + "-wal")
        #expect(!file.contains(Array(note.utf8)))
    }
}
