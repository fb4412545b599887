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
