import Contracts
import Domain
import Host
import Sealing

extension RecordAccount {
    func execute(_ accounts: AccountsWriter) throws -> Done {
        guard AccountRule.isName(user), !displayName.allSatisfy(\.isWhitespace) else {
            throw AccountsRefusal.malformedAccount
        }
        guard AccountRule.fits(area, role) else { throw AccountsRefusal.areaMismatch }
        try PasswordRule.check(password, user: user)
        let known = try accounts.account(user)
        if let known {
            guard known.details.accountState != .ended else { throw AccountsRefusal.endedAccount }
            // A mistyped name would make somebody else's account into one of another office.
            guard replaces == true || known.details.role == role && known.details.area == area else {
                throw AccountsRefusal.otherAccount
            }
        }
        var details = AccountDetails(
            displayName: displayName, role: role, area: area, state: (known?.details.accountState ?? .active).rawValue,
            passwordHash: try PasswordHash.make(password), mustChangePassword: mustChangePassword ?? false,
            recordedBy: accounts.context.officer.user)
        // Another password is no way around the second factor.
        if let known {
            details.factorKey = known.details.factorKey
            details.recoveryTokens = known.details.recoveryTokens
            details.usedStep = known.details.usedStep
        }
        try accounts.endSessions(of: user)
        try accounts.save(StoredAccount(user: user, details: details), .recorded)
        return Done()
    }
}

extension AdoptAccount {
    func execute(_ accounts: AccountsWriter) throws -> Done {
        guard try accounts.account(user) == nil else { return Done() }
        let details = AccountDetails(
            displayName: displayName, role: role, area: area, state: AccountState.active.rawValue,
            passwordHash: passwordHash, mustChangePassword: false, recordedBy: accounts.context.officer.user)
        try accounts.save(StoredAccount(user: user, details: details), .adopted)
        return Done()
    }
}

extension SetAccountState {
    func execute(_ accounts: AccountsWriter) throws -> Done {
        guard var account = try accounts.account(user) else { throw AccountsRefusal.unknownAccount }
        guard account.details.accountState != .ended else { throw AccountsRefusal.endedAccount }
        guard user != accounts.context.officer.user else { throw AccountsRefusal.ownAccount }
        let reason = TextForm.trimming(reason)
        guard !reason.isEmpty else { throw AccountsRefusal.reasonMissing }
        account.details.state = state.rawValue
        // The name stays, so that nobody gets it again and the records still say whose it was.
        if state == .ended { account.details.passwordHash = "" }
        if state != .active { try accounts.endSessions(of: user) }
        try accounts.save(account, .state, reason: reason)
        return Done()
    }
}

extension ChangePassword {
    func execute(_ accounts: AccountsWriter) throws -> Done {
        guard let session = try accounts.session(secret, now: accounts.context.now),
            var account = try accounts.account(session.details.user)
        else { throw AccountsRefusal.sessionEnded }
        guard PasswordRule.isRight(password, for: account) else { throw AccountsRefusal.wrongPassword }
        guard newPassword != password else { throw AccountsRefusal.passwordSame }
        try PasswordRule.check(newPassword, user: account.user)
        account.details.passwordHash = try PasswordHash.make(newPassword)
        account.details.mustChangePassword = false
        try accounts.endSessions(of: account.user, except: session)
        try accounts.save(account, .password)
        return Done()
    }
}

/// What an account may be.
enum AccountRule {
    /// Of one alphabet, so that no two names look alike; a colon would end the name in HTTP Basic (RFC 7617).
    static func isName(_ name: String) -> Bool {
        (2...32).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains($0)
            }
    }

    static func mayTouchSessions(of user: String, _ officer: Officer) -> Bool {
        officer.user == user || officer.role == .systemOperator
    }

    /// A clerk of a township or an enterprise sees that one alone, and all others the county: an account with another
    /// area would see too much, or nothing. The code stands as people's records carry it, because areas are compared
    /// letter by letter.
    static func fits(_ area: Area, _ role: Role) -> Bool {
        switch (role, area) {
        case (.township, .township(let code)): Township(code) != nil
        case (.enterprise, .enterprise(let code)): (try? UnifiedSocialCreditCode(code))?.text == code
        case (.township, _), (.enterprise, _): false
        default: area == .county
        }
    }
}

/// What a password may be, after NIST SP 800-63B-4, section 3.1.1.2: length counts, not a mixture of kinds of letters;
/// what is known to guessers is refused.
enum PasswordRule {
    static let leastInCharacters = 8
    static let mostInCharacters = 256

    static func check(_ password: String, user: String) throws {
        guard password.count >= leastInCharacters else { throw AccountsRefusal.passwordTooShort }
        guard password.count <= mostInCharacters,
            password.utf8.count <= PasswordHash.greatestPasswordLengthInBytes
        else { throw AccountsRefusal.passwordTooLong }
        let plain = password.lowercased().filter { !$0.isWhitespace }
        guard !KnownPasswords.contains(plain), !isRepetition(plain), !isSequence(plain),
            plain.replacing(user, with: "").count >= 6
        else { throw AccountsRefusal.passwordKnown }
    }

    static func isRight(_ password: String, for account: StoredAccount) -> Bool {
        (try? PasswordHash.verify(password, against: account.details.passwordHash)).map { $0 != .wrong } ?? false
    }

    /// One or two characters over and over, or blanks alone.
    private static func isRepetition(_ text: String) -> Bool { Set(text).count <= 2 }

    /// Letters or digits in a row: `abcdefgh`, `87654321`.
    private static func isSequence(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let steps = Set(zip(values.dropFirst(), values).map { $0 - $1 })
        return steps == [1] || steps == [-1]
    }
}

/// Passwords that guessers try first, of eight characters and more (from the published lists of leaked passwords, such
/// as SecLists, and what Chinese keyboards suggest).
enum KnownPasswords {
    static func contains(_ plain: String) -> Bool {
        known.contains(plain) || known.contains { plain.hasPrefix($0) && plain.count <= $0.count + 2 }
    }

    private static let known: Set<String> = [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "password1", "password123", "12345678", "123456789",
        "1234567890", "0123456789", "987654321", "0987654321", "qwertyuiop", "qwerty123", "qwertyui", "asdfghjk",
        "asdfghjkl", "zxcvbnm1", "zxcvbnm,", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "qazwsxedc", "q1w2e3r4", "abcd1234",
        "abc12345", "abc123456", "a1234567", "a12345678", "a123456789", "aa123456", "aa12345678", "asd123456",
        "qq123456", "qwe123456", "wang1234", "woaini1314", "woaini520", "woaini521", "5201314520", "woaiwojia",
        "woaizuguo", "iloveyou", "iloveyou1", "sunshine", "princess", "football", "baseball", "superman", "computer",
        "internet", "whatever", "trustno1", "starwars", "dragon12", "letmein1", "welcome1", "welcome123", "admin123",
        "admin888", "administrator", "adminadmin", "root1234", "test1234", "testtest", "changeme", "changeme1",
        "11223344", "1122334455", "12341234", "123123123", "123321123", "12344321", "147258369", "159357456",
        "147852369", "741852963", "789456123", "88888888", "66666666", "00000000", "11111111", "13145200", "52013140",
        "20202020", "20082008", "honghe123", "honghexian", "yunnan123", "jieli123", "jieli1234", "mima1234",
        "mimamima", "zhongguo", "zhonghua", "beijing1", "shanghai",
    ]
}
