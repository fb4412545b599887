import Contracts
import Domain
import Glibc
import Host
import Kernel
import Messaging
import Synchronization
import Web

/// The gateway's web side: finds the page or interface, proves who asks, and turns every failure into a clear word.
final class GatewayWeb: WebHandler {
    let desk: Desk
    let metrics = Metrics()
    private let router: Router<GatewayRoute>
    private let guardian = SignInGuard()
    /// A password check takes 19 MiB; more than a few at once would be a way to fill the memory.
    private let passwordTurns = Turns(2, share: 2, mostWaiting: 64, waitingShare: 16)
    /// Of accounts at addresses where they were not in use before: a flood of these makes nobody else wait.
    private let newcomerTurns = Turns(1, share: 1, mostWaiting: 16, waitingShare: 8)
    private let programs = ProgramSessions()
    /// Nil lets only the machine itself read the figures.
    let metricsToken: String?
    /// What happened at the door; set once the server listens.
    let door = Mutex<@Sendable () -> DoorTally>({ DoorTally() })
    let health = HealthWatch()
    private let stopped = Atomic(false)

    init(desk: Desk, metricsToken: String? = nil) throws {
        self.desk = desk
        self.metricsToken = metricsToken
        router = try Router(GatewayRoutes.all)
    }

    /// Ends the streams and the work on runs, so that the server can stop.
    func stop() {
        stopped.store(true, ordering: .relaxed)
        desk.runs.stop()
    }
    var isStopped: Bool { stopped.load(ordering: .relaxed) }

    // MARK: WebHandler

    /// The machine's own watchman is known by coming straight from the machine. A session is believed as it stands
    /// sealed; whether it was ended is seen when its page is answered.
    func party(of request: WebRequest) -> WebParty {
        if ["/healthz", "/metrics"].contains(request.path), Watchman.isDirect(request) { return .watch }
        return desk.sealer.session(of: request, now: desk.now).map { .member($0.identifier) } ?? .stranger
    }

    func respond(to request: WebRequest) -> WebResponse {
        let began = MonotonicClock.microseconds()
        var response = answer(request)
        renew(&response, request)
        metrics.note(status: response.status, since: began)
        return response
    }

    /// Files are taken only from those who are signed in; a little text is read all the same, so that what somebody
    /// typed outlives the session. Who signs out may have been signed out by time already, and is to see the sign-in
    /// page and no refusal.
    func admit(_ request: WebRequest) -> WebResponse? {
        guard request.method == .post, request.path != "/signin", request.path != "/signout" else { return nil }
        do {
            guard try account(of: request) == nil else { return nil }
            // A program names its account with each request; it is asked for the password before its file is taken.
            if request.path.hasPrefix("/api/"), try acting(of: request) != nil { return nil }
        } catch {
            return failure(error, request)
        }
        if isForProgram(request) { return refusal(GatewayRefusal.notSignedIn, request, status: 401) }
        return KeptForm.isReadable(request) ? nil : SignIn.interrupt(request, KeptForm.unread(request))
    }

    func refuse(_ problem: WebProblem, request: WebRequest) -> WebResponse {
        metrics.note(status: problem.status, since: MonotonicClock.microseconds())
        return page(of: problem, request)
    }

    /// A session that goes on gets a new cookie now and then.
    private func renew(_ response: inout WebResponse, _ request: WebRequest) {
        // What a page fetches by itself is no sign that somebody sits there.
        guard response.cookies.isEmpty, !["/signout", "/events", "/overview/fragment"].contains(request.path),
            let (account, session) = try? account(of: request),
            let cookie = try? desk.sealer.renewal(of: session, now: desk.now)
        else { return }
        guardian.isInUse(account.officer.user, at: request.remoteAddress, now: desk.now)
        response.cookies = [cookie]
    }

    private func page(of problem: WebProblem, _ request: WebRequest) -> WebResponse {
        // What an address offers is known here only.
        if problem == .methodUnknown, case .refused(let better) = router.match(request.with(method: .options)) {
            return page(of: better, request)
        }
        // One format for all that a program is refused, wherever in the gateway that happens.
        let kind: Refusal.Kind = problem.status == 404 ? .notFound : problem.status >= 500 ? .busy : .invalid
        var response = refusal(Refusal(problem.code, kind, problem.message), request, status: problem.status)
        response.headers += problem.headers
        return response
    }

