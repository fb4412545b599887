/// What has to be done for a person; Party and benefits only for those concerned (第九条至第十六条).
public enum Track: String, CaseIterable, Codable, Sendable {
    case acceptance
    case archives
    case party
    case confirmation
    case socialInsurance = "social-insurance"
    case health
    case benefits

    public var chinese: String {
        switch self {
        case .acceptance: "登记与接收"
        case .archives: "人事档案"
        case .party: "党组织关系"
        case .confirmation: "核对信息与联系卡"
        case .socialInsurance: "社保衔接"
        case .health: "健康档案"
        case .benefits: "统筹外费用"
        }
    }

    /// Whom it is for that somebody has this track, and how far it is.
    public var sensitivity: Sensitivity {
        switch self {
        case .acceptance, .archives, .confirmation, .socialInsurance, .health: .open
        case .party: .membership
        case .benefits: .money
        }
    }

    /// Whether each person has this track, or those only of whom an event says so.
    public var isForEverybody: Bool {
        switch self {
        case .acceptance, .archives, .confirmation, .socialInsurance, .health: true
        case .party, .benefits: false
        }
    }
}
