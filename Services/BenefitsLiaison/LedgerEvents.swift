import Contracts
import Domain
import Host

/// What of the ledger matters to benefits: enterprises and their annuities, and people from roster to acceptance.
enum LedgerEvents {
    static func apply(_ event: RegistryEvent, _ received: ReceivedEvent, _ benefits: BenefitsWriter) throws {
        switch event {
        case .enterpriseRecorded(let event): try benefits.know(event.enterprise, hasAnnuity: event.hasAnnuity)
        case .personRegistered(let event):
            try benefits.know(event.person, enterprise: event.enterprise, township: event.township)
        case .outOfPoolNoted(let event): try benefits.noteOutOfPool(event.person)
        case .insuranceTransferNoted(let event): try benefits.open(event, on: CalendarDay(received.at))
        case .personAccepted(let event):
            try benefits.know(event.person, enterprise: event.enterprise, township: event.township)
            try benefits.accept(event.person, on: event.on)
        case .personWithdrawn(let event): try benefits.withdraw(event.person)
        default: break
        }
    }
}
