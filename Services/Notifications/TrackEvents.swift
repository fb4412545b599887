import Contracts
import Domain
import Host

/// What starts and ends people's tracks. Logs of different services arrive in any order: what is done before it began
/// is remembered, and counts.
enum TrackEvents {
    static func apply(_ event: ReceivedEvent, _ notifications: NotificationsWriter) throws {
        switch event.content {
        case .registry(let content): try apply(content, at: event.at, notifications)
        case .archives(.fileReceived(let event)): try notifications.setDone(true, .archives, of: event.person)
        case .archives(.fileHeldBack(let event)): try notifications.setDone(true, .archives, of: event.person)
        case .archives(.fileReturned(let event)): try notifications.setDone(false, .archives, of: event.person)
        case .archives(.fileReleased(let event)): try notifications.setDone(false, .archives, of: event.person)
        case .partyRelations(.memberPlaced(let event)): try notifications.setDone(true, .party, of: event.person)
        case .benefitsLiaison(.personListed(let event)):
            try notifications.setDone(true, .socialInsurance, of: event.person)
        // A difference is worked off before the month's list counts as done, as the registry counts it.
        case .benefitsLiaison(.personChecked(let event)):
            try notifications.setDone(event.result == .matches, .socialInsurance, of: event.person)
        case .benefitsLiaison(.benefitsRegistered(let event)):
            try notifications.setDone(true, .benefits, of: event.person)
        case .healthRecords(.recordOpened(let event)): try notifications.setDone(true, .health, of: event.person)
        default: break
        }
    }

    private static func apply(
        _ event: RegistryEvent, at moment: Timestamp, _ notifications: NotificationsWriter
    ) throws {
        switch event {
        case .enterpriseRecorded(let event): try notifications.save(event.enterprise, name: event.name)
        case .personRegistered(let event):
            try notifications.register(event.person, enterprise: event.enterprise, township: event.township)
        case .partyMembershipNoted(let event): try notifications.change(event.person) { $0.isPartyMember = true }
        case .partyMembershipEnded(let event): try notifications.change(event.person) { $0.isPartyMember = false }
        case .outOfPoolNoted(let event): try notifications.change(event.person) { $0.hasOutOfPool = true }
        // The paper's day may lie back; the township can act only from the day on which the application reached it.
        case .personApplied(let event):
            try notifications.change(event.person) {
                $0.township = event.township
                $0.appliedOn = CalendarDay(moment)
            }
        case .personReturned(let event): try notifications.change(event.person) { $0.appliedOn = nil }
        case .personAccepted(let event):
            try notifications.setDone(true, .acceptance, of: event.person)
            try notifications.change(event.person) {
                $0.enterprise = event.enterprise
                $0.township = event.township
                $0.acceptedOn = event.on
            }
        case .cardIssued(let event): try notifications.setDone(true, .confirmation, of: event.person)
        case .personWithdrawn(let event): try notifications.withdraw(event.person)
        default: break
        }
    }
}
