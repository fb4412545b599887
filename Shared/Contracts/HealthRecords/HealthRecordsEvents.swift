import Domain

/// What the health-records (健康档案) service tells the others.
public enum HealthRecordsEvent: MessageSet {
    case recordOpened(RecordOpened)

    public static let table: [MessageEntry<HealthRecordsEvent>] = [
        MessageEntry(event: HealthRecordsEvent.recordOpened)
    ]
}

/// A health record is open.
public struct RecordOpened: Event {
    public static let name = "health-records.record.opened"

    public var person: PersonID

    public var key: String { person.key }

    public init(person: PersonID) {
        self.person = person
    }
}
