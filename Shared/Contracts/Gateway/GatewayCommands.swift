import Domain

/// What the gateway (工作专班网关) service can be told to do.
public enum GatewayCommand: MessageSet {
    case recordUser(RecordUser)

    public static let table: [MessageEntry<GatewayCommand>] = [
        MessageEntry(GatewayCommand.recordUser)
    ]
}

/// Enters an account, or sets the password and the name of one that is there.
public struct RecordUser: Command {
    public static let name = "gateway.user.record"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    public var user: String
    public var displayName: String
    public var role: Role
    /// A township of the county for a township's clerk, an enterprise's code for its clerk, the county for all others.
    public var area: Area
    /// Argon2id, as libsodium writes it.
    public var passwordHash: String
    /// Whether an account that is there may get another role or area; absent is no.
    public var replaces: Bool?

    public init(
        user: String, displayName: String, role: Role, area: Area, passwordHash: String, replaces: Bool? = nil
    ) {
        self.user = user
        self.displayName = displayName
        self.role = role
        self.area = area
        self.passwordHash = passwordHash
        self.replaces = replaces
    }
}
