import Domain

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

/// A health record is open.
public struct RecordOpened: PersonEvent {
    public static let name = "health-records.record.opened"
    public static let title = "建立健康档案"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.health) }

    public init(person: PersonID) {
        self.person = person
    }
}
