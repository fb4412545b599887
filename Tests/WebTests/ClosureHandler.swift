import Web

/// A handler made of closures, so that each test says what its application does.
struct ClosureHandler: WebHandler {
    var answer: @Sendable (WebRequest) -> WebResponse
    var gate: @Sendable (WebRequest) -> WebResponse? = { _ in nil }

    func respond(to request: WebRequest) -> WebResponse { answer(request) }

    func admit(_ request: WebRequest) -> WebResponse? { gate(request) }
}

/// A server on a free loopback port.
func serve(
    limits: WebLimits = WebLimits(), certificate: WebCertificate? = nil,
    _ answer: @escaping @Sendable (WebRequest) -> WebResponse
) throws -> WebServer {
    try WebServer(
        address: "127.0.0.1", port: 0, limits: limits, certificate: certificate, log: { _ in },
        handler: ClosureHandler(answer: answer))
}
