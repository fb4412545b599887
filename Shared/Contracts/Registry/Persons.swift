import Domain

/// Everything of one person.
public struct GetPerson: Query {
    public static let name = "registry.person.get"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
    ]
    public typealias Reply = PersonRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Everything of some people, at most 500, as far as the asker's office needs it; for sheets that are filled in and
/// lists by which somebody compares. People outside the asker's area are left out. Who looked at whom is written down.
public struct ReadPersons: Query {
    public static let name = "registry.person.read"
    public static let roles: Set<Role> = [
        .humanResources, .socialInsurance, .township, .enterprise, .archives, .organization, .finance, .health,
    ]
    public typealias Reply = PersonRecords

    public var persons: [PersonID]

    public init(persons: [PersonID]) {
        self.persons = persons
    }
}

/// The ledger, searched.
public struct SearchPersons: Query {
    public static let name = "registry.person.search"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
    ]
    public typealias Reply = PersonRows

    /// A name, a part of one, or a whole ID number.
    public var text: String?
    public var enterprise: String?
    public var township: String?
    public var status: PersonStatus?
    public var after: Int64?
    public var limit: Int

    public init(
        text: String? = nil, enterprise: String? = nil, township: String? = nil, status: PersonStatus? = nil,
        after: Int64? = nil, limit: Int
    ) {
        self.text = text
        self.enterprise = enterprise
        self.township = township
        self.status = status
        self.after = after
        self.limit = limit
    }
}

/// The lines of given people, for another department's work list. People outside the asker's area are left out.
public struct NamePersons: Query {
    public static let name = "registry.person.name"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
    ]
    public typealias Reply = PersonRows

    public var persons: [PersonID]

    public init(persons: [PersonID]) {
        self.persons = persons
    }
}

/// Who waits for a step.
public struct RegistryWork: Query {
    public static let name = "registry.work.list"
    public static let roles: Set<Role> = [.humanResources, .township, .enterprise, .workingTeam]
    public typealias Reply = PersonRows

    public var step: RegistryStep
    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(step: RegistryStep, narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.step = step
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}

/// How far the registry's own way of a retiree has gone (第十五条、第十六条).
public enum PersonStatus: String, CaseIterable, Codable, Sendable {
    case registered
    case verified
    case applied
    case accepted
    case handedOver = "handed-over"

    /// The one name of the state, in filters, figures, rows and files: the step that comes next.
    public var chinese: String {
        switch self {
        case .registered: "待核准"
        case .verified: "待申请"
        case .applied: "待接收"
        case .accepted: "办理中"
        case .handedOver: "已全部移交"
        }
    }
}

/// The steps whose work lists the registry keeps.
public enum RegistryStep: String, CaseIterable, Codable, Sendable {
    case verify
    case apply
    case confirm
    case issueCard = "issue-card"

    public var chinese: String {
        switch self {
        case .verify: "人社局核准登记"
        case .apply: "提出移交申请"
        case .confirm: "核对信息"
        case .issueCard: "发放联系卡"
        }
    }
}

/// A line of the ledger, as lists show it.
public struct PersonRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var name: String
    public var maskedIdentity: String
    public var enterprise: String
    public var enterpriseName: String
    public var township: String
    public var community: String
    public var status: PersonStatus
    public var isPartyMember: Bool
    /// True where something of the roster has to be looked into before the person is verified; for those who verify.
    public var isNoted: Bool?

    public init(
        person: PersonID, name: String, maskedIdentity: String, enterprise: String, enterpriseName: String,
        township: String, community: String, status: PersonStatus, isPartyMember: Bool, isNoted: Bool? = nil
    ) {
        self.person = person
        self.name = name
        self.maskedIdentity = maskedIdentity
        self.enterprise = enterprise
        self.enterpriseName = enterpriseName
        self.township = township
        self.community = community
        self.status = status
        self.isPartyMember = isPartyMember
        self.isNoted = isNoted
    }
}

/// A page of lines.
public struct PersonRows: Codable, Equatable, Sendable {
    public var rows: [PersonRow]
    /// Ask again with this as `after`; nil at the end.
    public var next: Int64?

