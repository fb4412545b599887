import Contracts
import Domain

/// What starts and ends people's tracks. Logs of different services arrive in any order: what is done before it began
/// is remembered, and counts.
enum TrackEvents {
    static func apply(_ event: any Event, _ notifications: NotificationsWriter) throws {
        guard let event = event as? any PersonEvent, let change = event.trackChange else { return }
        try apply(change, to: event.person, notifications)
    }

    static func apply(_ event: RegistryEvent, at moment: Timestamp, _ notifications: NotificationsWriter) throws {
        try apply(event.event, notifications)
        switch event {
        case .enterpriseRecorded(let event): try notifications.save(event.enterprise, name: event.name)
        case .personRegistered(let event):
            try notifications.register(event.person, enterprise: event.enterprise, township: event.township)
        // The paper's day may lie back; the township can act only from the day on which the application reached it.
        case .personApplied(let event):
            try notifications.change(event.person) {
                $0.township = event.township
                $0.appliedOn = CalendarDay(moment)
            }
        case .personReturned(let event): try notifications.change(event.person) { $0.appliedOn = nil }
        case .personAccepted(let event):
            try notifications.change(event.person) {
                $0.enterprise = event.enterprise
                $0.township = event.township
                $0.acceptedOn = event.on
            }
        case .personWithdrawn(let event): try notifications.withdraw(event.person)
        default: break
        }
    }

    private static func apply(
        _ change: TrackChange, to person: PersonID, _ notifications: NotificationsWriter
    ) throws {
        switch change {
        case .done(let track): try notifications.setDone(true, track, of: person)
        case .reopened(let track): try notifications.setDone(false, track, of: person)
        case .needed(let track): try notifications.change(person) { $0.concerned.insert(track) }
        case .notNeeded(let track): try notifications.change(person) { $0.concerned.remove(track) }
        // This service's own finding.
        case .late, .notLate: break
        }
    }
}
