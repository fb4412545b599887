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
}

/// The life of a supervision notice (督办, 第二十二条).
public enum SupervisionState: String, CaseIterable, Codable, Sendable {
    case open
    case answered
    case closed

    public var chinese: String {
        switch self {
        case .open: "待答复"
        case .answered: "已答复，待办结"
        case .closed: "已办结"
        }
    }
}
