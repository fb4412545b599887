import Domain

/// Enters or changes an enterprise (第四条、第七条、第十二条（四）).
public struct RecordEnterprise: Command {
    public static let name = "registry.enterprise.record"
    public static let roles: Set<Role> = [.humanResources, .finance, .workingTeam, .systemOperator]
    public typealias Reply = Done

    public var code: String
    public var name: String
    public var ownership: Ownership
    public var isFinancial: Bool
    public var hasVanished: Bool
    public var standIn: String?
    public var hasAnnuity: Bool

    public init(
        code: String, name: String, ownership: Ownership, isFinancial: Bool, hasVanished: Bool, standIn: String? = nil,
        hasAnnuity: Bool
    ) {
        self.code = code
        self.name = name
        self.ownership = ownership
        self.isFinancial = isFinancial
        self.hasVanished = hasVanished
        self.standIn = standIn
        self.hasAnnuity = hasAnnuity
    }
}

/// All enterprises.
public struct ListEnterprises: Query {
    public static let name = "registry.enterprise.list"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = EnterpriseRows

    public init() {}
}

/// Whose state-owned enterprise it is (第四条).
public enum Ownership: String, CaseIterable, Codable, Sendable {
    case county
    case prefecture
    case province
    case central

    public var chinese: String {
        switch self {
        case .county: "县属国有企业"
        case .prefecture: "州属驻县企业"
        case .province: "省属驻县企业"
        case .central: "中央驻县企业"
        }
    }
}

/// An enterprise of the programme.
public struct EnterpriseRow: Codable, Equatable, Sendable {
    public var code: String
    public var name: String
    public var ownership: Ownership
    public var isFinancial: Bool
    public var hasVanished: Bool
    /// Who acts for a vanished enterprise (第七条).
    public var standIn: String?
    public var hasAnnuity: Bool
    public var people: Int

    public init(
        code: String, name: String, ownership: Ownership, isFinancial: Bool, hasVanished: Bool, standIn: String? = nil,
        hasAnnuity: Bool, people: Int
    ) {
        self.code = code
        self.name = name
        self.ownership = ownership
        self.isFinancial = isFinancial
        self.hasVanished = hasVanished
        self.standIn = standIn
        self.hasAnnuity = hasAnnuity
        self.people = people
    }
}

/// The enterprises.
public struct EnterpriseRows: Codable, Equatable, Sendable {
    public var rows: [EnterpriseRow]

    public init(rows: [EnterpriseRow]) {
        self.rows = rows
    }
}

/// An enterprise was entered or changed.
public struct EnterpriseRecorded: Event {
    public static let name = "registry.enterprise.recorded"
    public static let title = "登记企业"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var name: String
    public var ownership: Ownership
    public var isFinancial: Bool
    public var hasVanished: Bool
    public var hasAnnuity: Bool

    public var key: String { "enterprise:\(enterprise)" }

    public init(
        enterprise: String, name: String, ownership: Ownership, isFinancial: Bool, hasVanished: Bool, hasAnnuity: Bool
    ) {
        self.enterprise = enterprise
        self.name = name
        self.ownership = ownership
        self.isFinancial = isFinancial
        self.hasVanished = hasVanished
        self.hasAnnuity = hasAnnuity
    }
}

extension RegistryRefusal {
    public static let unknownEnterprise = Refusal(
        "registry.enterprise.unknown", .notFound, "没有登记这家企业，请核对统一社会信用代码，或先在“企业”页登记。")
    public static let wrongCreditCode = Refusal(
        "registry.enterprise.wrong-code", .invalid, "统一社会信用代码有误，请核对 18 位代码及校验位。")
    public static let nameMissing = Refusal(
        "registry.enterprise.name-missing", .invalid, "请填写企业名称（100 字以内）。")
    public static let standInMissing = Refusal(
        "registry.enterprise.stand-in-missing", .invalid, article: Article(number: 7),
        "企业主体已消失的，须填写负责办理移交的现管理单位。")
}
