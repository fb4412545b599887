import Contracts
import Host

/// Premises and equipment that enterprises hold for their retirees (第十一条、第十六条（五）): inventory, agreement, hand-over.
package struct Assets: ServiceLogic {
    package static let name = ServiceName.assets
    package static let migrations = AssetsSchema.migrations
    /// Of the ledger only the enterprises matter here; the assets service knows no person.
    package static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { _, event, _, context in
            if case .enterpriseRecorded(let event) = event { try AssetsWriter(context).know(event.enterprise) }
        }
    ]

    package init(tools: ServiceTools) {}

    package func execute(_ command: AssetsCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let assets = AssetsWriter(context)
        return switch command {
        case .recordInventory(let command): try command.execute(assets)
        case .declareNoAssets(let command): try command.execute(assets)
        case .signAgreement(let command): try command.execute(assets)
        case .handOverAssets(let command): try command.execute(assets)
        }
    }

    package func read(_ query: AssetsQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let assets = AssetsReads(context.snapshot)
        return switch query {
        case .getAssets(let query): try query.read(assets, context)
        case .assetsWork(let query): try query.read(assets, context)
        }
    }
}
