/// The programs on the bus, by the name that their key proves.
public enum ServiceName: String, CaseIterable, Codable, Sendable {
    case bus
    case registry
    case archives
    case partyRelations = "party-relations"
    case assets
    case benefitsLiaison = "benefits-liaison"
    case healthRecords = "health-records"
    case notifications
    /// Holds the accounts, and says who acts.
    case accounts
    case gateway
    /// The operators' command line. Asks, but answers nothing.
    case jieli

    /// The services of the seven departments, in the order in which they start.
    public static let departments: [ServiceName] = [
        .registry, .archives, .partyRelations, .assets, .benefitsLiaison, .healthRecords, .notifications,
    ]

    /// All that keep a store, in the order in which they start.
    public static let storing: [ServiceName] = departments + [.accounts, .gateway]

    public var chinese: String {
        switch self {
        case .bus: "消息总线"
        case .registry: "移交台账"
        case .archives: "人事档案"
        case .partyRelations: "党组织关系"
        case .assets: "资产划转"
        case .benefitsLiaison: "待遇衔接"
        case .healthRecords: "健康档案"
        case .notifications: "通知督办"
        case .accounts: "账号登录"
        case .gateway: "工作专班网关"
        case .jieli: "运维命令行"
        }
    }
}
