import Contracts
import Host

/// What the registry tells of enterprises and people, as far as transfers depend on it.
enum RegistryEvents {
    static func apply(_ event: RegistryEvent, _ relations: PartyRelationsWriter) throws {
        switch event {
        case .enterpriseRecorded(let event): try relations.save(enterprise: event.enterprise, name: event.name)
        case .personRegistered(let event):
            try relations.register(event.person, enterprise: event.enterprise, township: event.township)
        case .partyMembershipNoted(let event): try relations.noteMember(event.person)
        case .personAccepted(let event): try relations.setAccepted(event.person)
        case .personWithdrawn(let event): try relations.withdraw(event.person)
        default: break
        }
    }
}
