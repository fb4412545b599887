import Contracts
import Domain
import Glibc
import Host
import Sealing
import Synchronization

/// What proves an officer to the services. Without one the command line acts by itself, and may do only what
/// `AccessTable.mayAct` lists.
protocol OfficerProofs: Sendable {
    /// An assertion that is good for some minutes, for the context of a request.
    func assertion(for officer: Officer) throws -> [UInt8]
    /// The command is at its end: what was signed in is signed out.
    func finish()
}

extension Officer? {
    /// Nobody is behind it but the command line itself.
    static var program: Officer? { nil }
}

/// Officers who sign in with their passwords, as at a page.
final class SignedInOfficers: OfficerProofs {
    private let client: BusClient
    private let password: @Sendable (String) throws -> String
    private let sessions = Mutex<[String: OpenedSession]>([:])

    /// - Parameter password: of an account, by its name. Asked once for each.
    init(_ client: BusClient, password: @escaping @Sendable (String) throws -> String) {
        self.client = client
        self.password = password
    }

    func assertion(for officer: Officer) throws -> [UInt8] { try bytes(session(officer.user)) }

    /// Signs an account in.
    /// - Throws: a `CommandFailure` when the password is wrong.
    func officer(_ user: String) throws -> Officer { try session(user).officer }

    func finish() {
        let open = sessions.withLock { sessions in
            defer { sessions = [:] }
            return sessions.values.map(\.secret)
        }
        // One that stays open ends by itself.
        for secret in open {
            guard let body = try? JSONCoding.bytes(CloseSession(secret: secret)) else { continue }
            _ = try? client.ask(.accounts, CloseSession.name, body, as: .program, patienceInMilliseconds: 1000)
        }
    }

    private func session(_ user: String) throws -> OpenedSession {
        let known = sessions.withLock { $0[user] }
        let soon = SystemClock().now().advanced(byMilliseconds: OfficerAssertion.lifetimeInMilliseconds / 2)
        if let known, known.assertionExpires > soon { return known }
        let session = try known.map(renew) ?? open(user)
        sessions.withLock { $0[user] = session }
        return session
    }

    private func renew(_ known: OpenedSession) throws -> OpenedSession {
        try client.ask(RenewSession(secret: known.secret), of: .accounts, as: .program)
    }

    private func open(_ user: String) throws -> OpenedSession {
        let password = try password(user)
        var outcome = try client.ask(OpenSession(user: user, password: password), of: .accounts, as: .program)
        if outcome.needsCode == true {
            let code = isatty(STDIN_FILENO) == 1 ? try Terminal.askPassword("\(user) 的动态口令：") : readLine()
            outcome = try client.ask(
                OpenSession(user: user, password: password, code: code ?? ""), of: .accounts, as: .program)
        }
        guard let session = outcome.session else {
            throw CommandFailure.failed("账号 \(user) 或密码不对，或账号已停用，没有登录。请核对后重试。")
        }
        guard !session.mustChangePassword else {
            throw CommandFailure.failed("账号 \(user) 须先在网页登录并改成自己的密码。")
        }
        return session
    }

    private func bytes(_ session: OpenedSession) throws -> [UInt8] {
        guard let bytes = Hex.decode(session.assertion) else {
            throw CommandFailure.failed("账号服务的答复无法识别，请升级程序。")
        }
        return bytes
    }
}

/// For a county of one's own, made to be measured or harmed: who holds all its keys speaks for its accounts service.
final class OwnCountyOfficers: OfficerProofs {
    private let key: SignatureKey
    private let made = Mutex<[Officer: (bytes: [UInt8], expires: Timestamp)]>([:])

    func finish() {}

    init(_ county: CountyFolder) throws {
        key = try SignatureKey.load(from: KeyFolder(county.keys).signatureFile(.accounts))
    }

    func assertion(for officer: Officer) throws -> [UInt8] {
        let now = SystemClock().now()
        if let known = made.withLock({ $0[officer] }), known.expires > now.advanced(byMilliseconds: 60_000) {
            return known.bytes
        }
        let assertion = OfficerAssertion(
            officer: officer, session: "own-county", issued: now,
            expires: now.advanced(byMilliseconds: OfficerAssertion.lifetimeInMilliseconds))
        let bytes = try key.sign(assertion)
        made.withLock { $0[officer] = (bytes, assertion.expires) }
        return bytes
    }
}

/// The account that a command is carried out for.
enum CommandAccount {
    static let options = ["user"]
    static let flags = ["password-stdin"]
    static let help = [
        "  --user NAME      以该账号办理，须输入它的密码（不写则以 jieli 记入日志）",
        "  --password-stdin 从标准输入读该账号的密码，否则在终端询问",
    ].joined(separator: "\n")

    /// - Returns: nil for the command line itself.
    static func officer(_ arguments: Arguments, _ bus: BusClient) throws -> Officer? {
        guard let user = arguments["user"] else { return .program }
        let isFromInput = arguments.has("password-stdin")
        let signedIn = SignedInOfficers(bus) { user in
            isFromInput ? readLine() ?? "" : try Terminal.askPassword("\(user) 的密码：")
        }
        bus.prove(by: signedIn)
        return try signedIn.officer(user)
    }
}
