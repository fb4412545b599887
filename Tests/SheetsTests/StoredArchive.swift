/// Zip archives without compression, made in the process: thousands of them for fuzzing, with right checksums, so that
/// what was changed reaches the parsers.
enum StoredArchive {
    static func bytes(_ parts: [(name: String, content: String)]) -> [UInt8] {
        var result: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let name = Array(part.name.utf8)
            let content = Array(part.content.utf8)
            let common =
                number(0, 8) + number(crc32(content), 4) + number(UInt32(content.count), 4)
                + number(UInt32(content.count), 4) + number(UInt32(name.count), 2) + number(0, 2)
            directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + common
            directory += number(0, 10) + number(UInt32(result.count), 4) + name
            result += number(0x0403_4B50, 4) + number(20, 2) + common + name + content
        }
        let start = UInt32(result.count)
        result += directory + number(0x0605_4B50, 4) + number(0, 4)
        result += number(UInt32(parts.count), 2) + number(UInt32(parts.count), 2)
        return result + number(UInt32(directory.count), 4) + number(start, 4) + number(0, 2)
    }

    private static func number(_ value: UInt32, _ width: Int) -> [UInt8] {
        (0..<width).map { $0 < 4 ? UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) : 0 }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
}
