import Glibc

/// Decides the encoding of a text file: a byte order mark, else valid UTF-8, else GB 18030, which contains GBK and GB
/// 2312.
enum TextDecoding {
    /// The text in UTF-8 without a mark. Errors: `sheet.wrong-encoding`.
    static func utf8(_ bytes: [UInt8]) throws(SheetError) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            let rest = Array(bytes.dropFirst(3))
            guard isValid(rest) else { throw .wrongEncoding }
            return rest
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return try convert(Array(bytes.dropFirst(2)), from: "UTF-16LE") }
        if bytes.starts(with: [0xFE, 0xFF]) { return try convert(Array(bytes.dropFirst(2)), from: "UTF-16BE") }
        if isValid(bytes) { return bytes }
        return try convert(bytes, from: "GB18030")
    }

    private static func isValid(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// glibc's converter knows every character of GB 18030, also those beyond the basic plane.
    private static func convert(_ bytes: [UInt8], from encoding: String) throws(SheetError) -> [UInt8] {
        // iconv_open(3) gives (iconv_t) -1 when the C library lacks the encoding.
        guard let converter = iconv_open("UTF-8", encoding), Int(bitPattern: converter) != -1 else {
            throw .wrongEncoding
        }
        defer { iconv_close(converter) }
        // Two bytes of any of these encodings give at most three of UTF-8, four give four.
        var result = [UInt8](repeating: 0, count: bytes.count * 2 + 16)
        var position = 0
        var written = 0
        var input = bytes.map { CChar(bitPattern: $0) }
        while position < input.count {
            let status = input.withUnsafeMutableBufferPointer { source in
                result.withUnsafeMutableBytes { target in
                    var from = source.baseAddress.map { $0 + position }
                    var fromLeft = source.count - position
                    var to = target.baseAddress.map { ($0 + written).assumingMemoryBound(to: CChar.self) }
                    var toLeft = target.count - written
                    defer {
                        position = source.count - fromLeft
                        written = target.count - toLeft
                    }
                    return iconv(converter, &from, &fromLeft, &to, &toLeft)
                }
            }
            guard status == -1 else { continue }
            guard errno == EILSEQ, let character = unknownToLibrary(bytes[position...].prefix(4)) else {
                throw .wrongEncoding
            }
            for byte in String(character).utf8 {
                result[written] = byte
                written += 1
            }
            position += 4
        }
        result.removeSubrange(written...)
        return result
    }

    /// Eight characters that the edition of 2000 writes with four bytes and later ones with two; glibc 2.36 knows only
    /// the two, and would refuse a whole roster for one of them.
    private static func unknownToLibrary(_ bytes: ArraySlice<UInt8>) -> Character? {
        guard bytes.count == 4, bytes.starts(with: [0x82, 0x35]), let third = bytes.dropFirst(2).first,
            let fourth = bytes.last, (0x30...0x39).contains(fourth), third == 0x90 || third == 0x91
        else { return nil }
        let number = 0x9FAD + (UInt32(third) - 0x90) * 10 + UInt32(fourth) - 0x30
        guard (0x9FB4...0x9FBB).contains(number) else { return nil }
        return Unicode.Scalar(number).map { Character($0) }
    }
}
