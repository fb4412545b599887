import Glibc

/// The head of a request, read strictly from the bytes as they came (RFC 9112, sections 2 to 6): whatever two programs
/// could read as two different requests is refused. libmicrohttpd is more lenient, and gets to see only what passed.
struct RequestHead: Sendable {
    enum Body: Hashable, Sendable {
        case none
        case declared(Int)
        case chunked
    }

    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t")]
    private static let tokenMarks = Set("!#$%&'*+-.^_`|~".utf8)
    /// More digits than an Int holds are more than any limit.
    private static let longestLength = 18

    let method: String
    /// As it stands in the request line.
    let target: [UInt8]
    /// Names in lower case, values without the blanks around them.
    let headers: [WebField]
    let body: Body
    /// All of the head, with the empty line at its end.
    let byteCount: Int

    /// Nil while the head's end has not arrived.
    /// - Throws: `.headMalformed`.
    init?(_ bytes: UnsafeRawBufferPointer) throws(WebProblem) {
        var lines: [Slice<UnsafeRawBufferPointer>] = []
        var start = 0
        while true {
            guard let end = bytes[start...].firstIndex(of: Self.lineFeed) else { return nil }
            guard end > start, bytes[end - 1] == Self.carriageReturn else { throw .headMalformed }
            let line = bytes[start..<end - 1]
            start = end + 1
            if line.isEmpty { break }
            lines.append(line)
        }
        guard let first = lines.first else { throw .headMalformed }
        let parts = first.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, Self.isToken(parts[0]), !parts[1].isEmpty,
            parts[1].allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw .headMalformed }
        let version = String(decoding: parts[2], as: UTF8.self)
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { throw .headMalformed }
        method = String(decoding: parts[0], as: UTF8.self)
        target = Array(parts[1])
        var headers: [WebField] = []
        for line in lines.dropFirst() { headers.append(try Self.field(line)) }
        self.headers = headers
        byteCount = start
        let hosts = headers.count { $0.name == "host" }
        guard hosts == 1 || (hosts == 0 && version == "HTTP/1.0") else { throw .headMalformed }
        body = try Self.body(headers, version: version)
    }

    var expectsContinue: Bool { headers.contains { $0.name == "expect" } }

    private static func field(_ line: Slice<UnsafeRawBufferPointer>) throws(WebProblem) -> WebField {
        // A blank at the beginning (a folded line) or before the colon is no token either.
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), isToken(line[..<colon]) else { throw .headMalformed }
        var value = line[(colon + 1)...]
        guard value.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == UInt8(ascii: "\t") }) else {
            throw .headMalformed
        }
        while let first = value.first, blanks.contains(first) { value = value.dropFirst() }
        while let last = value.last, blanks.contains(last) { value = value.dropLast() }
        return WebField(
            String(decoding: line[..<colon], as: UTF8.self).lowercased(), String(decoding: value, as: UTF8.self))
    }

    private static func isToken(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                isalnum(CInt(byte)) != 0 && byte < 0x80 || tokenMarks.contains(byte)
            }
    }

    private static func body(_ headers: [WebField], version: String) throws(WebProblem) -> Body {
        let lengths = headers.all("content-length")
        let encodings = headers.all("transfer-encoding")
        guard lengths.count + encodings.count <= 1 else { throw .headMalformed }
        if let encoding = encodings.first {
            guard encoding.lowercased() == "chunked", version == "HTTP/1.1" else { throw .headMalformed }
            return .chunked
        }
        guard let length = lengths.first else { return .none }
        guard !length.isEmpty, length.utf8.allSatisfy({ (48...57).contains($0) }) else { throw .headMalformed }
        let count = length.utf8.count > longestLength ? Int.max : Int(length) ?? Int.max
        return count == 0 ? .none : .declared(count)
    }
}
