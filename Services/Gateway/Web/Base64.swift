import FoundationEssentials

/// Base64 as HTTP Basic uses it (RFC 4648, section 4).
enum Base64 {
    static func decode(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map(Array.init) }
}
