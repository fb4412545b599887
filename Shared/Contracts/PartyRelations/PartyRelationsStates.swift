/// The states of an organization-relation transfer (第十条、第十六条（二）).
public enum TransferState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case prepared
    case sent
    case accepted
    case returned
    case placed

    public var chinese: String {
        switch self {
        case .awaiting: "待接转"
        case .prepared: "转接前工作进行中"
        case .sent: "已转出，待接收"
        case .accepted: "已接收，待编入支部"
        case .returned: "已退回"
        case .placed: "已编入党支部"
        }
    }
}

/// Causes for not accepting a member; 'other' is unfounded (第十条（五）).
public enum TransferRefusalCause: String, CaseIterable, Codable, Sendable {
    case membershipDoubtful = "membership-doubtful"
    case fileIncomplete = "file-incomplete"
    case duesUnsettled = "dues-unsettled"
    case wrongAddressee = "wrong-addressee"
    case letterExpired = "letter-expired"
    case other

    public var chinese: String {
        switch self {
        case .membershipDoubtful: "党员身份存疑"
        case .fileIncomplete: "党员档案材料缺失"
        case .duesUnsettled: "党费未结清"
        case .wrongAddressee: "接收党组织有误"
        case .letterExpired: "介绍信已过有效期"
        case .other: "其他"
        }
    }
}

/// Full or probationary.
public enum MemberKind: String, CaseIterable, Codable, Sendable {
    case full
    case probationary

    public var chinese: String {
        switch self {
        case .full: "正式党员"
        case .probationary: "预备党员"
        }
    }
}
