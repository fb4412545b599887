import Domain

/// Signs an account in. Asked by the programs at which people sign in, on nobody's behalf.
public struct OpenSession: Command {
    public static let name = "accounts.session.open"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = SignInOutcome

    public var user: String
    public var password: String
    /// Of an account with a second factor: six digits, or a recovery code.
    public var code: String?

    public init(user: String, password: String, code: String? = nil) {
        self.user = user
        self.password = password
        self.code = code
    }
}

/// What came of a sign-in. A wrong password is an outcome and no refusal, because it is written down.
public struct SignInOutcome: Codable, Equatable, Sendable {
    /// Nil when the password was wrong, or there is no such account that may be used: which of these is not told.
    public var session: OpenedSession?
    /// The password was right, and the account's second factor is missing or wrong.
    public var needsCode: Bool?

    public init(session: OpenedSession?, needsCode: Bool? = nil) {
        self.session = session
        self.needsCode = needsCode
    }
}

/// A sign-in that lasts.
public struct OpenedSession: Codable, Equatable, Sendable {
    /// Whoever has it acts as the account: 64 hexadecimal digits, told to the one who signed in and kept nowhere.
    public var secret: String
    /// Public: in assertions and events.
    public var identifier: String
    public var officer: Officer
    public var displayName: String
    public var mustChangePassword: Bool
    /// Whether the account signs in with a second factor.
    public var hasSecondFactor: Bool?
    /// A `SignedAssertion` in hexadecimal, for the context of requests.
    public var assertion: String
    public var assertionExpires: Timestamp
    /// The session's own end, however much it is used.
    public var expires: Timestamp
    /// Whoever does nothing for so long has to sign in again.
    public var idleLimitInMilliseconds: Int64

    public init(
        secret: String, identifier: String, officer: Officer, displayName: String, mustChangePassword: Bool,
        hasSecondFactor: Bool? = nil, assertion: String, assertionExpires: Timestamp, expires: Timestamp,
        idleLimitInMilliseconds: Int64
    ) {
        self.secret = secret
        self.identifier = identifier
        self.officer = officer
        self.displayName = displayName
        self.mustChangePassword = mustChangePassword
        self.hasSecondFactor = hasSecondFactor
        self.assertion = assertion
        self.assertionExpires = assertionExpires
        self.expires = expires
        self.idleLimitInMilliseconds = idleLimitInMilliseconds
    }
}

/// A new assertion for a session that goes on.
public struct RenewSession: Command {
    public static let name = "accounts.session.renew"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = OpenedSession

    public var secret: String

    public init(secret: String) { self.secret = secret }
}

/// Signs out.
public struct CloseSession: Command {
    public static let name = "accounts.session.close"
    public static let roles: Set<Role> = [.systemOperator]
    public typealias Reply = Done

    public var secret: String

    public init(secret: String) { self.secret = secret }
}

/// The sessions of one's own account that have not ended; for operators of any account.
public struct ListSessions: Query {
    public static let name = "accounts.session.list"
    public static let roles = Set(Role.allCases)
    public typealias Reply = SessionRows

    /// Nil for one's own.
    public var user: String?

    public init(user: String? = nil) { self.user = user }
}

/// A sign-in that lasts, without what proves it.
public struct SessionRow: Codable, Equatable, Sendable {
    public var identifier: String
    public var openedAt: Timestamp
    /// When an assertion was last made for it.
    public var seenAt: Timestamp

    public init(identifier: String, openedAt: Timestamp, seenAt: Timestamp) {
        self.identifier = identifier
        self.openedAt = openedAt
        self.seenAt = seenAt
    }
}

/// An account's sessions, the latest first.
public struct SessionRows: Codable, Equatable, Sendable {
    public var rows: [SessionRow]

    public init(rows: [SessionRow]) { self.rows = rows }
}

/// Ends a session of one's own account, or all of them; for operators of any account.
public struct EndSessions: Command {
    public static let name = "accounts.session.end"
    public static let roles = Set(Role.allCases)
    public typealias Reply = Done

    public var user: String
    /// Nil ends all.
    public var identifier: String?

    public init(user: String, identifier: String? = nil) {
        self.user = user
        self.identifier = identifier
    }
}

/// Somebody signed in.
public struct SessionOpened: Event {
    public static let name = "accounts.session.opened"
    public static let title = "登录"
    public static let sensitivity = Sensitivity.account

    public var user: String
    public var session: String

    public var key: String { "user:\(user)" }

    public init(user: String, session: String) {
        self.user = user
        self.session = session
    }
}

/// A session ended before its time.
public struct SessionEnded: Event {
    public static let name = "accounts.session.ended"
    public static let title = "退出登录"
    public static let sensitivity = Sensitivity.account

    public var user: String
    public var session: String

    public var key: String { "session:\(session)" }

    public init(user: String, session: String) {
        self.user = user
        self.session = session
    }
}

/// A wrong password for an account that there is. Of names that there are not, nothing is kept: anybody could fill the
/// log with them, also with a password typed into the wrong field.
public struct SignInFailed: Event {
    public static let name = "accounts.session.failed"
    public static let title = "登录失败"
    public static let sensitivity = Sensitivity.account

    public var user: String

    public var key: String { "user:\(user)" }

    public init(user: String) { self.user = user }
}

extension AccountsRefusal {
    public static let sessionEnded = Refusal(
        "accounts.session.ended", .notAllowed, "登录已结束，请重新登录。")
    public static let unknownSession = Refusal(
        "accounts.session.unknown", .notFound, "没有这次登录，或它已经结束，请刷新后查看。")
    public static let wrongPassword = Refusal(
        "accounts.password.wrong", .notAllowed, "现在的密码不对，请重新输入。")
}
