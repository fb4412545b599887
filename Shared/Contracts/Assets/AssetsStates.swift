/// What is handed over (第十六条（五）).
public enum AssetKind: String, CaseIterable, Codable, Sendable {
    case premises
    case equipment
    case utensils

    public var chinese: String {
        switch self {
        case .premises: "场所"
        case .equipment: "设备设施"
        case .utensils: "器材用具"
        }
    }
}

/// Where an enterprise's assets stand (第十一条).
public enum AssetState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case inventoried
    case agreed
    case handedOver = "handed-over"
    case none

    public var chinese: String {
        switch self {
        case .awaiting: "待清查"
        case .inventoried: "已清查，待签协议"
        case .agreed: "已签协议，待交接"
        case .handedOver: "已交接"
        case .none: "无专用资产"
        }
    }
}
