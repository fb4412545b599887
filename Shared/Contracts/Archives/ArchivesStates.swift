/// Which classification a file follows.
public enum FileScheme: String, CaseIterable, Codable, Sendable {
    case cadre
    case worker

    public var chinese: String {
        switch self {
        case .cadre: "干部档案"
        case .worker: "工人档案"
        }
    }
}

/// Why a file stays where it is (第九条（四）).
public enum HoldBackGround: String, CaseIterable, Codable, Sendable {
    case committeeManaged = "committee-managed"
    case classified

    public var chinese: String {
        switch self {
        case .committeeManaged: "县委（县委组织部）管理的领导人员档案"
        case .classified: "涉密人员档案"
        }
    }
}

/// Where a personnel file is.
public enum FileState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case returned
    case received
    case heldBack = "held-back"

    public var chinese: String {
        switch self {
        case .awaiting: "待移交"
        case .returned: "已退回整理"
        case .received: "已接收"
        case .heldBack: "按规定不移交"
        }
    }
}
