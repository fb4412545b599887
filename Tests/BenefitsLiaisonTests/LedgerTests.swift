import Contracts
import Domain
import Support
import Testing

@testable import BenefitsLiaison

@Suite("What the ledger tells of people")
struct LedgerTests {
    @Test("Who leaves the ledger untouched is gone")
    func withdrawn() throws {
        let bench = try BenefitsBench()
        let person = try bench.person(1, outOfPool: true)
        try bench.feed(PersonWithdrawn(person: person), from: .registry)
        #expect(try bench.refusal(of: GetBenefits(person: person), as: .finance) == CommonRefusal.unknownPerson)
        let rows = try bench.core.store.commit { try $0.scalar("SELECT count(*) FROM person") }
        #expect(rows == 0)
        // Twice does no harm.
        try bench.feed(PersonWithdrawn(person: person), from: .registry)
        #expect(try bench.parked().isEmpty)
    }

    @Test("What was entered for somebody who leaves is kept, and waits for nothing any more")
    func withdrawnAfterEntry() throws {
        let bench = try BenefitsBench()
        let person = try bench.surveyed()
        try bench.execute(RegisterBenefits(person: person, items: [.heating(100_00)]), as: .finance)
        let listed = try bench.listed(2)
        try bench.feed(
            PersonAccepted(
                person: person, enterprise: Sample.enterprise, township: Sample.township,
                on: CalendarDay("2026-10-20")!), from: .registry)
        for person in [person, listed] { try bench.feed(PersonWithdrawn(person: person), from: .registry) }
        #expect(try bench.record(person).items == [.heating(100_00)])
        #expect(
            try bench.refusal(of: RegisterBenefits(person: person, items: []), as: .finance)
                == CommonRefusal.unknownPerson)
        for step in BenefitsStep.allCases { #expect(try bench.waiting(step).isEmpty) }
        #expect(try bench.ask(ListIntakeLists(), as: .humanResources).waiting.isEmpty)
        #expect(
            try bench.refusal(of: BuildIntakeList(month: CalendarMonth("2026-10")!), as: .humanResources)
                == BenefitsLiaisonRefusal.nobodyWaiting)
        #expect(
            try bench.refusal(of: CheckListed(person: listed, result: .matches), as: .socialInsurance)
                == CommonRefusal.unknownPerson)
        #expect(try bench.parked().isEmpty)
    }

    @Test("A person may be heard of before the enterprise is, and accepted without having been registered here")
    func order() throws {
        let bench = try BenefitsBench()
        let person = PersonID(5)
        try bench.feed(
            PersonAccepted(
                person: person, enterprise: Sample.enterprise, township: Sample.township,
                on: CalendarDay("2026-10-01")!), from: .registry)
        #expect(try bench.waiting(.list) == [5])
        try bench.enterprise()
        #expect(try bench.parked().isEmpty)
    }

    @Test("A note on somebody nobody knows is parked, not lost")
    func unknown() throws {
        let bench = try BenefitsBench()
        try bench.feed(OutOfPoolNoted(person: PersonID(9)), from: .registry)
        #expect(try bench.parked().map(\.key) == ["person:9"])
        #expect(try bench.parked().map(\.cause) == ["person.unknown"])
    }

    @Test("Events that matter elsewhere are passed over")
    func others() throws {
        let bench = try BenefitsBench()
        let person = try bench.person(1)
        try bench.feed(PersonVerified(person: person), from: .registry)
        try bench.feed(PersonHandedOver(person: person, on: CalendarDay("2026-11-01")!), from: .registry)
        #expect(try bench.parked().isEmpty)
    }

    @Test("Work lists come page by page, within the area, without repeating anybody")
    func pages() throws {
        let bench = try BenefitsBench()
        for number in 1...7 {
            try bench.person(
                Int64(number), township: number % 2 == 0 ? Sample.otherTownship : Sample.township, outOfPool: true)
        }
        var seen: [Int64] = []
        var after: Int64?
        repeat {
            let page = try bench.ask(BenefitsWork(step: .register, after: after, limit: 2), as: .humanResources)
            #expect(page.rows.count <= 2)
            seen += page.rows.map(\.person.rawValue)
            after = page.next
        } while after != nil
        #expect(seen == Array(1...7))
        #expect(try bench.waiting(.register, as: .township()) == [1, 3, 5, 7])
        #expect(try bench.ask(BenefitsWork(step: .register, limit: 0), as: .finance).rows.count == 1)
        #expect(
            try bench.refusal(of: BenefitsWork(step: .register, limit: 1), as: .enterprise())
                == CommonRefusal.roleNotEntitled)
        let row = try #require(try bench.ask(BenefitsWork(step: .register, limit: 1), as: .finance).rows.first)
        #expect(row == BenefitsWorkRow(person: PersonID(1), enterprise: Sample.enterprise, township: Sample.township))
    }
}
