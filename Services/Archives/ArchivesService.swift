import Contracts
import Host

/// Personnel files (人事档案) on their way to the county archives bureau (第九条、第十六条（一）).
package struct Archives: ServiceLogic {
    package static let name = ServiceName.archives
    package static let migrations = ArchivesSchema.migrations
    package static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { archives, event, _, context in
            try RegistryEvents.apply(event, ArchivesWriter(context, archives.tools.sealer))
        }
    ]

    let tools: ServiceTools

    package init(tools: ServiceTools) { self.tools = tools }

    package func execute(_ command: ArchivesCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let archives = ArchivesWriter(context, tools.sealer)
        return switch command {
        case .submitCatalogue(let command): try command.execute(archives)
        case .receiveFile(let command): try command.execute(archives)
        case .returnFile(let command): try command.execute(archives)
        case .holdBackFile(let command): try command.execute(archives)
        case .releaseFile(let command): try command.execute(archives)
        }
    }

    package func read(_ query: ArchivesQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let archives = ArchivesReader(context, tools.sealer)
        return switch query {
        case .getFile(let query): try query.read(archives)
        case .archivesWork(let query): try query.read(archives)
        }
    }
}
