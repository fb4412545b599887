/// The five characters that mean something in HTML text or in a quoted attribute.
enum HTMLEscape {
    private static let table: [[UInt8]] = {
        var table = [[UInt8]](repeating: [], count: 256)
        table[Int(UInt8(ascii: "&"))] = Array("&amp;".utf8)
        table[Int(UInt8(ascii: "<"))] = Array("&lt;".utf8)
        table[Int(UInt8(ascii: ">"))] = Array("&gt;".utf8)
        table[Int(UInt8(ascii: "\""))] = Array("&quot;".utf8)
        table[Int(UInt8(ascii: "'"))] = Array("&#39;".utf8)
        return table
    }()

    /// Appends the UTF-8 of `text`, escaped. Copies whole runs between special characters: a page is mostly runs.
    static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append($0, to: &bytes) }
        if isDone == nil {
            Array(text.utf8).withUnsafeBufferPointer { append($0, to: &bytes) }
        }
    }

    private static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var start = 0
        for position in text.indices where isSpecial(text[position]) {
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<position]))
            bytes.append(contentsOf: table[Int(text[position])])
            start = position + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}
