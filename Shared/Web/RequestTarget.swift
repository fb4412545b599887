/// What a request line asks for, decoded: `/人员/42?q=…`.
struct RequestTarget: Hashable, Sendable {
    /// Percent-decoded, always beginning with `/`.
    var path: String
    /// The decoded parts of the path; `/` has none, `/a/` has `a` and an empty one.
    var segments: [String]
    var query: [WebField]

    /// - Parameter bytes: the target as it stood in the request line, in origin or absolute form (RFC 9112, section
    ///   3.2).
    /// - Throws: 400 for a broken encoding, for `.` and `..` as a segment, and for an encoded slash, backslash or
    ///   control character: each has been a way around somebody's access check.
    init(_ bytes: [UInt8], fieldLimit: Int) throws(WebProblem) {
        var rest = bytes[...]
        for scheme in ["http://", "https://"] where rest.starts(with: scheme.utf8) {
            let authority = rest.dropFirst(scheme.utf8.count)
            rest = authority.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            if rest.first != UInt8(ascii: "/") { rest = [UInt8(ascii: "/")] + rest }
        }
        guard rest.first == UInt8(ascii: "/") else { throw .addressMalformed }
        let parts = rest.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)

        var segments: [String] = []
        for part in parts[0].dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            guard let segment = PercentCoding.decode(part, plusIsSpace: false), segment != ".", segment != "..",
                !segment.utf8.contains(where: Self.isForbidden)
            else { throw .addressMalformed }
            segments.append(segment)
        }
        self.path = "/" + segments.joined(separator: "/")
        self.segments = segments == [""] ? [] : segments
        self.query = parts.count > 1 ? try FormCoding.decode(parts[1], fieldLimit: fieldLimit) : []
    }

    /// What stands in for a target that could not be read, so that its refusal has a request to show.
    static let unreadable = RequestTarget()

    private init() {
        path = "/"
        segments = []
        query = []
    }

    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    }
}
