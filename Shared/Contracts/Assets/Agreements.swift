import Domain

/// Enterprise and township have agreed (第十六条（五）).
public struct SignAgreement: Command {
    public static let name = "assets.agreement.sign"
    public static let roles: Set<Role> = [.finance]
    public typealias Reply = WriteDown

    public var enterprise: String
    public var township: String
    public var agreementNumber: String
    public var dated: CalendarDay
    public var decisionDocument: String?
    /// How inseparable premises are settled, e.g. by exchange (第十一条（二）).
    public var settlement: String?

    public init(
        enterprise: String, township: String, agreementNumber: String, dated: CalendarDay,
        decisionDocument: String? = nil, settlement: String? = nil
    ) {
        self.enterprise = enterprise
        self.township = township
        self.agreementNumber = agreementNumber
        self.dated = dated
        self.decisionDocument = decisionDocument
        self.settlement = settlement
    }
}

/// The assets are handed over, free of charge, as they are (第十一条（一）).
public struct HandOverAssets: Command {
    public static let name = "assets.hand-over.record"
    public static let roles: Set<Role> = [.finance, .naturalResources]
    public typealias Reply = Done

    public var enterprise: String
    public var dated: CalendarDay

    public init(enterprise: String, dated: CalendarDay) {
        self.enterprise = enterprise
        self.dated = dated
    }
}

/// The agreement is signed.
public struct AgreementSigned: Event {
    public static let name = "assets.agreement.signed"
    public static let title = "签订资产划转协议"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var township: String
    public var on: CalendarDay

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, township: String, on: CalendarDay) {
        self.enterprise = enterprise
        self.township = township
        self.on = on
    }
}

/// The assets are with the township.
public struct AssetsHandedOver: Event {
    public static let name = "assets.hand-over.recorded"
    public static let title = "资产交接"
    public static let sensitivity = Sensitivity.open

    public var enterprise: String
    public var on: CalendarDay

    public var key: String { "enterprise:\(enterprise)" }

    public init(enterprise: String, on: CalendarDay) {
        self.enterprise = enterprise
        self.on = on
    }
}

extension AssetsRefusal {
    public static let notInventoried = Refusal(
        "assets.agreement.not-inventoried", .conflict, article: Article(number: 11, paragraph: 1),
        "企业尚未报送专用资产清查清单，请先办理“资产清查”。")
    public static let nothingToAgree = Refusal(
        "assets.agreement.none-declared", .notAllowed, article: Article(number: 11, paragraph: 3),
        "企业已申报确无专用资产，不得要求划转或新建；确有遗漏资产的，请企业重新报送清查清单。")
    public static let otherAgreement = Refusal(
        "assets.agreement.other-signed", .conflict, article: Article(number: 16, paragraph: 5),
        "该企业已签订另一份资产划转协议，不能重复签订，请核对协议编号和内容。")
    public static let agreementNumberMissing = Refusal(
        "assets.agreement.number-missing", .invalid, article: Article(number: 16, paragraph: 5),
        "请填写协议编号，以便与纸质协议核对。")
    public static let decisionMissing = Refusal(
        "assets.agreement.decision-missing", .invalid, article: Article(number: 11, paragraph: 4),
        "企业有多个股东，须先经董事会或股东会同意，请填写决议文号后再签订协议。")
    public static let settlementMissing = Refusal(
        "assets.agreement.settlement-missing", .invalid, article: Article(number: 11, paragraph: 2),
        "有难以分割的资产，请写明与乡镇协商的调换或其他处理办法：")

    // MARK: Hand-over and dates
    public static let notAgreed = Refusal(
        "assets.hand-over.not-agreed", .conflict, article: Article(number: 16, paragraph: 5),
        "尚未签订资产划转协议，不能办理交接，请先签订协议。")
    public static let handedOver = Refusal(
        "assets.hand-over.done", .conflict, article: Article(number: 11, paragraph: 1),
        "该企业的资产已于另一日期办结交接，不能再次办理，请核对交接日期。")
}
