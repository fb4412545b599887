/// How much one client, one request and all of them together may take. The defaults suit a county's gateway.
public struct WebLimits: Hashable, Sendable {
    // MARK: Before a request has arrived. A connection then costs a descriptor and a little memory, and no thread.

    /// Connections whose request has not begun, of all clients. One more closes the oldest of the address that has
    /// most of them; those whose request is complete and waits for its turn go last.
    public var waitingConnections = 1024
    /// The same, from one address that is no trusted proxy's: one more closes the oldest of them.
    public var waitingPerAddress = 64
    /// The whole head of a request must have arrived in this time, however steadily its bytes trickle in.
    public var headLimitInSeconds = 10
    /// A complete request waits so long for its turn before it is told to come again.
    public var turnLimitInSeconds = 10

    // MARK: While it is answered, with a thread for each.

    /// Requests of signed-in people, and of one session among them.
    public var memberRequests = 192
    public var requestsPerMember = 16
    /// Requests of everybody else, and of one address among them.
    public var strangerRequests = 48
    public var requestsPerStranger = 16
    /// Requests of everybody else whose body is larger than `strangerBodyInBytes`, and of one address among them.
    public var slowRequests = 8
    public var slowRequestsPerStranger = 2
    /// The machine's own watchman.
    public var watchRequests = 4
    /// Open pages with events, and of one session or address among them: one more ends the oldest of them.
    public var streams = 256
    public var streamsPerAsker = 3
    /// The stack of a request's thread. Handlers run on it.
    public var stackInBytes = 512 * 1024

    /// A connection on which nothing moves for so long is closed.
    public var idleLimitInSeconds = 30
    /// The whole body of a request must have arrived in this time.
    public var bodyLimitInSeconds = 600
    /// The same for a stranger's.
    public var strangerBodyLimitInSeconds = 10
    /// After its body, a request must have been answered, and its answer be taken, in this time; streams have no end.
    public var answerLimitInSeconds = 300
    /// The same for a stranger's.
    public var strangerAnswerLimitInSeconds = 30
    /// `WebServer.stop()` waits so long for running requests.
    public var drainLimitInSeconds = 10

    /// Request line and headers together.
    public var headLimitInBytes = 32 * 1024
    /// A stranger's body up to this size is waited for before its request is given a thread.
    public var strangerBodyInBytes = 32 * 1024
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

    /// Threads at most.
    var threads: Int { memberRequests + strangerRequests + slowRequests + watchRequests + streams }
}
