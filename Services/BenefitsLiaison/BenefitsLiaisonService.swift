import Contracts
import Host

/// Benefits that the pension pool does not pay (第十二条), their continuity (第十三条（一）), and the monthly lists for the
/// social-insurance agency (第十六条（四）).
package struct BenefitsLiaison: ServiceLogic {
    package static let name = ServiceName.benefitsLiaison
    package static let migrations = BenefitsLiaisonSchema.migrations
    package static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { benefits, event, received, context in
            try LedgerEvents.apply(event, received, BenefitsWriter(context, benefits.tools.sealer))
        }
    ]

    let tools: ServiceTools

    package init(tools: ServiceTools) { self.tools = tools }

    package func execute(_ command: BenefitsLiaisonCommand, _ context: WriteContext) throws -> any Encodable & Sendable
    {
        let benefits = BenefitsWriter(context, tools.sealer)
        return switch command {
        case .freezeSurvey(let command): try command.execute(benefits)
        case .registerBenefits(let command): try command.execute(benefits)
        case .buildIntakeList(let command): try command.execute(benefits)
        case .checkListed(let command): try command.execute(benefits)
        case .recordInsuranceTransfer(let command): try command.execute(benefits)
        }
    }

    package func read(_ query: BenefitsLiaisonQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let benefits = BenefitsReads(context.snapshot, tools.sealer)
        return switch query {
        case .getBenefits(let query): try query.read(benefits, context)
        case .benefitsWork(let query): try query.read(benefits, context)
        case .listIntakeLists(let query): try query.read(benefits, context)
        case .listSurveys(let query): try query.read(benefits, context)
        case .listInsuranceTransfers(let query): try query.read(benefits, context)
        }
    }

    package func proceed(_ work: LongWork, _ context: WriteContext) throws -> Bool {
        switch work.name {
        case ListBuilding.name: try ListBuilding.proceed(work.subject, BenefitsWriter(context, tools.sealer))
        case ItemSealing.name: try ItemSealing.proceed(BenefitsWriter(context, tools.sealer))
        case SealedColumn.binding.name:
            try SealedColumn.bindAll([BenefitsReads.note], context.transaction, tools.sealer)
        default: throw UnreadableValue()
        }
    }
}