    public init(rows: [PersonRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// Something that a roster told of a person, for people to read.
public struct PersonFact: Codable, Equatable, Sendable {
    public var title: String
    public var text: String

    public init(title: String, text: String) {
        self.title = title
        self.text = text
    }
}

/// Everything the registry knows of a person.
public struct PersonRecord: Codable, Equatable, Sendable {
    public var row: PersonRow
    public var identityNumber: String
    public var sex: String
    public var ethnicity: String
    /// Absent where the office needs the year only.
    public var birthday: CalendarDay?
    /// Where the day is absent.
    public var birthYear: Int?
    public var workStart: String
    public var retirement: String
    public var politicalStatus: String
    public var registeredAddress: String
    public var residence: String
    public var telephone: String
    public var pensionPlace: String
    public var medicalPlace: String
    public var basicPensionInFen: Int64?
    public var outOfPool: String
    /// The one unit that manages the person now (第二条).
    public var managingUnit: String
    public var managedSince: CalendarDay
    public var acceptedOn: CalendarDay?
    public var confirmedBy: ConfirmationMethod?
    public var delegate: String?
    public var cardNumber: String?
    public var corrections: [CorrectionRecord]
    public var scopeReason: String
    /// Why the township sent the person back, until the enterprise applies again.
    public var returned: ReturnedApplication?
    /// How the managing township is reached; nil before it told.
    public var contact: ServiceContact?
    /// What the roster told, as far as the asker's office needs it: for people to read, where no program asks for it.
    public var facts: [PersonFact]?

    public init(
        row: PersonRow, identityNumber: String, sex: String, ethnicity: String, birthday: CalendarDay,
        workStart: String, retirement: String, politicalStatus: String, registeredAddress: String, residence: String,
        telephone: String, pensionPlace: String, medicalPlace: String, basicPensionInFen: Int64? = nil,
        outOfPool: String, managingUnit: String, managedSince: CalendarDay, acceptedOn: CalendarDay? = nil,
        confirmedBy: ConfirmationMethod? = nil, delegate: String? = nil, cardNumber: String? = nil,
        corrections: [CorrectionRecord], scopeReason: String,
        returned: ReturnedApplication? = nil, contact: ServiceContact? = nil, facts: [PersonFact]? = nil
    ) {
        self.row = row
        self.identityNumber = identityNumber
        self.sex = sex
        self.ethnicity = ethnicity
        self.birthday = birthday
        self.workStart = workStart
        self.retirement = retirement
        self.politicalStatus = politicalStatus
        self.registeredAddress = registeredAddress
        self.residence = residence
        self.telephone = telephone
        self.pensionPlace = pensionPlace
        self.medicalPlace = medicalPlace
        self.basicPensionInFen = basicPensionInFen
        self.outOfPool = outOfPool
        self.managingUnit = managingUnit
        self.managedSince = managedSince
        self.acceptedOn = acceptedOn
        self.confirmedBy = confirmedBy
        self.delegate = delegate
        self.cardNumber = cardNumber
        self.corrections = corrections
        self.scopeReason = scopeReason
        self.returned = returned
        self.contact = contact
        self.facts = facts
    }
}

/// Everything of some people.
public struct PersonRecords: Codable, Equatable, Sendable {
    public var rows: [PersonRecord]

    public init(rows: [PersonRecord]) { self.rows = rows }
}

/// The application with which a person was sent back.
public struct ReturnedApplication: Codable, Equatable, Sendable {
    public var application: Int64
    public var on: CalendarDay
    public var cause: RefusalCause
    public var explanation: String?

    public init(application: Int64, on: CalendarDay, cause: RefusalCause, explanation: String? = nil) {
        self.application = application
        self.on = on
        self.cause = cause
        self.explanation = explanation
    }
}

/// A retiree entered the ledger.
public struct PersonRegistered: PersonEvent {
    public static let name = "registry.person.registered"
    public static let title = "列入台账"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var roster: Int64

    public init(person: PersonID, enterprise: String, township: String, roster: Int64) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.roster = roster
    }
}

/// The roster says that the person is a Party member.
public struct PartyMembershipNoted: PersonEvent {
    public static let name = "registry.person.party-membership-noted"
    public static let title = "名册注明为党员"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public var trackChange: TrackChange? { .needed(.party) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The roster says that the county Party committee manages the person's file (第九条（四）).
public struct FileRuleNoted: PersonEvent {
    public static let name = "registry.person.file-rule-noted"
    public static let title = "名册注明档案由县委管理"
    public static let sensitivity = Sensitivity.fileRule

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// The roster names out-of-pool items.
public struct OutOfPoolNoted: PersonEvent {
    public static let name = "registry.person.out-of-pool-noted"
    public static let title = "名册注明有统筹外项目"
    public static let sensitivity = Sensitivity.money

    public var person: PersonID

    public var trackChange: TrackChange? { .needed(.benefits) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The person left the ledger with an undone roster.
public struct PersonWithdrawn: PersonEvent {
    public static let name = "registry.person.withdrawn"
    public static let title = "随名册撤出台账"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Every track that the person needs is done.
public struct PersonHandedOver: PersonEvent {
    public static let name = "registry.person.handed-over"
    public static let title = "各事项全部移交"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var on: CalendarDay

    public var statusChange: PersonStatus? { .handedOver }

    public init(person: PersonID, on: CalendarDay) {
        self.person = person
        self.on = on
    }
}

/// A track of somebody whose hand-over was complete is open again, e.g. because the file was returned.
public struct PersonReopened: PersonEvent {
    public static let name = "registry.person.reopened"
    public static let title = "有事项退回，重新办理"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var statusChange: PersonStatus? { .accepted }

    public init(person: PersonID) {
        self.person = person
    }
}

/// What `PartyMembershipNoted` told holds no longer: the organization department found that the person is no member.
/// Told by the registry as well, because followers see one log in order and two logs in any order.
public struct PartyMembershipEnded: PersonEvent {
    public static let name = "registry.person.party-membership-ended"
    public static let title = "不再按党员办理"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public var trackChange: TrackChange? { .notNeeded(.party) }

    public init(person: PersonID) {
        self.person = person
    }
}

extension RegistryRefusal {
    public static let numberSearchNotEntitled = Refusal(
        "registry.person.number-search", .notAllowed, article: Article(number: 19),
        "该账号的职责不需要身份证号，不能按身份证号查询，请按姓名查询。")
    public static let nobodyChosen = Refusal("registry.person.nobody-chosen", .invalid, "没有选择人员，请先勾选。")
}
