/// The application behind a `WebServer`. Its methods are called on the threads of connections, many at once, and may
/// block: they hold up nobody but their own client.
public protocol WebHandler: Sendable {
    /// Answers a complete request.
    func respond(to request: WebRequest) -> WebResponse

    /// Called when the head of a request with a body has arrived: an answer here refuses it before a single byte of the
    /// body is read, so that nobody who is not signed in can fill the disk. Nil lets it in.
    func admit(_ request: WebRequest) -> WebResponse?

    /// How a request looks that the server itself refuses. `request` holds what could be read of it.
    func refuse(_ problem: WebProblem, request: WebRequest) -> WebResponse
}

extension WebHandler {
    public func admit(_ request: WebRequest) -> WebResponse? { nil }

    public func refuse(_ problem: WebProblem, request: WebRequest) -> WebResponse { problem.response(to: request) }
}
