import CSodium
import Glibc

/// Password hashes by Argon2id (RFC 9106) with the least cost that OWASP's password storage sheet names: 19 MiB of
/// memory, two passes, one lane.
///
/// Each call takes those 19 MiB and some tens of milliseconds of a processor: call it off the cooperative pool, and
/// limit how many run at once.
public enum PasswordHash {
    /// The longest password taken, in bytes of UTF-8.
    public static let greatestPasswordLengthInBytes = 1024
    static let memoryInBytes = 19 * 1024 * 1024
    static let passes: UInt64 = 2

    /// What came of checking a password.
    public enum Verdict: Equatable, Sendable {
        case wrong
        /// Right. When `needsRehash`, the stored hash was made at another cost: store a new one while the password is
        /// at hand.
        case right(needsRehash: Bool)
    }

    /// A new hash with its own salt, as text for storage (`$argon2id$…`, under 128 characters of ASCII).
    ///
    /// Fails with `passwordTooLong` or `memoryShort`.
    public static func make(_ password: String) throws(SealingError) -> String {
        let password = try bytes(of: password)
        Sodium.start()
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        if crypto_pwhash_str(&text, password, UInt64(password.count), passes, memoryInBytes) != 0 {
            throw memoryShort
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Checks `password` against a stored hash. Fails with `passwordTooLong`, `passwordHashMalformed` or
    /// `memoryShort`.
    public static func verify(_ password: String, against hash: String) throws(SealingError) -> Verdict {
        let password = try bytes(of: password)
        Sodium.start()
        let rehash = crypto_pwhash_str_needs_rehash(hash, passes, memoryInBytes)
        if rehash < 0 || hash.utf8.contains(0) {
            throw SealingError(.passwordHashMalformed, "库中的密码散列已损坏。请由管理员为该用户重设密码。")
        }
        errno = 0
        if crypto_pwhash_str_verify(hash, password, UInt64(password.count)) != 0 {
            // Without this a machine short of memory would tell its users that their passwords are wrong.
            if errno == ENOMEM { throw memoryShort }
            return .wrong
        }
        return .right(needsRehash: rehash != 0)
    }

    /// Takes as long as checking a password does, for a user name that does not exist: otherwise the time of the answer
    /// tells which names do. Fails with `passwordTooLong`, as checking would.
    public static func verifyAgainstNobody(_ password: String) throws(SealingError) {
        _ = try verify(password, against: nobody.get())
    }

    private static var memoryShort: SealingError {
        SealingError(.memoryShort, "内存不足，无法计算密码散列。请稍后重试，或给网关增加内存。")
    }

    private static let nobody = Result { () throws(SealingError) in try make(Hex.encode(Secret.random(32))) }

    private static func bytes(of password: String) throws(SealingError) -> [CChar] {
        let bytes = password.utf8.map(CChar.init(bitPattern:))
        if bytes.count > greatestPasswordLengthInBytes {
            throw SealingError(.passwordTooLong, "密码过长，最多 \(greatestPasswordLengthInBytes) 字节。请换一个较短的密码。")
        }
        return bytes
    }
}
