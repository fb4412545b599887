import Contracts
import Domain
import FoundationEssentials
import Host
import Sealing
import Store

/// What of an account is sealed in the store.
struct AccountDetails: StoredJSON, Equatable {
    var displayName: String
    var role: Role
    var area: Area
    var state: String
    /// Argon2id, as libsodium writes it.
    var passwordHash: String
    var mustChangePassword: Bool
    var recordedBy: String
    /// The authenticator's key in hexadecimal; empty without a second factor.
    @Later var factorKey = ""
    /// One that no code has confirmed yet.
    @Later var pendingFactorKey = ""
    /// Tokens of recovery codes that are not used.
    @Later var recoveryTokens: [String] = []
    /// The last step whose code was used, in decimal digits.
    @Later var usedStep = ""
}

extension AccountDetails {
    /// What is unknown counts as ended: it lets nobody in.
    var accountState: AccountState { AccountState(rawValue: state) ?? .ended }
}

/// What of a session is sealed in the store.
struct SessionDetails: StoredJSON, Equatable {
    var user: String
    var identifier: String
    var openedAt: Timestamp
    var expires: Timestamp
}

/// An account as stored, opened.
struct StoredAccount: Equatable {
    var user: String
    var details: AccountDetails

    var officer: Officer { Officer(user: user, role: details.role, area: details.area) }
}

/// A session as stored, opened.
struct StoredSession: Equatable {
    var token: Int64
    var seenAt: Timestamp
    var details: SessionDetails
}

/// Named reads of the store. SQL of this service stands here and in `AccountsWriter` only.
class AccountsReads {
    let snapshot: Snapshot
    let sealer: Sealer

    init(_ snapshot: Snapshot, _ sealer: Sealer) {
        self.snapshot = snapshot
        self.sealer = sealer
    }

    /// - Throws: `SealingError` when the row is not as this service wrote it.
    func account(_ user: String) throws -> StoredAccount? {
        try snapshot.first("SELECT details FROM account WHERE user = ?", user) { try stored($0.blob(0), of: user) }
    }

    private func stored(_ sealed: [UInt8], of user: String) throws -> StoredAccount {
        StoredAccount(
            user: user, details: try AccountDetails(stored: sealer.open(sealed, purpose: Self.purpose(account: user))))
    }

    /// The session that a secret stands for, unless it is over.
    func session(_ secret: String, now: Timestamp) throws -> StoredSession? {
        let limits = try SessionLimits(snapshot, on: CalendarDay(now))
        return try snapshot.first(
            "SELECT token, seen_at, details FROM session WHERE token = ? AND expires_at > ? AND seen_at > ?",
            token(of: secret),
            now, now.advanced(byMilliseconds: -limits.idleInMilliseconds)
        ) { try stored($0) }
    }

    func sessions(of user: String) throws -> [StoredSession] {
        try snapshot.rows("SELECT token, seen_at, details FROM session WHERE user = ? ORDER BY token", user) {
            try stored($0)
        }
        .filter { $0.details.user == user }
    }

    private func stored(_ row: Row) throws -> StoredSession {
        let token = try row.integer(0)
        return StoredSession(
            token: token, seenAt: try row.timestamp(1),
            details: try SessionDetails(stored: sealer.open(row.blob(2), purpose: Self.purpose(session: token))))
    }

    func list(now: Timestamp) throws -> AccountRows {
        AccountRows(
            rows: try snapshot.rows(
                """
                SELECT user, last_sign_in,
                    (SELECT count(*) FROM session WHERE session.user = account.user AND expires_at > ?), details
                FROM account ORDER BY user
                """, now
            ) { row in
                let user = try row.text(0)
                let details = try stored(row.blob(3), of: user).details
                return AccountRow(
                    user: user, displayName: details.displayName, role: details.role, area: details.area,
                    state: details.accountState, mustChangePassword: details.mustChangePassword,
                    hasSecondFactor: details.hasSecondFactor, recordedBy: details.recordedBy,
                    lastSignIn: try row.optionalTimestamp(1), sessions: try row.int(2))
            })
    }

