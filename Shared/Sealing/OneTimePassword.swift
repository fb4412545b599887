import CCrypto

/// Time-based one-time passwords (RFC 6238 over RFC 4226: HMAC-SHA-1, steps of 30 seconds, six digits), as every
/// authenticator on a telephone makes them.
public enum OneTimePassword {
    public static let stepInSeconds: Int64 = 30
    public static let keyLengthInBytes = 20
    private static let modulus: UInt32 = 1_000_000

    /// The step that a moment belongs to. - Parameter moment: in seconds since 1970.
    public static func step(at moment: Int64) -> Int64 { moment / stepInSeconds }

    /// Six digits.
    public static func code(key: [UInt8], step: Int64) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        var digest = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 0
        guard HMAC(EVP_sha1(), key, Int32(key.count), counter, counter.count, &digest, &length) != nil, length == 20
        else { outOfService("HMAC") }
        let offset = Int(digest[19] & 0x0F)
        let number = digest[offset..<offset + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % modulus)
        return String(repeating: "0", count: 6 - text.count) + text
    }

    /// The step whose code this is, at the moment or one step beside it, because clocks differ; nil when it is none, or
    /// one that was used before: a code is good once.
    /// - Parameters:
    ///   - moment: in seconds since 1970.
    ///   - used: the last step that was used.
    public static func step(of code: String, key: [UInt8], at moment: Int64, after used: Int64) -> Int64? {
        let now = step(at: moment)
        return [now, now - 1, now + 1].first { step in
            step > used && Secret.equal(Array(self.code(key: key, step: step).utf8), Array(code.utf8))
        }
    }

    /// In the letters of RFC 4648, section 6, without padding, as authenticators take it.
    public static func base32(_ key: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var text = ""
        var (bits, count): (UInt32, Int) = (0, 0)
        for byte in key {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(letters[Int(bits >> UInt32(count) & 31)])
            }
        }
        if count > 0 { text.append(letters[Int(bits << UInt32(5 - count) & 31)]) }
        return text
    }
}
