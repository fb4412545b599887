import Contracts
import Domain

extension VerifyPersons {
    /// All of them or none: a list that is out of date is to be looked at again.
    func execute(_ registry: RegistryWriter) throws -> Done {
        for person in try registry.chosen(persons, in: .registered) {
            try registry.setStatus(.verified, of: person.id)
            try registry.context.emit(PersonVerified(person: person.id))
        }
        return Done()
    }
}

extension RegistryWriter {
    /// So many people fit into one turn of the writer: nobody else waits longer than a moment.
    static let mostChosen = 5_000

    /// The people chosen for a step, all within the officer's area and all in a status that the step begins from.
    func chosen(_ persons: [PersonID], in statuses: PersonStatus...) throws -> [LedgerPerson] {
        guard !persons.isEmpty else { throw RegistryRefusal.nobodyChosen }
        guard persons.count <= Self.mostChosen else { throw RegistryRefusal.tooManyChosen }
        return try Set(persons).sorted().map { id in
            guard let person = try person(id) else { throw CommonRefusal.unknownPerson }
            try context.requireArea(enterprise: person.enterprise, township: person.township)
            guard statuses.contains(person.status) else { throw RegistryRefusal.wrongStatus }
            return person
        }
    }
}
