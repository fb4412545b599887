import Contracts

extension DeclinePersons {
    /// All of them or none. They leave the ledger as with an undone roster, and the row and the cause stay with the
    /// roster, so that the enterprise knows what to correct; the corrected row may come in another file.
    func execute(_ registry: RegistryWriter) throws -> Done {
        for person in try registry.chosen(persons, status: .registered) {
            try registry.noteDeclined(person, cause: cause)
            try registry.remove(person.id)
            try registry.context.emit(PersonWithdrawn(person: person.id))
        }
        return Done()
    }
}
