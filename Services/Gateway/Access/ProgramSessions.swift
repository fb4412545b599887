import Contracts
import Domain
import Synchronization

/// The sessions of programs that send name and password with each request (HTTP Basic): signed in once for some
/// minutes, because checking a password is made to be slow. Kept in memory, under a number that tells nothing without
/// the gateway's key.
final class ProgramSessions: Sendable {
    private static let most = 1_000
    private static let lifetimeInMilliseconds: Int64 = 10 * 60_000

    private let sessions = Mutex(Aging<Int64, (session: Session, until: Timestamp)>(most: most))

    /// - Parameter signIn: asked when there is no session for this name and password.
    func session(
        user: String, password: String, _ desk: Desk, signIn: () throws -> OpenedSession
    ) throws -> Session {
        let key = desk.sealer.sealer.token(
            of: [Array(user.utf8), [0], Array(password.utf8)], purpose: "gateway.program-session")
        let now = desk.now
        if let known = sessions.withLock({ $0[key] }), known.until > now,
            try desk.account(of: known.session) != nil
        {
            return known.session
        }
        let session = Session(try signIn(), now)
        let until = min(session.expires, now.advanced(byMilliseconds: Self.lifetimeInMilliseconds))
        sessions.withLock { $0.set(key, (session, until), at: now) }
        return session
    }
}
