import Glibc

/// Splits a `multipart/form-data` body (RFC 7578, RFC 2046 section 5.1) into its parts as it arrives, in memory that
/// does not grow with it.
///
/// libmicrohttpd's own post processor is not used: it may announce the beginning of a value twice when its bytes arrive
/// in small pieces, which cannot be told from a second, equally named field; and it walks through what precedes the
/// first boundary in quadratic time.
struct MultipartParser {
    /// The headers of a part, names in lower case.
    typealias PartHead = [WebField]

    enum Piece {
        case begin(PartHead)
        case content(UnsafeRawBufferPointer)
        case end
    }

    private enum State {
        case preamble
        case behindBoundary
        case head
        case content
        case epilogue
    }

    private static let headLimitInBytes = 8 * 1024

    private let delimiter: [UInt8]
    private var state = State.preamble
    // A line break in front lets the first boundary look like all others.
    private var pending: [UInt8] = [13, 10]

    /// - Throws: `web.form-malformed` for a boundary that RFC 2046 does not allow.
    init(boundary: String) throws(WebProblem) {
        let bytes = Array(boundary.utf8)
        guard (1...70).contains(bytes.count), bytes.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .formMalformed
        }
        delimiter = Array("\r\n--".utf8) + bytes
    }

    /// Whether the closing boundary has been seen.
    var isComplete: Bool { state == .epilogue }

    /// - Throws: `web.form-malformed`, or what `take` throws.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ take: (Piece) throws(WebProblem) -> Void) throws(WebProblem) {
        pending.append(contentsOf: bytes)
        var used = 0
        while let count = try step(from: used, take) { used += count }
        pending.removeFirst(used)
    }

    /// One step of the machine on what lies behind `start`.
    /// - Returns: how many bytes it has used, or nil when it needs more.
    private mutating func step(
        from start: Int, _ take: (Piece) throws(WebProblem) -> Void
    ) throws(WebProblem) -> Int? {
        switch state {
        case .preamble:
            guard let position = find(delimiter, from: start) else { return spare(from: start) }
            state = .behindBoundary
            return position - start + delimiter.count
        case .behindBoundary: return try stepBehindBoundary(from: start)
        case .head:
            guard let end = find([13, 10, 13, 10], from: start) else {
                guard pending.count - start <= Self.headLimitInBytes else { throw .formMalformed }
                return nil
            }
            guard end - start <= Self.headLimitInBytes else { throw .formMalformed }
            try take(.begin(try Self.head(pending[start..<end])))
            state = .content
            return end - start + 4
        case .content:
            if let position = find(delimiter, from: start) {
                try give(start..<position, to: take)
                try take(.end)
                state = .behindBoundary
                return position - start + delimiter.count
            }
            guard let count = spare(from: start) else { return nil }
            try give(start..<start + count, to: take)
            return count
        case .epilogue: return pending.count > start ? pending.count - start : nil
        }
    }

    private mutating func stepBehindBoundary(from start: Int) throws(WebProblem) -> Int? {
        // Blanks may follow a boundary on its line (RFC 2046, "transport-padding").
        var position = start
        while position < pending.count, pending[position] == 32 || pending[position] == 9 { position += 1 }
        guard position - start <= Self.headLimitInBytes else { throw .formMalformed }
        guard position + 2 <= pending.count else { return nil }
        switch (pending[position], pending[position + 1]) {
        case (UInt8(ascii: "-"), UInt8(ascii: "-")) where position == start: state = .epilogue
        case (13, 10): state = .head
        default: throw .formMalformed
        }
        return position + 2 - start
    }

    private func give(_ range: Range<Int>, to take: (Piece) throws(WebProblem) -> Void) throws(WebProblem) {
        guard !range.isEmpty else { return }
        var problem: WebProblem?
        pending.withUnsafeBytes { all in
            do throws(WebProblem) {
                try take(.content(UnsafeRawBufferPointer(rebasing: all[range])))
            } catch { problem = error }
        }
        if let problem { throw problem }
    }

    /// How many of the bytes behind `start` cannot be the beginning of a delimiter; nil for none.
    private func spare(from start: Int) -> Int? {
        let count = pending.count - start - (delimiter.count - 1)
        return count > 0 ? count : nil
    }

    /// Where `pattern`, which begins with a carriage return, first stands behind `start`.
    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        pending.withUnsafeBytes { all in
            var position = start
            while position + pattern.count <= all.count {
                let span = all.count - pattern.count - position + 1
                guard let found = memchr(all.baseAddress! + position, 13, span) else { return nil }
                position = UnsafeRawPointer(found) - all.baseAddress!
                if memcmp(found, pattern, pattern.count) == 0 { return position }
                position += 1
            }
            return nil
        }
    }

    private static func head(_ bytes: ArraySlice<UInt8>) throws(WebProblem) -> PartHead {
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { throw .textMalformed }
        var head: PartHead = []
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw .formMalformed }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            head.append(WebField(line[..<colon].lowercased(), String(value)))
        }
        return head
    }
}
