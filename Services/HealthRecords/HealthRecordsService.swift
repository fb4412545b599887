import Contracts
import Host

/// Health records of accepted retirees (健康档案, 第八条（四）).
package struct HealthRecords: ServiceLogic {
    package static let name = ServiceName.healthRecords
    package static let migrations = HealthRecordsSchema.migrations
    package static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { records, event, _, context in
            try PersonEvents.apply(event, HealthRecordsWriter(context, records.tools.sealer))
        }
    ]

    let tools: ServiceTools

    package init(tools: ServiceTools) { self.tools = tools }

    package func execute(_ command: HealthRecordsCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let records = HealthRecordsWriter(context, tools.sealer)
        return switch command {
        case .openRecord(let command): try command.execute(records)
        }
    }

    package func read(_ query: HealthRecordsQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let records = HealthRecordsReader(context, tools.sealer)
        return switch query {
        case .getHealthRecord(let query): try query.read(records)
        case .healthWork(let query): try query.read(records)
        }
    }
}
