import Contracts
import Domain
import Host
import Sealing

extension OpenSession {
    func execute(_ accounts: AccountsWriter, _ signature: SignatureKey) throws -> SignInOutcome {
        let known = try accounts.account(user)
        guard var account = known, account.details.accountState == .active else {
            // As long as it takes to check a password: otherwise the time tells which names there are.
            try? PasswordHash.verifyAgainstNobody(String(password.prefix(PasswordRule.mostInCharacters)))
            return SignInOutcome(session: nil)
        }
        guard PasswordRule.isRight(password, for: account) else {
            try accounts.context.emit(SignInFailed(user: user))
            return SignInOutcome(session: nil)
        }
        let now = accounts.context.now
        if account.details.hasSecondFactor {
            guard let code, !code.isEmpty else { return SignInOutcome(session: nil, needsCode: true) }
            let isRight = account.details.take(TextForm.trimming(code), at: now) {
                accounts.recoveryToken($0, of: account.user)
            }
            guard isRight else {
                try accounts.context.emit(SignInFailed(user: user))
                return SignInOutcome(session: nil, needsCode: true)
            }
            try accounts.replace(account)
        }
        let limits = try SessionLimits(accounts.snapshot, on: accounts.context.today)
        let secret = Hex.encode(Secret.random(32))
        let session = SessionDetails(
            user: user, identifier: Hex.encode(Secret.random(8)), openedAt: now,
            expires: now.advanced(byMilliseconds: limits.longestInMilliseconds))
        try accounts.open(session, secret: secret)
        return SignInOutcome(
            session: try OpenedSession(session, of: account, limits, secret: secret, signedBy: signature, at: now))
    }
}

extension RenewSession {
    func execute(_ accounts: AccountsWriter, _ signature: SignatureKey) throws -> OpenedSession {
        guard let session = try accounts.session(secret, now: accounts.context.now),
            let account = try accounts.account(session.details.user), account.details.accountState == .active
        else { throw AccountsRefusal.sessionEnded }
        try accounts.saw(session)
        let limits = try SessionLimits(accounts.snapshot, on: accounts.context.today)
        return try OpenedSession(
            session.details, of: account, limits, secret: secret, signedBy: signature, at: accounts.context.now)
    }
}

extension CloseSession {
    func execute(_ accounts: AccountsWriter) throws -> Done {
        guard let session = try accounts.session(secret, now: accounts.context.now) else { return Done() }
        try accounts.end(session)
        return Done()
    }
}

extension ListSessions {
    func read(_ accounts: AccountsReads, _ context: ReadContext) throws -> SessionRows {
        let user = user ?? context.officer.user
        guard AccountRule.mayTouchSessions(of: user, context.officer) else { throw CommonRefusal.roleNotEntitled }
        return SessionRows(
            rows: try accounts.sessions(of: user).filter { $0.details.expires > context.now }
                .map {
                    SessionRow(
                        identifier: $0.details.identifier, openedAt: $0.details.openedAt, seenAt: $0.seenAt)
                }
                .sorted { $0.openedAt > $1.openedAt })
    }
}

extension EndSessions {
    func execute(_ accounts: AccountsWriter) throws -> Done {
        guard AccountRule.mayTouchSessions(of: user, accounts.context.officer) else {
            throw CommonRefusal.roleNotEntitled
        }
        guard let identifier else {
            try accounts.endSessions(of: user)
            return Done()
        }
        guard let session = try accounts.sessions(of: user).first(where: { $0.details.identifier == identifier }) else {
            throw AccountsRefusal.unknownSession
        }
        try accounts.end(session)
        return Done()
    }
}

extension OpenedSession {
    init(
        _ session: SessionDetails, of account: StoredAccount, _ limits: SessionLimits, secret: String,
        signedBy signature: SignatureKey,
        at now: Timestamp
    ) throws {
        let assertion = OfficerAssertion(
            officer: account.officer, session: session.identifier, issued: now,
            expires: min(session.expires, now.advanced(byMilliseconds: OfficerAssertion.lifetimeInMilliseconds)))
        self.init(
            secret: secret, identifier: session.identifier, officer: account.officer,
            displayName: account.details.displayName, mustChangePassword: account.details.mustChangePassword,
            hasSecondFactor: account.details.hasSecondFactor,
            assertion: Hex.encode(try signature.sign(assertion)), assertionExpires: assertion.expires,
            expires: session.expires, idleLimitInMilliseconds: limits.idleInMilliseconds)
    }
}
