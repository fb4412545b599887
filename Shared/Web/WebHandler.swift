/// The application behind a `WebServer`. Its methods are called on the threads of connections, many at once, and may
/// block: they hold up nobody but their own client.
public protocol WebHandler: Sendable {
    /// For whom a request counts, as its head proves by itself. Called by the one thread that lets clients in: nothing
    /// may be waited for here, no store and no lock that somebody holds for long.
    func party(of request: WebRequest) -> WebParty

    /// Answers a complete request.
    func respond(to request: WebRequest) -> WebResponse

    /// Called when the head of a request with a body has arrived: an answer here refuses it before a single byte of the
    /// body is read, so that nobody who is not signed in can fill the disk. Nil lets it in.
    func admit(_ request: WebRequest) -> WebResponse?

    /// How a request looks that the server itself refuses. `request` holds what could be read of it.
    func refuse(_ problem: WebProblem, request: WebRequest) -> WebResponse
}

extension WebHandler {
    public func party(of request: WebRequest) -> WebParty { .stranger }

    public func admit(_ request: WebRequest) -> WebResponse? { nil }

    public func refuse(_ problem: WebProblem, request: WebRequest) -> WebResponse { problem.response(to: request) }
}
