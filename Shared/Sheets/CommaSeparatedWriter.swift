/// Writes comma-separated text so that spreadsheet programs show every cell as the text it is: UTF-8 with a byte order
/// mark, CRLF, quotes where needed (RFC 4180).
enum CommaSeparatedWriter {
    static func bytes(header: [String], rows: some Sequence<[String]>) -> [UInt8] {
        var result: [UInt8] = [0xEF, 0xBB, 0xBF]
        append(header, to: &result)
        for row in rows { append(row, to: &result) }
        return result
    }

    private static func append(_ row: [String], to result: inout [UInt8]) {
        for (index, text) in row.enumerated() {
            if index > 0 { result.append(UInt8(ascii: ",")) }
            let bytes = guarded(Array(text.utf8))
            let needsQuotes = bytes.contains {
                $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: ";") || $0 < 0x20
            }
            guard needsQuotes else {
                result += bytes
                continue
            }
            result.append(UInt8(ascii: "\""))
            for byte in bytes {
                if byte == UInt8(ascii: "\"") { result.append(byte) }
                result.append(byte)
            }
            result.append(UInt8(ascii: "\""))
        }
        result += "\r\n".utf8
    }

    /// A cell that begins like a formula gets an apostrophe in front, so that opening the file runs nothing; numbers
    /// that a spreadsheet would rewrite get a tab, which makes them text (identity numbers lose digits, 1955.10 its
    /// zero). Reading takes both off again.
    private static func guarded(_ text: [UInt8]) -> [UInt8] {
        if startsFormula(text[...]) { return [UInt8(ascii: "'")] + text }
        return wouldBeRewritten(text) ? [UInt8(ascii: "\t")] + text : text
    }

    /// Also behind blanks, which some programs drop, and in full-width form, which Chinese ones accept.
    static func startsFormula(_ text: some Collection<UInt8>) -> Bool {
        let rest = text.drop { $0 <= 0x20 }.prefix(3)
        guard let first = rest.first else { return false }
        if "=+-@".utf8.contains(first) { return true }
        return ["＝", "＋", "－", "＠"].contains { rest.elementsEqual($0.utf8) }
    }

    /// True for digits with points, dashes, slashes or colons, unless they are a plain number of at most eleven digits.
    private static func wouldBeRewritten(_ text: [UInt8]) -> Bool {
        var digits = 0
        var others = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: " "):
                others += 1
            default: return text.contains(UInt8(ascii: "E")) && digits > 0 && others <= 1 && isScientific(text)
            }
        }
        guard digits > 1 else { return false }
        if others == 0 { return digits > 11 || text.first == UInt8(ascii: "0") }
        guard others == 1, text.contains(UInt8(ascii: ".")) else { return true }
        return text.last == UInt8(ascii: "0") || text.first == UInt8(ascii: "0")
    }

    private static func isScientific(_ text: [UInt8]) -> Bool {
        text.allSatisfy { ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || ".E+".utf8.contains($0) }
    }
}