    /// What the log tells of sign-ins and accounts, the latest first.
    func records(_ query: ListAccessRecords) throws -> AccessRecords {
        let limit = min(max(query.limit, 1), 500)
        var rows = try snapshot.rows(
            """
            SELECT seq, at, name, version, actor, body FROM log
            WHERE seq < ? AND name LIKE 'accounts.%'
                AND (? IS NULL OR instr(CAST(body AS TEXT), ?))
            ORDER BY seq DESC LIMIT ?
            """, query.before ?? .max, query.user, "\"user\":\"\(query.user ?? "")\"", limit + 1
        ) { row in
            let (name, version) = (try row.text(2), try row.int(3))
            let entry = try Stored.value(AccountsEvent.entry(name, version: version))
            let event = try entry.decode(Data(row.blob(5))).event
            let change = event as? AccountChanged
            return AccessRecord(
                seq: try row.integer(0), at: try row.timestamp(1), event: name, user: Self.user(of: event),
                actor: try row.text(4), what: change?.what.rawValue, reason: change?.reason)
        }
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        return AccessRecords(rows: rows, next: hasMore ? rows.last?.seq : nil)
    }

    private static func user(of event: any Event) -> String {
        switch event {
        case let event as AccountChanged: event.user
        case let event as SessionOpened: event.user
        case let event as SessionEnded: event.user
        case let event as SignInFailed: event.user
        default: ""
        }
    }

    func token(of secret: String) -> Int64 { sealer.token(secret, purpose: "accounts.session") }

    static func purpose(account user: String) -> String { "account.details:\(user)" }
    static func purpose(session token: Int64) -> String { "session.details:\(token)" }
}

/// The store in the hands of a command: named writes that keep the invariants.
final class AccountsWriter: AccountsReads {
    let context: WriteContext
    private let transaction: Transaction

    init(_ context: WriteContext, _ sealer: Sealer) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction, sealer)
    }

    func save(_ account: StoredAccount, _ what: AccountChanged.What, reason: String? = nil) throws {
        try replace(account)
        try context.emit(
            AccountChanged(
                user: account.user, what: what, role: account.details.role, area: account.details.area,
                state: account.details.accountState, reason: reason))
    }

    /// Without a word to others: nothing that they go by has changed.
    func replace(_ account: StoredAccount) throws {
        try transaction.execute(
            """
            INSERT INTO account(user, details) VALUES(?, ?)
            ON CONFLICT(user) DO UPDATE SET details = excluded.details
            """, account.user,
            sealer.seal(try account.details.stored(), purpose: Self.purpose(account: account.user)))
    }

    func open(_ session: SessionDetails, secret: String) throws {
        let token = token(of: secret)
        try transaction.execute(
            "INSERT INTO session(token, user, seen_at, expires_at, details) VALUES(?, ?, ?, ?, ?)", token,
            session.user, context.now, session.expires,
            sealer.seal(try session.stored(), purpose: Self.purpose(session: token)))
        try transaction.execute("UPDATE account SET last_sign_in = ? WHERE user = ?", context.now, session.user)
        try context.emit(SessionOpened(user: session.user, session: session.identifier))
    }

    func saw(_ session: StoredSession) throws {
        try transaction.execute("UPDATE session SET seen_at = ? WHERE token = ?", context.now, session.token)
    }

    func end(_ session: StoredSession) throws {
        try transaction.execute("DELETE FROM session WHERE token = ?", session.token)
        try context.emit(SessionEnded(user: session.details.user, session: session.details.identifier))
    }

    /// Ends all sessions of an account, save one.
    func endSessions(of user: String, except kept: StoredSession? = nil) throws {
        for session in try sessions(of: user) where session.token != kept?.token { try end(session) }
    }

    func dropSessionsThatAreOver() throws {
        let limits = try SessionLimits(transaction, on: context.today)
        try transaction.execute(
            "DELETE FROM session WHERE expires_at <= ? OR seen_at <= ?", context.now,
            context.now.advanced(byMilliseconds: -limits.idleInMilliseconds))
    }
}
