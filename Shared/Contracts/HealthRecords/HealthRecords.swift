import Domain

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

/// Whether a health record is open (第八条（四）).
public enum HealthState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case opened

    public var chinese: String {
        switch self {
        case .awaiting: "待建档"
        case .opened: "已建档"
        }
    }
}

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

extension HealthRecordsRefusal {
    public static let notAccepted = Refusal(
        "health-records.record.not-accepted", .conflict, article: Article(number: 8, paragraph: 4),
        "健康档案在乡镇（社区）接收后建档，此人尚未接收，请待乡镇办理接收后再建。")
    public static let alreadyOpen = Refusal(
        "health-records.record.already-open", .conflict, article: Article(number: 8, paragraph: 4),
        "此人的健康档案已经建立，一人一档，请直接查阅，无需再建。")
    public static let wrongVillage = Refusal(
        "health-records.village.wrong-segment", .invalid, "村（居）段须为卫生健康系统编列的三位数字，请在以下范围内填写：")
    public static let villageExhausted = Refusal(
        "health-records.village.exhausted", .conflict, "该村（居）段的 99999 个序号已经用完，请向卫生健康局申请新的村（居）段。")
    public static let dateInFuture = Refusal(
        "health-records.date.in-future", .invalid, "建档日期不能晚于今天，请改正。")
    public static let dateBeforeAcceptance = Refusal(
        "health-records.date.before-acceptance", .invalid, article: Article(number: 8, paragraph: 4),
        "建档日期不能早于乡镇（社区）接收之日，请改正。")
    public static let textTooLong = Refusal(
        "health-records.record.text-too-long", .invalid, "填写内容过长，请精简后重新提交：")
}
