import Domain

/// What the health-records (健康档案) service can be asked.
public enum HealthRecordsQuery: MessageSet {
    case getHealthRecord(GetHealthRecord)
    case healthWork(HealthWork)

    public static let table: [MessageEntry<HealthRecordsQuery>] = [
        MessageEntry(HealthRecordsQuery.getHealthRecord),
        MessageEntry(HealthRecordsQuery.healthWork),
    ]
}

/// One person's health record.
public struct GetHealthRecord: Query {
    public static let name = "health-records.record.get"
    public static let roles: Set<Role> = [.health]
    public typealias Reply = HealthRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Accepted people without a record.
public struct HealthWork: Query {
    public static let name = "health-records.work.list"
    public static let roles: Set<Role> = [.health, .workingTeam]
    public typealias Reply = HealthWorkRows

    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}
