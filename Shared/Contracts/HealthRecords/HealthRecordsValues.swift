import Domain

/// A health-record number, 17 digits.
public struct OpenedRecord: Codable, Equatable, Sendable {
    public var recordNumber: String

    public init(recordNumber: String) {
        self.recordNumber = recordNumber
    }
}

/// A health record.
public struct HealthRecord: Codable, Equatable, Sendable {
    public var person: PersonID
    public var state: HealthState
    public var recordNumber: String?
    public var openedOn: CalendarDay?
    public var bloodType: String?
    public var allergies: String?
    public var chronicDiseases: [String]

    public init(
        person: PersonID, state: HealthState, recordNumber: String? = nil, openedOn: CalendarDay? = nil,
        bloodType: String? = nil, allergies: String? = nil, chronicDiseases: [String]
    ) {
        self.person = person
        self.state = state
        self.recordNumber = recordNumber
        self.openedOn = openedOn
        self.bloodType = bloodType
        self.allergies = allergies
        self.chronicDiseases = chronicDiseases
    }
}

/// A person without a health record.
public struct HealthWorkRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var acceptedOn: CalendarDay?

    public init(person: PersonID, enterprise: String, township: String, acceptedOn: CalendarDay? = nil) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.acceptedOn = acceptedOn
    }
}

/// A page of the work list.
public struct HealthWorkRows: Codable, Equatable, Sendable {
    public var rows: [HealthWorkRow]
    public var next: Int64?

    public init(rows: [HealthWorkRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}
