import Domain

/// Begins to use a second factor (动态口令): the key for an authenticator. It counts once a code has confirmed it.
public struct BeginSecondFactor: Command {
    public static let name = "accounts.factor.begin"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = SecondFactorKey

    /// The session's own secret, see `OpenedSession`.
    public var secret: String
    public var password: String

    public init(secret: String, password: String) {
        self.secret = secret
        self.password = password
    }
}

/// The key for an authenticator.
public struct SecondFactorKey: Codable, Equatable, Sendable {
    /// RFC 4648 base 32.
    public var key: String
    /// For a QR code: `otpauth://totp/…`.
    public var uri: String

    public init(key: String, uri: String) {
        self.key = key
        self.uri = uri
    }
}

/// Confirms the second factor by a first code. All other sessions of the account end.
public struct ConfirmSecondFactor: Command {
    public static let name = "accounts.factor.confirm"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = RecoveryCodes

    public var secret: String
    public var code: String

    public init(secret: String, code: String) {
        self.secret = secret
        self.code = code
    }
}

/// Each stands in for one code, once: for whoever has lost the telephone. Told once and kept nowhere.
public struct RecoveryCodes: Codable, Equatable, Sendable {
    public var codes: [String]

    public init(codes: [String]) { self.codes = codes }
}

/// Takes the second factor away, of somebody who has lost it.
public struct RemoveSecondFactor: Command {
    public static let name = "accounts.factor.remove"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    public var user: String
    public var reason: String

    public init(user: String, reason: String) {
        self.user = user
        self.reason = reason
    }
}

extension AccountsRefusal {
    public static let factorNotBegun = Refusal(
        "accounts.factor.not-begun", .conflict, "还没有生成动态口令的密钥，请重新开始。")
    public static let wrongCode = Refusal(
        "accounts.factor.wrong-code", .notAllowed, "动态口令不对，请输入手机上此刻显示的六位数字；总是不对的，请核对手机的时间。")
}
