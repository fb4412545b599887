import Contracts
import Domain
import Host
import Messaging
import Sealing
import Synchronization
import Web

/// What a signed-in browser holds, sealed: nothing of it is kept here, so a restart signs nobody out.
struct Session: Codable, Equatable, Sendable {
    var user: String
    /// Random; the form tokens of this session are made from it.
    var identifier: String
    var expires: Timestamp
    /// Changes with the password, so that a new password ends all sessions.
    var passwordMark: Int64
}

/// The gateway's own use of its sealing key.
struct GatewaySealer: Sendable {
    static let cookie = "jieli"
    static let lifetimeInMilliseconds: Int64 = 12 * 3_600_000

    let sealer: Sealer
    let randomness: any Randomness

    func open(_ account: Account, now: Timestamp) throws -> Cookie {
        let session = Session(
            user: account.officer.user, identifier: Hex.encode(Secret.random(16)),
            expires: now.advanced(byMilliseconds: Self.lifetimeInMilliseconds), passwordMark: mark(account))
        let sealed = Hex.encode(sealer.seal(try JSONCoding.bytes(session), purpose: "gateway.session"))
        return Cookie(Self.cookie, sealed, maximumAgeInSeconds: Int(Self.lifetimeInMilliseconds / 1000))
    }

    /// The session of a request; nil when there is none, it has ended or it is not ours.
    func session(of request: WebRequest, now: Timestamp) -> Session? {
        guard let text = request.cookie(Self.cookie), let sealed = Hex.decode(text),
            let opened = try? sealer.open(sealed, purpose: "gateway.session"),
            let session = try? JSONCoding.value(Session.self, from: opened), session.expires > now
        else { return nil }
        return session
    }

    func mark(_ account: Account) -> Int64 { sealer.token(account.passwordHash, purpose: "gateway.password-mark") }

    /// A token for one showing of a form: another site cannot know it, and its two halves number the command, so that
    /// the form sent twice is one command.
    func formToken(_ session: Session) -> String {
        let once = Hex.encode(Secret.random(16))
        return "\(once)-\(formMark(once, session))"
    }

    /// The command number that a form's token stands for; nil when the token is not this session's.
    func number(of token: String, _ session: Session) -> CommandNumber? {
        let parts = token.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0].count == 32, parts[1] == formMark(parts[0], session),
            let high = UInt64(parts[0].prefix(16), radix: 16), let low = UInt64(parts[0].suffix(16), radix: 16)
        else { return nil }
        return CommandNumber(session: high, counter: low >> 1)
    }

    private func formMark(_ once: String, _ session: Session) -> String {
        String(UInt64(bitPattern: sealer.token("\(session.identifier) \(once)", purpose: "gateway.form")), radix: 16)
    }
}

/// Counts wrong passwords, so that nobody tries thousands.
final class SignInGuard: Sendable {
    private static let allowed = 5
    private static let pauseInMilliseconds: Int64 = 60_000
    private let failures = Mutex<[String: (count: Int, since: Timestamp)]>([:])

    func isBarred(_ user: String, now: Timestamp) -> Bool {
        failures.withLock { failures in
            guard let entry = failures[user] else { return false }
            if now.milliseconds(since: entry.since) > Self.pauseInMilliseconds {
                failures[user] = nil
                return false
            }
            return entry.count >= Self.allowed
        }
    }

    func note(_ user: String, succeeded: Bool, now: Timestamp) {
        failures.withLock { failures in
            if succeeded {
                failures[user] = nil
            } else {
                if failures.count > 10_000 { failures.removeAll() }
                failures[user] = ((failures[user]?.count ?? 0) + 1, now)
            }
        }
    }
}
