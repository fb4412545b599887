import Contracts
import Domain
import Support

@testable import Archives

typealias ArchivesBench = ServiceBench<Archives>

extension ServiceBench where Logic == Archives {
    /// A person whom the registry has registered.
    @discardableResult
    func registered(
        _ number: Int64 = 1, enterprise: String = Sample.enterprise, township: String = Sample.township
    ) throws -> PersonID {
        let person = PersonID(number)
        try feed(
            PersonRegistered(person: person, enterprise: enterprise, township: township, roster: 1), from: .registry)
        return person
    }

    /// A person whose hand-over is applied for.
    @discardableResult
    func applied(_ number: Int64 = 1, enterprise: String = Sample.enterprise) throws -> PersonID {
        let person = try registered(number, enterprise: enterprise)
        try feed(PersonVerified(person: person), from: .registry)
        try feed(PersonApplied(person: person, application: 1, township: Sample.township), from: .registry)
        return person
    }

    func file(_ person: PersonID, as officer: Officer = .archivist) throws -> FileRecord {
        try ask(GetFile(person: person), as: officer)
    }
}

extension ReceiveFile {
    /// A file that is in order.
    static func inOrder(_ person: PersonID = PersonID(1)) -> ReceiveFile {
        ReceiveFile(
            person: person, scheme: .worker, volumes: 1,
            catalogue: [
                CatalogueEntry(classNumber: "1", title: "职工履历表", formedOn: "1985-07", pages: 4),
                CatalogueEntry(classNumber: "9", title: "退休审批表", formedOn: "2015", pages: 2, remark: "原件"),
            ],
            missing: [MissingMaterial(classNumber: "3", title: "1990年考核表", proof: "遗失情况说明（2026）3号")],
            dated: CalendarDay("2026-11-20")!)
    }

    func with(_ change: (inout ReceiveFile) -> Void) -> ReceiveFile {
        var copy = self
        change(&copy)
        return copy
    }
}
