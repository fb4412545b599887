import Domain

/// What the gateway (工作专班网关) service tells the others.
public enum GatewayEvent: MessageSet {
    case userRecorded(UserRecorded)

    public static let table: [MessageEntry<GatewayEvent>] = [
        MessageEntry(event: GatewayEvent.userRecorded)
    ]
}

/// An account was entered or changed.
public struct UserRecorded: Event {
    public static let name = "gateway.user.recorded"

    public var user: String
    public var role: Role

    public var key: String { "user:\(user)" }

    public init(user: String, role: Role) {
        self.user = user
        self.role = role
    }
}
