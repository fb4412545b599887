import Contracts
import Domain
import Host

extension UndoRoster {
    /// All or nothing: refused once one person has moved on, because others then rely on the ledger. From now on nobody
    /// of the roster is in any list; the rows go piece by piece, and the undoing is announced when all are gone.
    func execute(_ registry: RegistryWriter) throws -> UndoneRoster {
        guard let stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.enterprise, township: nil)
        guard stored.state == .open || stored.state == .closed else { throw RegistryRefusal.rosterNotOpen }
        guard stored.undoable else { throw RegistryRefusal.rosterMovedOn }
        let reason = TextForm.trimming(self.reason)
        guard (1...500).contains(reason.count) else { throw RegistryRefusal.reasonMissing }
        let people = try registry.peopleCount(ofRoster: roster)
        try registry.noteUndoing(ofRoster: roster, people: people, reason: reason)
        // A short one is done at once.
        if try !UndoingRoster.proceed(roster, registry) { try registry.context.begin(UndoingRoster.work(roster)) }
        return UndoneRoster(removed: people)
    }
}

/// The piece of an undoing that fits into one turn of the writer.
enum UndoingRoster {
    static let name = "undo-roster"
    static let peopleInOnePiece = 500

    static func work(_ roster: Int64) -> LongWork { LongWork(name: name, subject: roster) }

    /// - Returns: true when nobody is left and the undoing is announced.
    static func proceed(_ roster: Int64, _ registry: RegistryWriter) throws -> Bool {
        let persons = try registry.persons(ofRoster: roster, limit: peopleInOnePiece)
        for person in persons { try registry.withdraw(person) }
        guard persons.count < peopleInOnePiece else { return false }
        guard let stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.setState(.undone, ofRoster: roster)
        try registry.context.emit(
            RosterUndone(
                roster: roster, enterprise: stored.enterprise, removed: registry.undonePeople(ofRoster: roster)))
        return true
    }
}