    // MARK: Routing

    private func answer(_ request: WebRequest) -> WebResponse {
        if let asset = GatewayFiles.all.response(to: request) { return asset }
        switch router.match(request) {
        case .refused(let problem): return page(of: problem, request)
        case .found(let route, let request):
            do {
                return try run(route.action, request)
            } catch {
                return failure(error, request)
            }
        }
    }

    private func run(_ action: GatewayRoute, _ request: WebRequest) throws -> WebResponse {
        switch action {
        case .open(let answer): return try answer(self, request)
        case .page(let page):
            guard let (account, session) = try account(of: request) else { return toSignIn(request) }
            if account.mustChangePassword, page != OwnAccountPage.self { return .redirect(to: OwnAccountPage.path) }
            return try show(page, Visit(request: request, account: account, session: session, desk: desk))
        case .form(let page):
            guard let (account, session) = try account(of: request) else {
                if isForProgram(request) { return toSignIn(request) }
                return SignIn.interrupt(request, try KeptForm.keep(request, desk.sealer, now: desk.now))
            }
            let visit = Visit(request: request, account: account, session: session, desk: desk)
            if account.mustChangePassword, page != OwnAccountPage.self { throw GatewayRefusal.mustChangePassword }
            guard page.roles.contains(account.officer.role) else { throw CommonRefusal.roleNotEntitled }
            do {
                return try page.submit(visit)
            } catch let refusal as Refusal {
                // The form again, with what is wrong above it: what stood in the other fields is not lost from view.
                return try show(page, visit, refusal: refusal)
            } catch let partly as PartlyAnswered where !isForProgram(request) {
                return Unanswered.form(visit, partly.failure, partly.outcome.lines)
            } catch let failure as BusFailure where !isForProgram(request) {
                return Unanswered.form(visit, failure)
            }
        case .interface(let interface):
            guard let acting = try acting(of: request) else {
                var response = refusal(GatewayRefusal.notSignedIn, request, status: 401)
                response.headers.append(WebField("WWW-Authenticate", "Basic realm=\"jieli\", charset=\"UTF-8\""))
                return response
            }
            guard interface.roles.contains(acting.officer.role) else { throw CommonRefusal.roleNotEntitled }
            return try interface.answer(self, request, acting)
        case .visit(let roles, let answer):
            guard let (account, session) = try account(of: request) else { return toSignIn(request) }
            if account.mustChangePassword { return .redirect(to: OwnAccountPage.path) }
            guard roles.contains(account.officer.role) else { throw CommonRefusal.roleNotEntitled }
            return try answer(self, Visit(request: request, account: account, session: session, desk: desk))
        }
    }

    /// The form that a session's end had interrupted, filled in again for the session that has just begun; nil when
    /// there is no such form.
    func showAgain(_ request: WebRequest) -> WebResponse? {
        guard case .found(let route, let request) = router.match(request), case .form(let page) = route.action else {
            return nil
        }
        do {
            guard let (account, session) = try account(of: request) else { return nil }
            let visit = Visit(request: request, account: account, session: session, desk: desk)
            return try show(page, visit, notice: "登录已过期，请核对后重新提交。")
        } catch {
            return failure(error, request)
        }
    }

    private func show(
        _ page: any Page.Type, _ visit: Visit, refusal: Refusal? = nil, notice: String? = nil
    ) throws -> WebResponse {
        guard page.roles.contains(visit.officer.role) else { throw CommonRefusal.roleNotEntitled }
        let content = try page.content(visit)
        let frame = PageFrame.page(
            title: page.title(visit), visit: visit, refusal: refusal, notice: notice, content: content)
        return .html(frame, status: refusal?.kind.httpStatus ?? 200)
    }

