import Contracts
import Domain
import Host
import Sealing

extension AccountDetails {
    var hasSecondFactor: Bool { !factorKey.isEmpty }

    /// Takes a code or a recovery code, which is used up by it.
    /// - Returns: whether it is right.
    mutating func take(_ code: String, at now: Timestamp, token: (String) -> String) -> Bool {
        guard let key = Hex.decode(factorKey) else { return false }
        let used = Int64(usedStep) ?? 0
        let moment = now.millisecondsSinceEpoch / 1000
        if let step = OneTimePassword.step(of: code, key: key, at: moment, after: used) {
            usedStep = String(step)
            return true
        }
        guard let place = recoveryTokens.firstIndex(of: token(code)) else { return false }
        recoveryTokens.remove(at: place)
        return true
    }
}

extension AccountsReads {
    /// Of a recovery code: it lies beside nothing that would tell it.
    func recoveryToken(_ code: String, of user: String) -> String {
        String(sealer.token("\(user) \(TextForm.trimming(code).lowercased())", purpose: "accounts.recovery"))
    }
}

extension BeginSecondFactor {
    func execute(_ accounts: AccountsWriter) throws -> SecondFactorKey {
        guard let session = try accounts.session(secret, now: accounts.context.now),
            var account = try accounts.account(session.details.user)
        else { throw AccountsRefusal.sessionEnded }
        guard PasswordRule.isRight(password, for: account) else { throw AccountsRefusal.wrongPassword }
        let key = Secret.random(OneTimePassword.keyLengthInBytes)
        account.details.pendingFactorKey = Hex.encode(key)
        try accounts.replace(account)
        let text = OneTimePassword.base32(key)
        return SecondFactorKey(
            key: text, uri: "otpauth://totp/jieli:\(account.user)?secret=\(text)&issuer=jieli&digits=6&period=30")
    }
}

extension ConfirmSecondFactor {
    private static let recoveryCodes = 8

    func execute(_ accounts: AccountsWriter) throws -> RecoveryCodes {
        guard let session = try accounts.session(secret, now: accounts.context.now),
            var account = try accounts.account(session.details.user)
        else { throw AccountsRefusal.sessionEnded }
        guard let key = Hex.decode(account.details.pendingFactorKey), !key.isEmpty else {
            throw AccountsRefusal.factorNotBegun
        }
        let moment = accounts.context.now.millisecondsSinceEpoch / 1000
        guard
            let step = OneTimePassword.step(of: TextForm.trimming(code), key: key, at: moment, after: 0)
        else { throw AccountsRefusal.wrongCode }
        let codes = (0..<Self.recoveryCodes).map { _ in OneTimePassword.base32(Secret.random(10)).lowercased() }
        account.details.factorKey = account.details.pendingFactorKey
        account.details.pendingFactorKey = ""
        account.details.usedStep = String(step)
        account.details.recoveryTokens = codes.map { accounts.recoveryToken($0, of: account.user) }
        try accounts.endSessions(of: account.user, except: session)
        try accounts.save(account, .secondFactor)
        return RecoveryCodes(codes: codes)
    }
}

extension RemoveSecondFactor {
    func execute(_ accounts: AccountsWriter) throws -> Done {
        guard var account = try accounts.account(user) else { throw AccountsRefusal.unknownAccount }
        let reason = TextForm.trimming(reason)
        guard !reason.isEmpty else { throw AccountsRefusal.reasonMissing }
        account.details.factorKey = ""
        account.details.pendingFactorKey = ""
        account.details.recoveryTokens = []
        account.details.usedStep = ""
        try accounts.endSessions(of: user)
        try accounts.save(account, .secondFactor, reason: reason)
        return Done()
    }
}
