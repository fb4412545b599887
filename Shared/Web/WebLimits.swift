/// How much one client, one request and all of them together may take. The defaults suit a county's gateway.
public struct WebLimits: Hashable, Sendable {
    /// Connections open at once; each has a thread while it lasts, and each open page with events holds one. More are
    /// turned away.
    public var connections = 256
    /// Connections open at once from one address. A proxy in front has one address: raise this behind one.
    public var connectionsPerAddress = 64
    /// The stack of a connection's thread. Handlers run on it.
    public var stackInBytes = 512 * 1024

    /// A connection on which nothing moves for so long is closed.
    public var idleLimitInSeconds = 30
    /// The whole head of a request must have arrived in this time, however steadily its bytes trickle in.
    public var headLimitInSeconds = 30
    /// The whole body of a request must have arrived in this time.
    public var bodyLimitInSeconds = 600
    /// `WebServer.stop()` waits so long for running requests.
    public var drainLimitInSeconds = 10

    /// Request line and headers together; also the memory that libmicrohttpd keeps for each connection.
    public var headLimitInBytes = 32 * 1024
    /// A URL-encoded form, or all text fields of a multipart form together.
    public var formLimitInBytes = 1024 * 1024
    /// A body that is no form, such as JSON.
    public var rawBodyLimitInBytes = 4 * 1024 * 1024
    /// All files of one form together.
    public var uploadLimitInBytes = 64 * 1024 * 1024
    /// Fields of a query or a form.
    public var fieldLimit = 1000
    /// Files of one form.
    public var fileLimit = 20

    /// Where uploads are kept while their request lasts. They have no name there: nothing is left after a crash.
    public var temporaryFolder = "/tmp"

    public init() {}
}