    private func failure(_ error: any Error, _ request: WebRequest) -> WebResponse {
        switch error {
        case let refusal as Refusal: return self.refusal(refusal, request, status: refusal.kind.httpStatus)
        case let failure as BusFailure:
            return self.refusal(Unanswered.question(failure), request, status: 503)
        default:
            ServiceLog.write("gateway", "页面 \(request.method.rawValue) 出错：\(type(of: error))")
            let refusal = Refusal("gateway.fault", .busy, "系统出错，本次未办理。请稍后重试；仍不行请联系系统运维。")
            return self.refusal(refusal, request, status: 500)
        }
    }

    private func refusal(_ refusal: Refusal, _ request: WebRequest, status: Int) -> WebResponse {
        if isForProgram(request) {
            return .json((try? JSONCoding.bytes(refusal)) ?? [], status: status)
        }
        guard let (account, session) = try? account(of: request) else {
            let content: HTML = "\(PageFrame.fault(refusal))<p><a href=\"/\">返回首页</a></p>"
            return .html(PageFrame.plain(title: "不能办理", content: content), status: status)
        }
        // Whoever is signed in keeps the menu: a refusal is no dead end.
        let visit = Visit(request: request, account: account, session: session, desk: desk)
        let frame = PageFrame.page(title: "不能办理", visit: visit, refusal: refusal, content: WayBack.link(visit))
        return .html(frame, status: status)
    }

    /// Whoever asks for an interface is a program, and gets refusals as /api/openapi.json describes them.
    private func isForProgram(_ request: WebRequest) -> Bool {
        request.wantsJSON || request.path.hasPrefix("/api/")
            || Interfaces.all.contains { $0.path == request.path }
    }

    // MARK: Who asks

    private func toSignIn(_ request: WebRequest) -> WebResponse {
        if request.wantsJSON { return refusal(GatewayRefusal.notSignedIn, request, status: 401) }
        return .redirect(to: Address("/signin", [("next", request.method == .get ? request.path : nil)]).string)
    }

    /// The account that a session belongs to; nil when there is none or it has ended.
    func account(of request: WebRequest) throws -> (Account, Session)? {
        guard let session = desk.sealer.session(of: request, now: desk.now), let account = try desk.account(of: session)
        else { return nil }
        return (account, session)
    }

    /// For programs: a session, or name and password by HTTP Basic (RFC 7617).
    private func acting(of request: WebRequest) throws -> Acting? {
        if let (account, session) = try account(of: request) {
            guard !account.mustChangePassword else { throw GatewayRefusal.mustChangePassword }
            return desk.acting(account, session)
        }
        guard let header = request.header("authorization"), header.hasPrefix("Basic "),
            let bytes = Base64.decode(String(header.dropFirst(6))),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        do {
            let session = try programs.session(user: parts[0], password: parts[1], desk) {
                try signIn(parts[0], parts[1], from: request.remoteAddress)
            }
            guard let account = try desk.account(of: session) else { return nil }
            guard !account.mustChangePassword else { throw GatewayRefusal.mustChangePassword }
            return desk.acting(account, session)
        } catch let refusal as Refusal where refusal == GatewayRefusal.wrongPassword {
            return nil
        }
    }

    /// - Throws: `GatewayRefusal.wrongPassword`, `.tooManyAttempts`, `.signInBusy`, a `BusFailure`.
    func signIn(
        _ user: String, _ password: String, code: String? = nil, from address: String
    ) throws -> OpenedSession {
        let now = desk.now
        guard let attempt = guardian.begin(user, from: address, now: now) else { throw GatewayRefusal.tooManyAttempts }
        let turns = attempt.isFamiliar ? passwordTurns : newcomerTurns
        let opened = try turns.take(for: address, patienceInMilliseconds: Self.signInPatienceInMilliseconds) {
            // What is longer than any password may be, or than any name, is not sent on.
            user.utf8.count <= 64 && password.count <= 256 ? try desk.signIn(user, password, code: code) : nil
        }
        guard let opened else { throw GatewayRefusal.signInBusy }
        guard let opened else { throw GatewayRefusal.wrongPassword }
        guardian.succeeded(attempt, now: now)
        return opened
    }

    private static let signInPatienceInMilliseconds = 10_000
}
