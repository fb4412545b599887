import Contracts
import Domain

/// What other services have done for a person, as far as the end of the hand-over depends on it.
enum TrackEvents {
    /// - Parameter day: on which it happened, however late it is heard of.
    static func apply(_ event: any Event, on day: CalendarDay, _ registry: RegistryWriter) throws {
        guard let event = event as? any PersonEvent else { return }
        switch event.trackChange {
        case .done(let track):
            try registry.setTrack(track, done: true, of: event.person)
            try registry.completeIfDone(event.person, on: day)
        case .reopened(let track):
            try registry.setTrack(track, done: false, of: event.person)
            try registry.reopen(event.person)
        case .needed, .notNeeded, .late, .notLate, nil: break
        }
        if event is MembershipDenied {
            try registry.setMembership(false, of: event.person)
            try registry.context.emit(PartyMembershipEnded(person: event.person))
            try registry.completeIfDone(event.person, on: day)
        }
    }
}
