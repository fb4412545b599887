import Contracts
import Domain

/// All steps that are described once (`Step`), each with the list from which it is done. A step is a line here.
enum Steps {
    static let all: [AnyStep] = archives + benefits

    static let roles = all.reduce(into: Set<Role>()) { $0.formUnion($1.roles) }

    static func step(_ name: String) -> AnyStep? { byName[name] }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    // MARK: Archives

    private static let filePlace: @Sendable (PersonID) -> String = { "/work/archives/\($0.rawValue)" }

    private static let archives = [
        AnyStep(ReceiveFile.self, list: ArchivesPage.self, place: filePlace, people: awaited),
        AnyStep(ReturnFile.self, list: ArchivesPage.self, place: filePlace, people: awaited),
        AnyStep(HoldBackFile.self, list: ArchivesPage.self, place: filePlace, people: awaited),
        AnyStep(ReleaseFile.self, list: ArchivesPage.self, place: filePlace, people: nil),
    ]

    private static let awaited: AnyStep.People = { asker, scope in
        let page = try asker.ask(
            ArchivesWork(narrowing: scope.narrowing, after: scope.after, limit: scope.limit))
        return StepPeople(persons: page.rows.map(\.person), next: page.next)
    }

    // MARK: Benefits

    private static let benefits = [
        AnyStep(RecordInsuranceTransfer.self, list: InsuranceTransfersPage.self, people: toTransfer)
    ]

    private static let toTransfer: AnyStep.People = { asker, scope in
        let page = try asker.ask(
            ListInsuranceTransfers(
                insurance: InsuranceTransfersPage.insurance(of: asker.officer.role), narrowing: scope.narrowing,
                after: scope.after, limit: scope.limit))
        var persons: [PersonID] = []
        for row in page.rows where persons.last != row.person { persons.append(row.person) }
        return StepPeople(persons: persons, next: page.next)
    }
}
