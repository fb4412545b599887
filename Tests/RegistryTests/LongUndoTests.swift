import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("A long roster is undone piece by piece")
struct LongUndoTests {
    private static let people = 1_300

    private static func undone() throws -> (bench: RegistryBench, roster: Int64) {
        let bench = try RegistryBench()
        try bench.enterprise()
        let rows = (0..<people).map { index in
            RegistryBench.row(
                index, ["identity-number": TestIdentity.number(index % 1000, birthday: day(index / 1000))])
        }
        let roster = try bench.roster(rows).summary
        #expect(roster.registered == people)
        _ = try bench.newEvents()
        let answer = try bench.execute(UndoRoster(roster: roster.roster, reason: "传错文件"), as: .enterprise())
        #expect(answer.removed == people)
        return (bench, roster.roster)
    }

    private static func day(_ index: Int) -> String { index == 0 ? "19550314" : "19560314" }

    @Test("From the first moment its people are in no list; it is announced when all have left, also after a restart")
    func pieces() throws {
        let (bench, roster) = try Self.undone()
        #expect(try bench.newEventNames().allSatisfy { $0 == PersonWithdrawn.name })
        let state = try bench.ask(GetRoster(roster: roster), as: .enterprise())
        #expect(state.state == .undoing && !state.undoable)
        #expect(state.leaving == Self.people - UndoingRoster.peopleInOnePiece)
        #expect(try bench.ask(SearchPersons(limit: 10), as: .humanResources).rows.isEmpty)
        #expect(try bench.ask(SearchPersons(text: "李", limit: 10), as: .humanResources).rows.isEmpty)
        #expect(try bench.ask(RegistryWork(step: .verify, limit: 10), as: .humanResources).rows.isEmpty)
        let last = PersonID(Int64(Self.people))
        #expect(try bench.refusal(of: GetPerson(person: last), as: .humanResources) == CommonRefusal.unknownPerson)
        #expect(
            try bench.refusal(of: VerifyPersons(persons: [last]), as: .humanResources) == CommonRefusal.unknownPerson)
        #expect(
            try bench.refusal(of: UndoRoster(roster: roster, reason: "再撤"), as: .enterprise())
                == RegistryRefusal.rosterNotOpen)
        try bench.restart()
        #expect(try bench.proceed())
        #expect(try bench.ask(GetRoster(roster: roster), as: .enterprise()).state == .undoing)
        #expect(try bench.finish() == 1)
        let events = try bench.newEvents()
        #expect(events.count == Self.people - UndoingRoster.peopleInOnePiece + 1)
        #expect(events.last?.name == RosterUndone.name)
        #expect(events.allSatisfy { $0.actor.hasPrefix("\(Officer.enterprise().user)#") })
        let after = try bench.ask(GetRoster(roster: roster), as: .enterprise())
        #expect(after.state == .undone && after.leaving == nil)
        #expect(try bench.ask(ListEnterprises(), as: .humanResources).rows.map(\.people) == [0])
    }

    @Test("The same people may come again while the others are still leaving")
    func again() throws {
        let (bench, _) = try Self.undone()
        let row = RegistryBench.row(299, ["identity-number": TestIdentity.number(299, birthday: Self.day(1))])
        let again = try bench.roster([row])
        #expect(again.summary.registered == 1)
        try bench.finish()
        #expect(try bench.ask(SearchPersons(limit: 10), as: .humanResources).rows.count == 1)
        #expect(try bench.ask(ListEnterprises(), as: .humanResources).rows.map(\.people) == [1])
    }

    @Test("An application's people are told page by page")
    func application() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster((0..<25).map { RegistryBench.row($0) })
        let persons = (1...25).map { PersonID($0) }
        try bench.execute(VerifyPersons(persons: persons), as: .humanResources)
        let application = try bench.execute(
            SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: persons,
                materials: Material.allCases, dated: CalendarDay("2026-10-20")!), as: .enterprise()
        ).application
        let found = try bench.pages(
            .township(), { GetApplication(application: application, after: $0, limit: 10) }, next: \.next,
            rows: \.persons.count)
        #expect(found.rows == 25 && found.steps.count == 3)
        #expect(try bench.ask(GetApplication(application: application), as: .township()).persons.count == 25)
    }

    @Test("More people than fit into one turn are not taken at once")
    func tooMany() throws {
        let bench = try RegistryBench()
        let persons = (1...5_001).map { PersonID($0) }
        #expect(
            try bench.refusal(of: VerifyPersons(persons: persons), as: .humanResources)
                == RegistryRefusal.tooManyChosen)
    }
}
