import Contracts
import Host

/// What the registry tells of a person, as far as the person's file depends on it.
enum RegistryEvents {
    static func apply(_ event: RegistryEvent, _ archives: ArchivesWriter) throws {
        switch event {
        case .personRegistered(let event):
            try archives.register(event.person, enterprise: event.enterprise, township: event.township)
        case .fileRuleNoted(let event): try archives.noteCommitteeManaged(event.person)
        // Files go with the application (第十六条（一）): a refused one takes its people back to where they were.
        case .personApplied(let event): try archives.setApplication(true, of: event.person)
        case .personReturned(let event): try archives.setApplication(false, of: event.person)
        case .personAccepted(let event): try archives.setApplication(true, of: event.person)
        case .personWithdrawn(let event): try archives.withdraw(event.person)
        default: break
        }
    }
}
