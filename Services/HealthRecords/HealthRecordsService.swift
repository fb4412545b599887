import Contracts
import Host

/// Health records of accepted retirees (健康档案, 第八条（四）).
struct HealthRecords: ServiceLogic {
    static let name = ServiceName.healthRecords
    static let migrations = HealthRecordsSchema.migrations
    static let follows = [
        Following<Self>(.registry, RegistryEvent.self) { records, event, _, context in
            try PersonEvents.apply(event, HealthRecordsWriter(context, records.tools.sealer))
        }
    ]

    let tools: ServiceTools

    func execute(_ command: HealthRecordsCommand, _ context: WriteContext) throws -> any Encodable & Sendable {
        let records = HealthRecordsWriter(context, tools.sealer)
        return switch command {
        case .openRecord(let command): try command.execute(records)
        }
    }

    func read(_ query: HealthRecordsQuery, _ context: ReadContext) throws -> any Encodable & Sendable {
        let records = HealthRecordsReader(context, tools.sealer)
        return switch query {
        case .getHealthRecord(let query): try query.read(records)
        case .healthWork(let query): try query.read(records)
        }
    }
}

@main
enum Main {
    static func main() { ServiceProcess<HealthRecords>.main() }
}
