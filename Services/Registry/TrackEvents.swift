import Contracts
import Domain
import Host

/// What other services have done for a person, as far as the end of the hand-over depends on it.
enum TrackEvents {
    /// - Parameter day: on which it happened, however late it is heard of.
    static func apply(_ event: ReceivedEvent.Content, on day: CalendarDay, _ registry: RegistryWriter) throws {
        switch event {
        case .archives(.fileReceived(let event)): try set(.archives, true, event.person, on: day, registry)
        case .archives(.fileHeldBack(let event)): try set(.archives, true, event.person, on: day, registry)
        case .archives(.fileReturned(let event)): try set(.archives, false, event.person, on: day, registry)
        case .archives(.fileReleased(let event)): try set(.archives, false, event.person, on: day, registry)
        case .partyRelations(.membershipDenied(let event)):
            try registry.setMembership(false, of: event.person)
            try registry.context.emit(PartyMembershipEnded(person: event.person))
            try registry.completeIfDone(event.person, on: day)
        case .partyRelations(.memberPlaced(let event)): try set(.party, true, event.person, on: day, registry)
        case .benefitsLiaison(.personListed(let event)): try set(.listed, true, event.person, on: day, registry)
        case .benefitsLiaison(.personChecked(let event)):
            try set(.listed, event.result == .matches, event.person, on: day, registry)
        case .benefitsLiaison(.benefitsRegistered(let event)): try set(.benefits, true, event.person, on: day, registry)
        case .healthRecords(.recordOpened(let event)): try set(.health, true, event.person, on: day, registry)
        default: break
        }
    }

    private static func set(
        _ track: RegistryWriter.OutsideTrack, _ done: Bool, _ person: PersonID, on day: CalendarDay,
        _ registry: RegistryWriter
    ) throws {
        try registry.setTrack(track, done: done, of: person)
        if done { try registry.completeIfDone(person, on: day) } else { try registry.reopen(person) }
    }
}
