/// Kinds of benefit outside the pension pool (统筹外费用).
public enum BenefitKind: String, CaseIterable, Codable, Sendable {
    case monthlyAllowance = "monthly-allowance"
    case oneTimeAllowance = "one-time-allowance"
    case medical
    case activities
    case heating
    case other

    public var chinese: String {
        switch self {
        case .monthlyAllowance: "按月生活补贴"
        case .oneTimeAllowance: "一次性生活补贴"
        case .medical: "医疗费（体检费）"
        case .activities: "活动经费"
        case .heating: "供暖费补贴"
        case .other: "其他"
        }
    }
}

/// How it is paid (第十二条（五）、（六）).
public enum PaymentChannel: String, CaseIterable, Codable, Sendable {
    case enterprise
    case setAside = "set-aside"
    case oneTime = "one-time"

    public var chinese: String {
        switch self {
        case .enterprise: "企业按现行途径发放"
        case .setAside: "一次性计提、按月发放"
        case .oneTime: "协商一次性支付"
        }
    }
}

/// What the agency found (第十六条（四）).
public enum ListCheck: String, CaseIterable, Codable, Sendable {
    case matches
    case differs

    public var chinese: String {
        switch self {
        case .matches: "核对一致"
        case .differs: "核对有差异"
        }
    }
}

/// The steps whose work lists the service keeps.
public enum BenefitsStep: String, CaseIterable, Codable, Sendable {
    case register
    case list
    case check

    public var chinese: String {
        switch self {
        case .register: "登记统筹外项目"
        case .list: "交付上月接收名单"
        case .check: "社保核对"
        }
    }
}
