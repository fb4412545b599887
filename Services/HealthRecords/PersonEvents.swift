import Contracts
import Domain
import Host

/// What the registry tells of people, as far as a health record depends on it.
enum PersonEvents {
    static func apply(_ event: RegistryEvent, _ records: HealthRecordsWriter) throws {
        switch event {
        case .personRegistered(let event):
            try records.register(event.person, enterprise: event.enterprise, township: known(event.township))
        case .personAccepted(let event):
            try records.register(event.person, enterprise: event.enterprise, township: known(event.township))
            try records.accept(event.person, on: event.on)
        case .personWithdrawn(let event): try records.withdraw(event.person)
        default: break
        }
    }

    /// A record's number begins with the township's code: an event with another code is parked, not half applied.
    private static func known(_ township: String) throws -> String {
        try Stored.value(Township(township)).code
    }
}
