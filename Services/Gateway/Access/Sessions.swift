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
    /// Public; the form tokens of this session are made from it.
    var identifier: String
    /// What proves the session to the accounts service.
    var secret: String
    var expires: Timestamp
    /// When its cookie was made; a session that goes on gets a new one now and then.
    var seen: Timestamp
    /// Whoever does nothing for so long has to sign in again: office machines are shared.
    var idleLimitInMilliseconds: Int64
}

extension Session {
    init(_ opened: OpenedSession, _ now: Timestamp) {
        self.init(
            user: opened.officer.user, identifier: opened.identifier, secret: opened.secret, expires: opened.expires,
            seen: now, idleLimitInMilliseconds: opened.idleLimitInMilliseconds)
    }
}

/// The gateway's own use of its sealing key.
struct GatewaySealer: Sendable {
    /// A cookie older than this is made anew.
    static let renewalInMilliseconds: Int64 = 10 * 60_000

    let sealer: Sealer
    let randomness: any Randomness
    /// Whether people come by https only. A browser takes a cookie with this prefix by https alone, and no other host
    /// or port of the machine can set one (RFC 6265bis, section 4.1.3).
    let isSecure: Bool

    var cookieName: String { isSecure ? "__Host-jieli" : "jieli" }

    func open(_ opened: OpenedSession, now: Timestamp) throws -> Cookie {
        try cookie(of: Session(opened, now), now: now)
    }

    /// The cookie of a session that goes on, with the time when it was seen; nil while the present one is new enough.
    func renewal(of session: Session, now: Timestamp) throws -> Cookie? {
        guard now.milliseconds(since: session.seen) >= Self.renewalInMilliseconds else { return nil }
        var session = session
        session.seen = now
        return try cookie(of: session, now: now)
    }

    private func cookie(of session: Session, now: Timestamp) throws -> Cookie {
        let sealed = Hex.encode(sealer.seal(try JSONCoding.bytes(session), purpose: "gateway.session"))
        return Cookie(
            cookieName, sealed, maximumAgeInSeconds: Int(max(1, session.expires.milliseconds(since: now) / 1000)))
    }

    /// The session of a request; nil when there is none, it has ended or it is not ours.
    func session(of request: WebRequest, now: Timestamp) -> Session? {
        guard let text = request.cookie(cookieName), let sealed = Hex.decode(text),
            let opened = try? sealer.open(sealed, purpose: "gateway.session"),
            // Whether it is one at all is the accounts service's to say.
            let session = try? JSONCoding.value(Session.self, from: opened), session.expires > now,
            now.milliseconds(since: session.seen) < session.idleLimitInMilliseconds
        else { return nil }
        return session
    }

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
