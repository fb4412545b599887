/// What the health-records (健康档案) service can be told to do.
public enum HealthRecordsCommand: MessageSet {
    case openRecord(OpenRecord)

    public static let table: [MessageEntry<HealthRecordsCommand>] = [
        MessageEntry(HealthRecordsCommand.openRecord)
    ]
}

/// What the health-records (健康档案) service can be asked.
public enum HealthRecordsQuery: MessageSet {
    case getHealthRecord(GetHealthRecord)
    case healthWork(HealthWork)

    public static let table: [MessageEntry<HealthRecordsQuery>] = [
        MessageEntry(HealthRecordsQuery.getHealthRecord),
        MessageEntry(HealthRecordsQuery.healthWork),
    ]
}

/// What the health-records (健康档案) service tells the others.
public enum HealthRecordsEvent: EventSet {
    case recordOpened(RecordOpened)

    public static let table: [MessageEntry<HealthRecordsEvent>] = [
        MessageEntry(event: HealthRecordsEvent.recordOpened)
    ]

    public var event: any Event {
        switch self {
        case .recordOpened(let event): event
        }
    }
}

/// The health-records service's refusals.
public enum HealthRecordsRefusal {}
