import Domain

/// What the gateway (工作专班网关) service tells the others.
public enum GatewayEvent: EventSet {
    case userRecorded(UserRecorded)

    public static let table: [MessageEntry<GatewayEvent>] = [
        MessageEntry(event: GatewayEvent.userRecorded)
    ]

    public var event: any Event {
        switch self {
        case .userRecorded(let event): event
        }
    }
}

/// An account was entered or changed.
public struct UserRecorded: Event {
    public static let name = "gateway.user.recorded"
    public static let title = "登记账号"
    public static let sensitivity = Sensitivity.account

    public var user: String
    public var role: Role

    public var key: String { "user:\(user)" }

    public init(user: String, role: Role) {
        self.user = user
        self.role = role
    }
}
