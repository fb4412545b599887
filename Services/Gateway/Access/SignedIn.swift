import Contracts
import Domain
import Host
import Messaging
import Sealing
import Store
import Synchronization

/// Who is signed in, as the accounts service last said, with what proves it to the other services. Only for minutes,
/// and in memory: a restart asks again.
final class SignedIn: Sendable {
    /// One session's account.
    struct Entry: Sendable {
        let account: Account
        /// For the context of requests.
        let assertion: [UInt8]
        let expires: Timestamp
        /// Where the accounts service's log stood when it said so.
        let seq: Int64
    }

    private static let mostEntries = 5_000
    /// From so little on a new assertion is asked for.
    private static let renewalInMilliseconds: Int64 = OfficerAssertion.lifetimeInMilliseconds / 2

    /// While the accounts service does not answer, a page does not wait for it again and again: each looks a session up
    /// several times.
    private static let pauseInMilliseconds: Int64 = 10_000

    private let silentUntil = Mutex<Timestamp?>(nil)
    private let entries = Mutex(Aging<String, Entry>(most: mostEntries))

    func keep(_ opened: OpenedSession, seq: Int64, now: Timestamp) throws {
        guard let assertion = Hex.decode(opened.assertion) else { throw GatewayRefusal.notSignedIn }
        let entry = Entry(
            account: Account(
                officer: opened.officer, displayName: opened.displayName,
                mustChangePassword: opened.mustChangePassword,
                hasSecondFactor: opened.hasSecondFactor ?? false), assertion: assertion,
            expires: opened.assertionExpires, seq: seq)
        entries.withLock { $0.set(opened.identifier, entry, at: now) }
    }

    /// The accounts service did not answer.
    func rest(now: Timestamp) {
        silentUntil.withLock { $0 = now.advanced(byMilliseconds: Self.pauseInMilliseconds) }
    }

    private func isResting(_ now: Timestamp) -> Bool { silentUntil.withLock { $0.map { now < $0 } ?? false } }

    func forget(_ session: Session) { entries.withLock { $0.remove(session.identifier) } }

    /// What is known of a session.
    /// - Parameter change: up to where the accounts service's log tells something new of account or session.
    /// - Returns: nil when the accounts service has to be asked. `isLast` tells that it should be, and that this is
    ///   good if it does not answer.
    func entry(_ session: Session, change: Int64, now: Timestamp) -> (entry: Entry, isLast: Bool)? {
        guard let entry = entries.withLock({ $0[session.identifier] }), entry.seq >= change, entry.expires > now
        else { return nil }
        let isDue = entry.expires.milliseconds(since: now) < Self.renewalInMilliseconds
        return (entry, isDue && !isResting(now))
    }
}

/// Who acts, and how to prove it to the services.
struct Acting: Sendable {
    let officer: Officer
    /// For what goes on when the request is answered; nil of the gateway itself.
    let session: Session?
    /// An assertion that is good now. Throws `AccountsRefusal.sessionEnded`, or a `BusFailure`.
    let assertion: @Sendable () throws -> [UInt8]
}

extension Acting {
    /// The gateway by itself: for what it keeps in its own store, and for messages that carry what proves them.
    static let itself = Acting(
        officer: Officer(user: ServiceName.gateway.rawValue, role: .systemOperator), session: nil, assertion: { [] })
}

extension GatewaySealer {
    private static let runPurpose = "gateway.run-proof"

    /// What lets a run go on in the name of whoever began it, as long as that sign-in lasts.
    func seal(ofRun acting: Acting) throws -> String? {
        guard let session = acting.session else { return nil }
        return Hex.encode(sealer.seal(try JSONCoding.bytes(session), purpose: Self.runPurpose))
    }

    /// Nil for anything else.
    func session(ofRun proof: [UInt8]) -> Session? {
        (try? sealer.open(proof, purpose: Self.runPurpose)).flatMap { try? JSONCoding.value(Session.self, from: $0) }
    }
}

extension Desk {
    /// Signs in.
    /// - Returns: nil when name or password are wrong.
    /// - Throws: `GatewayRefusal.codeNeeded`, a `BusFailure`.
    func signIn(_ user: String, _ password: String, code: String?) throws -> OpenedSession? {
        let (outcome, seq) = try ask(OpenSession(user: user, password: password, code: code))
        guard let opened = outcome.session else {
            if outcome.needsCode == true { throw GatewayRefusal.codeNeeded }
            return nil
        }
        try signedIn.keep(opened, seq: seq, now: now)
        return opened
    }

    /// The account of a session; nil when the session has ended.
    /// - Throws: a `BusFailure` when nobody can tell.
    func account(of session: Session) throws -> Account? { try entry(session)?.account }

    private func entry(_ session: Session) throws -> SignedIn.Entry? {
        let change = try read { try $0.accessChange(user: session.user, session: session.identifier) }
        let known = signedIn.entry(session, change: change, now: now)
        if let known, !known.isLast { return known.entry }
        do {
            let (opened, seq) = try ask(RenewSession(secret: session.secret))
            try signedIn.keep(opened, seq: max(seq, change), now: now)
        } catch let refusal as Refusal where refusal.slug == AccountsRefusal.sessionEnded.slug {
            signedIn.forget(session)
            return nil
        } catch let failure as BusFailure {
            // The accounts service is away for a moment: what it said last is still good.
            guard let known else { throw failure }
            signedIn.rest(now: now)
            return known.entry
        }
        return signedIn.entry(session, change: change, now: now)?.entry
    }

    func acting(_ account: Account, _ session: Session) -> Acting {
        Acting(officer: account.officer, session: session) { [self] in
            guard let entry = try entry(session) else { throw AccountsRefusal.sessionEnded }
            return entry.assertion
        }
    }

    /// Ends a session for good, wherever else its cookie may be. Throws a `BusFailure` when it goes on elsewhere.
    func signOut(_ session: Session) throws {
        signedIn.forget(session)
        _ = try ask(CloseSession(secret: session.secret))
    }

    /// Sets another password.
    /// - Throws: `AccountsRefusal`, or a `BusFailure`.
    func changePassword(_ session: Session, from password: String, to newPassword: String) throws {
        let change = ChangePassword(secret: session.secret, password: password, newPassword: newPassword)
        _ = try ask(change)
        signedIn.forget(session)
    }

    /// Begins to use a second factor. - Throws: `AccountsRefusal`, or a `BusFailure`.
    func beginSecondFactor(_ session: Session, _ password: String) throws -> SecondFactorKey {
        try ask(BeginSecondFactor(secret: session.secret, password: password)).reply
    }

    /// Confirms it by a code. - Throws: as above.
    func confirmSecondFactor(_ session: Session, _ code: String) throws -> RecoveryCodes {
        let codes = try ask(ConfirmSecondFactor(secret: session.secret, code: code)).reply
        signedIn.forget(session)
        return codes
    }

    /// Asks what needs nobody behind it, because it carries what proves it.
    private func ask<C: Command>(_ command: C) throws -> (reply: C.Reply, seq: Int64) {
        let (reply, position) = try place(command, as: .itself, number: nextCommandNumber())
        return (reply, position?.seq ?? 0)
    }
}
