import Contracts

extension DeclinePersons {
    /// All of them or none; also who was verified already and cannot be handed over as the roster says, e.g. because
    /// the township named in it refused with cause. They leave the ledger as with an undone roster, and the row and the
    /// cause stay with the roster, so that the enterprise knows what to correct; the corrected row may come in another
    /// file.
    func execute(_ registry: RegistryWriter) throws -> Done {
        for person in try registry.chosen(persons, in: .registered, .verified) {
            // The paper would lie in the bureau under a number of somebody who is in no ledger.
            guard !person.archivesDone else { throw RegistryRefusal.fileWithBureau }
            try registry.noteDeclined(person, cause: cause)
            try registry.withdraw(person.id)
        }
        return Done()
    }
}
