/// An answer. Security headers are added to each when it is sent; a header set here wins over the added one.
public struct WebResponse: Sendable {
    public enum Body: Sendable {
        case bytes([UInt8])
        /// Sent from the disk without passing through memory.
        case file(path: String)
        /// Sent piece by piece for as long as it lasts.
        case stream(any WebStream)
    }

    public var status: Int
    public var headers: [WebField]
    public var cookies: [Cookie] = []
    public var body: Body

    public init(status: Int = 200, headers: [WebField] = [], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of this name in any case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The body as far as it is in memory.
    public var bytes: [UInt8]? {
        if case .bytes(let bytes) = body { return bytes }
        return nil
    }
}

extension WebResponse {
    public static func html(_ page: HTML, status: Int = 200) -> WebResponse {
        .bytes(page.bytes, type: "text/html; charset=utf-8", status: status)
    }

    public static func json(_ bytes: [UInt8], status: Int = 200) -> WebResponse {
        .bytes(bytes, type: "application/json", status: status)
    }

    public static func text(_ text: String, status: Int = 200) -> WebResponse {
        .bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    public static func bytes(_ bytes: [UInt8], type: String, status: Int = 200) -> WebResponse {
        WebResponse(status: status, headers: [WebField("Content-Type", type)], body: .bytes(bytes))
    }

    /// After a form: the browser fetches `location` with GET (303), so that reloading does not submit twice.
    /// - Parameter location: a path on this site, with its query. Anything else leads to `/`: a redirect must not be a
    ///   way to send people to another site.
    public static func redirect(to location: String) -> WebResponse {
        let bytes = Array(location.utf8)
        let isLocal =
            bytes.first == UInt8(ascii: "/") && bytes.dropFirst().first != UInt8(ascii: "/")
            && !bytes.contains(UInt8(ascii: "\\"))
        let encoded = PercentCoding.encode(isLocal ? location : "/") { byte in
            PercentCoding.isUnreserved(byte) || Array("/?#[]@!$&'()*+,;=:%".utf8).contains(byte)
        }
        return WebResponse(status: 303, headers: [WebField("Location", encoded)])
    }

    /// A file to keep. The name may be Chinese (RFC 6266, RFC 8187); old programs see `download` with its ending.
    public static func download(_ bytes: [UInt8], fileName: String, type: String) -> WebResponse {
        var response = WebResponse.bytes(bytes, type: type)
        response.headers.append(disposition("attachment", fileName: fileName))
        return response
    }

    /// A file to look at in the browser, such as a PDF, with a name in case it is kept.
    public static func inline(_ bytes: [UInt8], fileName: String, type: String) -> WebResponse {
        var response = WebResponse.bytes(bytes, type: type)
        response.headers.append(disposition("inline", fileName: fileName))
        return response
    }

    /// A file on disk to keep, sent without passing through memory.
    public static func download(path: String, fileName: String, type: String) -> WebResponse {
        WebResponse(
            headers: [WebField("Content-Type", type), disposition("attachment", fileName: fileName)],
            body: .file(path: path))
    }

    private static func disposition(_ kind: String, fileName: String) -> WebField {
        let ending = fileName.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last ?? ""
        let isPlain = !ending.isEmpty && ending.utf8.allSatisfy(PercentCoding.isUnreserved)
        let fallback = isPlain ? "download.\(ending)" : "download"
        let encoded = PercentCoding.encode(fileName, keeps: PercentCoding.isUnreserved)
        return WebField("Content-Disposition", "\(kind); filename=\"\(fallback)\"; filename*=UTF-8''\(encoded)")
    }
}

extension WebResponse {
    /// On every response. No script, style or frame from elsewhere; no address with personal data to other sites; and
    /// nothing kept in caches, since most pages name people.
    static let addedHeaders: [WebField] = [
        WebField(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
                + "base-uri 'none'; form-action 'self'"),
        WebField("X-Content-Type-Options", "nosniff"),
        WebField("Referrer-Policy", "no-referrer"),
        WebField("Cache-Control", "no-store"),
    ]

    /// All headers as they are sent, without those that would break the framing: control characters are dropped from
    /// values, since a line break there would begin a header of its own.
    func headersToSend(isSecure: Bool) -> [WebField] {
        let own = headers + cookies.map { WebField("Set-Cookie", $0.headerValue(isSecure: isSecure)) }
        let added = Self.addedHeaders.filter { header($0.name) == nil }
        return (own + added).map { field in
            let value = String(decoding: field.value.utf8.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
            return WebField(field.name, value)
        }
    }
}
