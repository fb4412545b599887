import Domain

/// Enters an account, or sets the password and the name of one that is there.
public struct RecordAccount: Command {
    public static let name = "accounts.account.record"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    /// 2 to 32 lower-case letters, digits, `.`, `_` and `-` of ASCII, so that no two look alike.
    public var user: String
    /// The holder's or the office's name.
    public var displayName: String
    public var role: Role
    /// A township of the county for a township's clerk, an enterprise's code for its clerk, the county for all others.
    public var area: Area
    public var password: String
    /// Whether an account that is there may get another role or area; absent is no.
    public var replaces: Bool?
    /// Whether the holder has to set a password of their own at the next sign-in; absent is no.
    public var mustChangePassword: Bool?

    public init(
        user: String, displayName: String, role: Role, area: Area, password: String, replaces: Bool? = nil,
        mustChangePassword: Bool? = nil
    ) {
        self.user = user
        self.displayName = displayName
        self.role = role
        self.area = area
        self.password = password
        self.replaces = replaces
        self.mustChangePassword = mustChangePassword
    }
}

/// Takes over an account as an earlier release kept it in the gateway, with its password's hash. One that is there
/// already stays as it is.
public struct AdoptAccount: Command, Equatable {
    public static let name = "accounts.account.adopt"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    public var user: String
    public var displayName: String
    public var role: Role
    public var area: Area
    /// Argon2id, as libsodium writes it.
    public var passwordHash: String

    public init(user: String, displayName: String, role: Role, area: Area, passwordHash: String) {
        self.user = user
        self.displayName = displayName
        self.role = role
        self.area = area
        self.passwordHash = passwordHash
    }
}

/// Whether an account may be used.
public enum AccountState: String, CaseIterable, Codable, Sendable {
    case active
    /// For a while: leave, a suspicion.
    case disabled
    /// For good: its holder has left. The name is not given again.
    case ended

    public var chinese: String {
        switch self {
        case .active: "使用中"
        case .disabled: "已停用"
        case .ended: "已注销"
        }
    }
}

/// Disables an account, lets it be used again, or ends it for good. Its sessions end with it.
public struct SetAccountState: Command {
    public static let name = "accounts.account.set-state"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    public var user: String
    public var state: AccountState
    public var reason: String

    public init(user: String, state: AccountState, reason: String) {
        self.user = user
        self.state = state
        self.reason = reason
    }
}

/// Sets another password for one's own account. All other sessions of it end.
public struct ChangePassword: Command {
    public static let name = "accounts.password.change"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    /// The session's own secret, see `OpenedSession`.
    public var secret: String
    public var password: String
    public var newPassword: String

    public init(secret: String, password: String, newPassword: String) {
        self.secret = secret
        self.password = password
        self.newPassword = newPassword
    }
}

/// All accounts, by name.
public struct ListAccounts: Query {
    public static let name = "accounts.account.list"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = AccountRows

    public init() {}
}

/// One account in the operators' list.
public struct AccountRow: Codable, Equatable, Sendable {
    public var user: String
    public var displayName: String
    public var role: Role
    public var area: Area
    public var state: AccountState
    public var mustChangePassword: Bool
    public var hasSecondFactor: Bool?
    public var recordedBy: String
    public var lastSignIn: Timestamp?
    /// Sessions that have not ended.
    public var sessions: Int

    public init(
        user: String, displayName: String, role: Role, area: Area, state: AccountState, mustChangePassword: Bool,
        hasSecondFactor: Bool? = nil, recordedBy: String, lastSignIn: Timestamp?, sessions: Int
    ) {
        self.user = user
        self.displayName = displayName
        self.role = role
        self.area = area
        self.state = state
        self.mustChangePassword = mustChangePassword
        self.hasSecondFactor = hasSecondFactor
        self.recordedBy = recordedBy
        self.lastSignIn = lastSignIn
        self.sessions = sessions
    }
}

/// The county's accounts.
public struct AccountRows: Codable, Equatable, Sendable {
    public var rows: [AccountRow]

    public init(rows: [AccountRow]) { self.rows = rows }
}

/// An account was entered or changed, or may be used no more or again.
public struct AccountChanged: Event {
    public static let name = "accounts.account.changed"
    public static let title = "登记或变更账号"
    public static let sensitivity = Sensitivity.account

    public enum What: String, CaseIterable, Codable, Sendable {
        case recorded
        case adopted
        case password
        case state
        case secondFactor = "second-factor"
    }

    public var user: String
    public var what: What
    public var role: Role
    public var area: Area
    public var state: AccountState
    /// Of a change of state.
    public var reason: String?

    public var key: String { "user:\(user)" }

    public init(user: String, what: What, role: Role, area: Area, state: AccountState, reason: String? = nil) {
        self.user = user
        self.what = what
        self.role = role
        self.area = area
        self.state = state
        self.reason = reason
    }
}

extension AccountsRefusal {
    public static let malformedAccount = Refusal(
        "accounts.account.malformed", .invalid,
        "账号须为 2 至 32 个字符，只用小写英文字母、数字、点、横线和下划线，并填写名称。")
    public static let areaMismatch = Refusal(
        "accounts.account.area", .invalid,
        "职责与管辖范围不符：乡镇账号须选本县的一个乡镇，企业账号须填正确的统一社会信用代码，其余账号为全县。")
    public static let otherAccount = Refusal(
        "accounts.account.other", .conflict, "这个账号已经登记为另一职责或范围，没有改动。请换一个账号名；确要改变它的职责，请用 --change。")
    public static let unknownAccount = Refusal(
        "accounts.account.unknown", .notFound, "没有这个账号，请核对账号名。")
    public static let endedAccount = Refusal(
        "accounts.account.ended", .conflict, "这个账号已经注销，不能再用，也不能重新登记。请另取一个账号名。")
    public static let reasonMissing = Refusal("accounts.account.reason", .invalid, "请写明原因。")
    public static let ownAccount = Refusal(
        "accounts.account.own", .conflict, "不能停用或注销自己正在使用的账号，请由另一位运维人员办理。")
    public static let passwordTooShort = Refusal(
        "accounts.password.short", .invalid, "密码太短，至少 8 个字符，请重新设置；用几个词连成一句最好记，也最难猜。")
    public static let passwordTooLong = Refusal(
        "accounts.password.long", .invalid, "密码太长，最多 256 个字符，请重新设置。")
    public static let passwordKnown = Refusal(
        "accounts.password.known", .invalid, "这个密码在常见密码之列，或只是账号名、重复和连续的字符，很容易被猜到，请另设一个。")
    public static let passwordSame = Refusal("accounts.password.same", .invalid, "新密码与现在的相同，请另设一个。")
}
