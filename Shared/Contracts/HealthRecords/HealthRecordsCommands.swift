import Domain

/// What the health-records (健康档案) service can be told to do.
public enum HealthRecordsCommand: MessageSet {
    case openRecord(OpenRecord)

    public static let table: [MessageEntry<HealthRecordsCommand>] = [
        MessageEntry(HealthRecordsCommand.openRecord)
    ]
}

/// Opens a health record (第八条（四）).
public struct OpenRecord: Command {
    public static let name = "health-records.record.open"
    public static let roles: Set<Role> = [.health]
    public typealias Reply = OpenedRecord

    public var person: PersonID
    /// Three digits as the health bureau numbers communities: 001–099 resident, 101–199 village, 901–999 other.
    public var villageSegment: String
    public var dated: CalendarDay
    public var bloodType: String?
    public var allergies: String?
    public var chronicDiseases: [String]

    public init(
        person: PersonID, villageSegment: String, dated: CalendarDay, bloodType: String? = nil,
        allergies: String? = nil, chronicDiseases: [String]
    ) {
        self.person = person
        self.villageSegment = villageSegment
        self.dated = dated
        self.bloodType = bloodType
        self.allergies = allergies
        self.chronicDiseases = chronicDiseases
    }
}
