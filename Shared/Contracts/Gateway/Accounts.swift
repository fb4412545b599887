import Domain

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

extension GatewayRefusal {
    public static let malformedAccount = Refusal(
        "gateway.account.malformed", .invalid, "账号须为 2 至 32 个字符，不含空格和冒号，并填写名称。")
    public static let areaMismatch = Refusal(
        "gateway.account.area", .invalid,
        "职责与管辖范围不符：乡镇账号须选本县的一个乡镇，企业账号须填正确的统一社会信用代码，其余账号为全县。")
    public static let otherAccount = Refusal(
        "gateway.account.other", .conflict, "这个账号已经登记为另一职责或范围，没有改动。请换一个账号名；确要改变它的职责，请用 --change。")
}
