import Domain

/// The accounts that an earlier release kept here, for the accounts service to take over.
public struct ListFormerAccounts: Query {
    public static let name = "gateway.account.list-former"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = FormerAccounts

    public init() {}
}

/// Accounts with their passwords' hashes.
public struct FormerAccounts: Codable, Equatable, Sendable {
    public var rows: [AdoptAccount]

    public init(rows: [AdoptAccount]) { self.rows = rows }
}

/// Drops the accounts that an earlier release kept here, once they are taken over.
public struct ForgetAccounts: Command {
    public static let name = "gateway.account.forget"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    public init() {}
}

/// An account was entered or changed, by an earlier release: then accounts were the gateway's.
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
