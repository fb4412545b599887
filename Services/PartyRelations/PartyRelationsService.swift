import Contracts
import Host

/// Organization relations (党组织关系) of retired Party members on their way from the enterprise's Party organization to the
/// township's (第十条、第十六条（二）).
package struct PartyRelations: ServiceLogic {
    package static let name = ServiceName.partyRelations
    package static let migrations = PartyRelationsSchema.migrations
    package static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { relations, event, _, context in
            try RegistryEvents.apply(event, PartyRelationsWriter(context, relations.tools.sealer))
        }
    ]
    package static let parameters: [any AnyParameter] = [DuesRule.parameter, LetterValidity.parameter]

    let tools: ServiceTools

    package init(tools: ServiceTools) { self.tools = tools }

    package func execute(_ command: PartyRelationsCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let relations = PartyRelationsWriter(context, tools.sealer)
        return switch command {
        case .prepareTransfer(let command): try command.execute(relations)
        case .sendTransfer(let command): try command.execute(relations)
        case .acceptTransfer(let command): try command.execute(relations)
        case .refuseTransfer(let command): try command.execute(relations)
        case .placeMember(let command): try command.execute(relations)
        case .denyMembership(let command): try command.execute(relations)
        }
    }

    package func read(_ query: PartyRelationsQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let relations = PartyRelationsReader(context, tools.sealer)
        return switch query {
        case .getTransfer(let query): try query.read(relations)
        case .partyWork(let query): try query.read(relations)
        }
    }

    package func proceed(_ work: LongWork, _ context: WriteContext) throws -> Bool {
        switch work.name {
        case TransferSealing.name: try TransferSealing.proceed(PartyRelationsWriter(context, tools.sealer))
        default: throw UnreadableValue()
        }
    }

    package func decideAnew(_ change: ParameterChange, _ context: WriteContext) throws -> ParameterReach {
        try PartyRelationsWriter(context, tools.sealer).decideAnew(change)
    }
}
