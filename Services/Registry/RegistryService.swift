import Contracts
import Domain
import Host

/// The ledger of retirees (电子台账, 第八条（二）): enterprises, rosters, applications, verification and contact cards.
package struct Registry: ServiceLogic {
    package static let name = ServiceName.registry
    package static let migrations = RegistrySchema.migrations
    /// What happens to a person elsewhere counts on the day on which it happened, however late it is heard of.
    package static let follows: [Following<Self>] = [
        Following(.archives, ArchivesEvent.self) { try $0.take($1, $2, $3) },
        Following(.partyRelations, PartyRelationsEvent.self) { try $0.take($1, $2, $3) },
        Following(.benefitsLiaison, BenefitsLiaisonEvent.self) { try $0.take($1, $2, $3) },
        Following(.healthRecords, HealthRecordsEvent.self) { try $0.take($1, $2, $3) },
    ]

    let tools: ServiceTools

    package init(tools: ServiceTools) { self.tools = tools }

    package func execute(_ command: RegistryCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let registry = RegistryWriter(context, tools.sealer)
        return switch command {
        case .recordEnterprise(let command): try command.execute(registry)
        case .openRoster(let command): try command.execute(registry)
        case .addRosterRows(let command): try command.execute(registry)
        case .closeRoster(let command): try command.execute(registry)
        case .takeDifferences(let command): try command.execute(registry)
        case .rememberHeadings(let command): try command.execute(registry)
        case .undoRoster(let command): try command.execute(registry)
        case .verifyPersons(let command): try command.execute(registry)
        case .declinePersons(let command): try command.execute(registry)
        case .submitApplication(let command): try command.execute(registry)
        case .acceptApplication(let command): try command.execute(registry)
        case .refuseApplication(let command): try command.execute(registry)
        case .confirmPerson(let command): try command.execute(registry)
        case .issueCard(let command): try command.execute(registry)
        case .recordContact(let command): try command.execute(registry)
        }
    }

    package func read(_ query: RegistryQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let registry = RegistryReader(context, tools.sealer)
        return switch query {
        case .getPerson(let query): try query.read(registry)
        case .searchPersons(let query): try query.read(registry)
        case .namePersons(let query): try query.read(registry)
        case .readPersons(let query): try query.read(registry)
        case .registryWork(let query): try query.read(registry)
        case .listApplications(let query): try query.read(registry)
        case .getApplication(let query): try query.read(registry)
        case .listCards(let query): try query.read(registry)
        case .listEnterprises(let query): try query.read(registry)
        case .listRosters(let query): try query.read(registry)
        case .getRoster(let query): try query.read(registry)
        case .getSetAside(let query): try query.read(registry)
        case .listDifferences(let query): try query.read(registry)
        case .checkRosterRows(let query): try query.read(registry)
        case .getHeadings(let query): try query.read(registry)
        }
    }

    package func proceed(_ work: LongWork, _ context: WriteContext) throws -> Bool {
        switch work.name {
        case UndoingRoster.name: try UndoingRoster.proceed(work.subject, RegistryWriter(context, tools.sealer))
        case Likenesses.name: try Likenesses.proceed(RegistryWriter(context, tools.sealer))
        case SealedColumn.binding.name:
            try SealedColumn.bindAll(RegistrySealed.all, context.transaction, tools.sealer)
        default: throw UnreadableValue()
        }
    }

    private func take(_ event: some EventSet, _ received: ReceivedEvent, _ context: WriteContext) throws {
        try TrackEvents.apply(event.event, on: CalendarDay(received.at), RegistryWriter(context, tools.sealer))
    }
}
