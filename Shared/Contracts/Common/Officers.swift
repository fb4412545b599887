import Domain

/// What an account may do. One for each member department of 第十八条, for the two sides of a hand-over, and for operators.
public enum Role: String, CaseIterable, Codable, Sendable {
    case workingTeam = "working-team"
    case governmentOffice = "government-office"
    case humanResources = "human-resources"
    case socialInsurance = "social-insurance"
    case township
    case enterprise
    case archives
    case organization
    case finance
    case health
    case medicalInsurance = "medical-insurance"
    case developmentReform = "development-reform"
    case civilAffairs = "civil-affairs"
    case educationSports = "education-sports"
    case naturalResources = "natural-resources"
    case veterans
    case union
    case petitions
    /// Who answers for the protection of personal data (个人信息保护法 第五十二条): sees who looked, and no person.
    case dataProtection = "data-protection"
    case systemOperator = "operator"

    public var chinese: String {
        switch self {
        case .workingTeam: "工作专班"
        case .governmentOffice: "县政府办"
        case .humanResources: "县人力资源和社会保障局"
        case .socialInsurance: "社保经办机构"
        case .township: "乡镇（社区）"
        case .enterprise: "移交企业"
        case .archives: "县档案局"
        case .organization: "县委组织部"
        case .finance: "县财政局（国资局）"
        case .health: "县卫生健康局"
        case .medicalInsurance: "县医疗保障局"
        case .developmentReform: "县发展和改革局"
        case .civilAffairs: "县民政局"
        case .educationSports: "县教育体育局"
        case .naturalResources: "县自然资源局"
        case .veterans: "县退役军人事务局"
        case .union: "县总工会"
        case .petitions: "县信访局"
        case .dataProtection: "个人信息保护负责人"
        case .systemOperator: "系统运维"
        }
    }

    /// The duty that the rules give this role, in their own order (第十九条).
    public var duty: String {
        switch self {
        case .workingTeam: "跟踪落实、汇总分析、督办（第十八条、第二十二条）"
        case .governmentOffice: "协调成员单位（第十八条）"
        case .humanResources: "核准登记、基本信息库（第十五条（二）、第十九条）"
        case .socialInsurance: "核对上月接收人员，衔接社会保障（第十六条（四））"
        case .township: "接收、核对信息、发放联系卡（第十六条（三））"
        case .enterprise: "摸底造册、提出申请、整理档案（第十五条）"
        case .archives: "接收、保管、提供利用人事档案（第九条）"
        case .organization: "党组织关系转接（第十条）"
        case .finance: "牵头推进，统筹外费用审核，资产划转（第十一条、第十二条）"
        case .health: "健康档案、预防保健（第八条（四））"
        case .medicalInsurance: "医疗保险衔接（第十三条（二））"
        case .developmentReform: "公共服务设施建设（第十九条）"
        case .civilAffairs: "社区职能交接、购买服务（第十九条）"
        case .educationSports: "文体健身活动（第十九条）"
        case .naturalResources: "房产和土地过户（第十九条）"
        case .veterans: "退役军人退休政策（第十三条（三））"
        case .union: "医疗互助、困难帮扶（第十九条）"
        case .petitions: "信访维稳（第十九条）"
        case .dataProtection: "监督个人信息的查阅和使用（个人信息保护法第五十二条）"
        case .systemOperator: "运行维护"
        }
    }
}

/// What a list of people is narrowed to, within the asker's area. Nil does not narrow.
public struct Narrowing: Codable, Equatable, Sendable {
    /// A unified social credit code.
    public var enterprise: String?
    /// Nine digits, see `Township`.
    public var township: String?

    public init(enterprise: String? = nil, township: String? = nil) {
        self.enterprise = enterprise
        self.township = township
    }
}

/// How far an account sees.
public enum Area: Hashable, Codable, Sendable {
    case county
    /// Nine digits, see `Township`.
    case township(String)
    /// A unified social credit code.
    case enterprise(String)

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let area = Area(text: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an area is county, township:… or enterprise:…")
            )
        }
        self = area
    }

    public init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count) {
        case ("county", 1): self = .county
        case ("township", 2): self = .township(parts[1])
        case ("enterprise", 2): self = .enterprise(parts[1])
        default: return nil
        }
    }

    public var text: String {
        switch self {
        case .county: "county"
        case .township(let code): "township:\(code)"
        case .enterprise(let code): "enterprise:\(code)"
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// Whether something that belongs to this enterprise and this township lies inside the area.
    public func covers(enterprise: String?, township: String?) -> Bool {
        switch self {
        case .county: true
        case .township(let code): code == township
        case .enterprise(let code): code == enterprise
        }
    }
}

/// Who acts: handed along with each request, checked by the service that owns the data.
public struct Officer: Hashable, Codable, Sendable {
    /// The account's name, e.g. `yisa`. Not a person's name.
    public var user: String
    public var role: Role
    public var area: Area

    public init(user: String, role: Role, area: Area = .county) {
        self.user = user
        self.role = role
        self.area = area
    }
}
