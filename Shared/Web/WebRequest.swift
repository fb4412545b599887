/// One request, complete and decoded. It also can be made by hand, to try out a handler without a server.
public struct WebRequest: Sendable {
    public var method: WebMethod
    /// Percent-decoded, beginning with `/`, without the query.
    public let path: String
    /// The decoded parts of the path; none for `/`.
    public let segments: [String]
    public let query: [WebField]
    /// Names in lower case.
    public let headers: [WebField]
    /// Text fields of a form.
    public internal(set) var fields: [WebField]
    /// Files of a form.
    public internal(set) var files: [UploadedFile]
    /// The body when it is no form, such as JSON; else empty.
    public internal(set) var body: [UInt8]
    /// The client's numeric address, as a trusted proxy names it.
    public let remoteAddress: String
    /// Whether a proxy, trusted or not, says that it has handed the request on.
    public let isForwarded: Bool
    /// Whether the client reached the server, or the proxy in front of it, by TLS.
    public let isSecure: Bool
    /// What stood in the place of `:name` in the route. Filled in by `Router`.
    public var parameters: [String: String] = [:]

    public init(
        method: WebMethod = .get, path: String, query: [WebField] = [], headers: [WebField] = [],
        fields: [WebField] = [], files: [UploadedFile] = [], body: [UInt8] = [], remoteAddress: String = "127.0.0.1",
        isForwarded: Bool = false, isSecure: Bool = false
    ) {
        self.method = method
        self.path = path
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        segments = parts == [""] ? [] : parts
        self.query = query
        self.headers = headers.map { WebField($0.name.lowercased(), $0.value) }
        self.fields = fields
        self.files = files
        self.body = body
        self.remoteAddress = remoteAddress
        self.isForwarded = isForwarded
        self.isSecure = isSecure
    }

    init(
        method: WebMethod, target: RequestTarget, headers: [WebField], sender: ProxyTrust.Sender, isSecure: Bool
    ) {
        self.method = method
        path = target.path
        segments = target.segments
        query = target.query
        self.headers = headers
        fields = []
        files = []
        body = []
        remoteAddress = sender.address
        isForwarded = sender.isForwarded
        self.isSecure = isSecure
    }

    /// The same request by another method.
    public func with(method: WebMethod) -> WebRequest {
        var request = self
        request.method = method
        return request
    }

    public func query(_ name: String) -> String? { query.first(name) }

    /// All parameters of that name, in the order of the address.
    public func queries(_ name: String) -> [String] { query.all(name) }

    /// - Parameter name: in any case.
    public func header(_ name: String) -> String? { headers.first(name.lowercased()) }

    public func field(_ name: String) -> String? { fields.first(name) }

    /// All values of a field that repeats, such as ticked boxes.
    public func fields(_ name: String) -> [String] { fields.all(name) }

    public func file(_ field: String) -> UploadedFile? { files.first { $0.field == field } }

    public func parameter(_ name: String) -> String? { parameters[name] }

    /// The first cookie of this name (RFC 6265, section 5.4), decoded as `Cookie` encodes it.
    public func cookie(_ name: String) -> String? {
        for header in headers.all("cookie") {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, Self.trimmed(parts[0]) == name else { continue }
                return Cookie.decode(Self.trimmed(parts[1]))
            }
        }
        return nil
    }

    /// The body's type in lower case, without its parameters: `application/json`. Empty when there is none.
    public var mediaType: String {
        guard let type = header("content-type") else { return "" }
        return Self.trimmed(type.prefix { $0 != ";" }).lowercased()
    }

    /// The body, if the caller declared it as JSON. A page of another site cannot send that type without asking first,
    /// which is why nothing else counts as JSON here.
    public var json: [UInt8]? { mediaType == "application/json" ? body : nil }

    /// Whether the caller is a program: it sent JSON or asks for it.
    public var wantsJSON: Bool {
        mediaType == "application/json" || header("accept")?.contains("application/json") == true
    }

    /// Where a reconnecting stream of server-sent events left off (HTML standard, section 9.2).
    public var lastEventIdentifier: String? { header("last-event-id") }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var rest = text[...]
        while let first = rest.first, first == " " || first == "\t" { rest = rest.dropFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest = rest.dropLast() }
        return String(rest)
    }
}
