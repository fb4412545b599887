import Contracts
import Domain

extension CloseRoster {
    func execute(_ registry: RegistryWriter) throws -> RosterSummary {
        guard var stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.enterprise, township: nil)
        if stored.state == .closed { return stored }
        guard stored.state == .open else { throw RegistryRefusal.rosterNotOpen }
        guard stored.received == stored.rowCount else { throw RegistryRefusal.rosterIncomplete }
        try registry.setState(.closed, ofRoster: roster)
        try registry.context.emit(
            RosterClosed(
                roster: roster, enterprise: stored.enterprise, registered: stored.registered,
                setAside: stored.setAside + stored.outOfScope))
        stored.state = .closed
        return stored
    }
}

extension UndoRoster {
    /// All or nothing: refused once one person has moved on, because others then rely on the ledger.
    func execute(_ registry: RegistryWriter) throws -> UndoneRoster {
        guard let stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.enterprise, township: nil)
        guard stored.state != .undone else { throw RegistryRefusal.rosterNotOpen }
        guard stored.undoable else { throw RegistryRefusal.rosterMovedOn }
        let reason = TextForm.trimming(self.reason)
        guard (1...500).contains(reason.count) else { throw RegistryRefusal.reasonMissing }
        let persons = try registry.persons(ofRoster: roster)
        for person in persons {
            try registry.remove(person.id)
            try registry.context.emit(PersonWithdrawn(person: person.id))
        }
        try registry.noteUndoing(ofRoster: roster, reason: reason)
        try registry.context.emit(
            RosterUndone(roster: roster, enterprise: stored.enterprise, removed: persons.count))
        return UndoneRoster(removed: persons.count)
    }
}
