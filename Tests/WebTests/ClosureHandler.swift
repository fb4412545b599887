import Web

/// A handler made of closures, so that each test says what its application does.
struct ClosureHandler: WebHandler {
    var answer: @Sendable (WebRequest) -> WebResponse
    var gate: @Sendable (WebRequest) -> WebResponse? = { _ in nil }
    /// Who sends the cookie `session` is signed in, and the watchman asks for `/watch`.
    func party(of request: WebRequest) -> WebParty {
        if request.path == "/watch" { return .watch }
        return request.cookie("session").map { .member($0) } ?? .stranger
    }

    func respond(to request: WebRequest) -> WebResponse { answer(request) }

    func admit(_ request: WebRequest) -> WebResponse? { gate(request) }
}

/// A server on a free loopback port.
func serve(
    limits: WebLimits = WebLimits(), trust: ProxyTrust = ProxyTrust(),
    _ answer: @escaping @Sendable (WebRequest) -> WebResponse
) throws -> WebServer {
    try WebServer(
        address: "127.0.0.1", port: 0, limits: limits, trust: trust, log: { _ in },
        handler: ClosureHandler(answer: answer))
}
