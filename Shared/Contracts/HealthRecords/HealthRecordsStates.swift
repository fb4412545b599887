/// Whether a health record is open (第八条（四）).
public enum HealthState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case opened

    public var chinese: String {
        switch self {
        case .awaiting: "待建档"
        case .opened: "已建档"
        }
    }
}
