import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("Whom an application is about, and why it came back (第十五条（三）)")
struct ApplicationTests {
    private static let reason = "李阿明户籍在外县"

    private func refused() throws -> (bench: RegistryBench, application: Int64) {
        let bench = try RegistryBench()
        let application = try bench.submitted()
        try bench.execute(
            RefuseApplication(application: application, cause: .notResident, explanation: " \(Self.reason) "),
            as: .township())
        return (bench, application)
    }

    private func lookers(_ bench: RegistryBench, _ message: String) throws -> [String] {
        try bench.core.store.commit {
            try $0.rows("SELECT user FROM looked WHERE subject = 'person:1' AND message = ? ORDER BY user", message) {
                try $0.text(0)
            }
        }
    }

    @Test("Township and enterprise see people and materials of their own applications, and nobody else does")
    func people() throws {
        let bench = try RegistryBench()
        let application = try bench.submitted()
        for officer in [Officer.township(), .enterprise(), .humanResources] {
            let record = try bench.ask(GetApplication(application: application), as: officer)
            #expect(record.persons.map(\.name) == ["李阿芳"] && record.materials == Material.allCases)
        }
        #expect(try lookers(bench, GetApplication.name) == ["qiye", "renshe", "xiangzhen"])
        for stranger in [Officer.township(Sample.otherTownship), .enterprise(Sample.otherEnterprise)] {
            #expect(
                try bench.refusal(of: GetApplication(application: application), as: stranger)?.slug == "access.area")
        }
        #expect(
            try bench.refusal(of: GetApplication(application: application), as: .doctor)?.slug == "access.role")
        #expect(
            try bench.refusal(of: GetApplication(application: 9), as: .township())?.slug
                == RegistryRefusal.unknownApplication.slug)
    }

    @Test("A refused application still tells whom it was about, why and when, also after they applied anew")
    func afterRefusal() throws {
        let (bench, application) = try refused()
        for officer in [Officer.township(), .enterprise()] {
            let row = try #require(try bench.ask(ListApplications(), as: officer).rows.first)
            #expect(row.cause == .notResident && row.explanation == Self.reason)
            #expect(row.decidedOn == CalendarDay("2026-11-24"))
        }
        #expect(try lookers(bench, ListApplications.name) == ["qiye", "xiangzhen"], "the reason may tell of people")
        #expect(try bench.ask(ListApplications(), as: .township(Sample.otherTownship)).rows.isEmpty)
        let again = SubmitApplication(
            enterprise: Sample.enterprise, township: Sample.township, persons: [PersonID(1)],
            materials: Material.allCases, dated: CalendarDay("2026-11-24")!)
        let next = try bench.execute(again, as: .enterprise()).application
        for number in [application, next] {
            let persons = try bench.ask(GetApplication(application: number), as: .township()).persons
            #expect(persons.map(\.person) == [PersonID(1)])
        }
    }

    @Test("The person's page tells the reason while the person is sent back, to those who deal with applications")
    func ofPerson() throws {
        let (bench, application) = try refused()
        let get = GetPerson(person: PersonID(1))
        for officer in [Officer.township(), .enterprise(), .humanResources, .workingTeam] {
            let returned = try #require(try bench.ask(get, as: officer).returned)
            #expect(returned.application == application && returned.cause == .notResident)
            #expect(returned.explanation == Self.reason && returned.on == CalendarDay("2026-11-24"))
        }
        #expect(try bench.ask(get, as: .doctor).returned == nil)
        try bench.execute(
            SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: [PersonID(1)],
                materials: Material.allCases, dated: CalendarDay("2026-11-24")!), as: .enterprise())
        #expect(try bench.ask(get, as: .enterprise()).returned == nil)
    }

    @Test("Nothing of the free text is in an event, or in the clear in the file")
    func sealed() throws {
        let (bench, _) = try refused()
        let events = try bench.newEvents().map { String(decoding: $0.body, as: UTF8.self) }
        #expect(events.contains { $0.contains("not-resident") } && !events.contains { $0.contains("户籍") })
        for file in ["registry.sqlite", "registry.sqlite-wal"] {
            #expect(!(try FileBytes.read("\(bench.folder)/\(file)").contains(Array(Self.reason.utf8))), "\(file)")
        }
    }

    @Test("Somebody who is declined afterwards leaves no trace in the application")
    func declined() throws {
        let (bench, application) = try refused()
        try bench.execute(DeclinePersons(persons: [PersonID(1)], cause: .otherUnit), as: .humanResources)
        #expect(try bench.ask(GetApplication(application: application), as: .enterprise()).persons.isEmpty)
    }
}
