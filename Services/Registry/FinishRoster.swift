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
