import Domain

/// Fixes an enterprise's out-of-pool items as they are (第十二条（三）、第十五条（二）).
public struct FreezeSurvey: Command {
    public static let name = "benefits-liaison.survey.freeze"
    public static let roles: Set<Role> = [.enterprise, .finance, .humanResources]
    public typealias Reply = Done

    public var enterprise: String
    public var items: [SurveyItem]

    public init(enterprise: String, items: [SurveyItem]) {
        self.enterprise = enterprise
        self.items = items
    }
}

/// The surveys within the asker's area.
public struct ListSurveys: Query {
    public static let name = "benefits-liaison.survey.list"
    public static let roles: Set<Role> = [.humanResources, .finance, .enterprise, .workingTeam]
    public typealias Reply = SurveyRecords

    public init() {}
}

/// An item as the survey found it; no new ones after it (第十二条（三）).
public struct SurveyItem: Codable, Equatable, Sendable {
    public var kind: BenefitKind
    public var monthlyCapInFen: Int64

    public init(kind: BenefitKind, monthlyCapInFen: Int64) {
        self.kind = kind
        self.monthlyCapInFen = monthlyCapInFen
    }
}

/// An enterprise's survey of out-of-pool items.
public struct SurveyRecord: Codable, Equatable, Sendable {
    public var enterprise: String
    public var isFrozen: Bool
    public var hasAnnuity: Bool
    public var items: [SurveyItem]

    public init(enterprise: String, isFrozen: Bool, hasAnnuity: Bool, items: [SurveyItem]) {
        self.enterprise = enterprise
        self.isFrozen = isFrozen
        self.hasAnnuity = hasAnnuity
        self.items = items
    }
}

/// Surveys.
public struct SurveyRecords: Codable, Equatable, Sendable {
    public var rows: [SurveyRecord]

    public init(rows: [SurveyRecord]) {
        self.rows = rows
    }
}

/// An enterprise's items are fixed.
public struct SurveyFrozen: Event {
    public static let name = "benefits-liaison.survey.frozen"
    public static let title = "统筹外项目清理完毕"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var items: Int

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, items: Int) {
        self.enterprise = enterprise
        self.items = items
    }
}

extension BenefitsLiaisonRefusal {
    public static let negativeCap = Refusal(
        "benefits-liaison.survey.negative-cap", .invalid, article: Article(number: 12, paragraph: 3),
        "统筹外项目的发放标准不能是负数，请改正：")
    public static let kindTwiceInSurvey = Refusal(
        "benefits-liaison.survey.kind-twice", .invalid, article: Article(number: 12, paragraph: 3),
        "同一统筹外项目重复填报，请合并为一项：")
    public static let surveyFrozen = Refusal(
        "benefits-liaison.survey.frozen", .notAllowed, article: Article(number: 12, paragraph: 3),
        "企业的统筹外项目已经清理锁定，不再新增项目，原则上不再提高标准，请按已锁定的项目登记。")

    // MARK: A person's items
}
