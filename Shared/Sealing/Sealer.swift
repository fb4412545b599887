import CSodium

/// Seals personal data for storage, and makes keyed tokens by which sealed columns can be searched for equality.
///
/// A sealed value is: version (1 byte, 2) ‖ first counter block (16 random bytes) ‖ SM4-CTR ciphertext ‖ HMAC-SM3 tag
/// (32 bytes) over version, counter block, length of the purpose (8 bytes, big-endian), purpose and ciphertext.
/// Encrypt, then authenticate; the tag is compared in constant time before anything is decrypted.
///
/// The content is padded before it is encrypted, so that its length tells nothing finer than a step: a byte 0x80 and
/// then zeros (ISO/IEC 7816-4) up to a multiple of 64 bytes, of 256 from 512 on. Values of version 1 are as long as
/// their content and can still be opened.
///
/// The purpose, `table.column`, is bound into the tag: a value that is moved to another column no longer opens. To bind
/// a value to its row as well, append the row's key to the purpose.
///
/// Safe from several threads.
public final class Sealer: Sendable {
    /// Bytes that sealing adds to the padded content.
    public static let overheadInBytes = 49

    private static let version: UInt8 = 2
    private static let unpaddedVersion: UInt8 = 1
    private static let headInBytes = 1 + CipherContext.startLengthInBytes
    private static let tagInBytes = SM3.digestLengthInBytes

    private let encryptionKey: SecretBytes
    private let authentication: KeyedHash
    private let tokens: KeyedHash

    /// Derives the three working keys from the master key: HMAC-SM3 over a label of their use (the first 16 bytes of it
    /// for SM4). None of them tells anything about another.
    public init(_ key: SealingKey) {
        var master = Array(key.secret.bytes)
        let derivation = KeyedHash(key: master)
        Secret.wipe(&master)
        func derive(_ label: String) -> [UInt8] {
            derivation.tag { HashContext.absorb(Array(label.utf8), into: $0) }
        }
        var encryption = derive("jieli 1 encryption")
        var authentication = derive("jieli 1 authentication")
        var tokens = derive("jieli 1 tokens")
        encryptionKey = SecretBytes(Array(encryption.prefix(CipherContext.keyLengthInBytes)))
        self.authentication = KeyedHash(key: authentication)
        self.tokens = KeyedHash(key: tokens)
        Secret.wipe(&encryption)
        Secret.wipe(&authentication)
        Secret.wipe(&tokens)
    }

    /// How long a content is once it is padded.
    static func paddedLength(_ count: Int) -> Int {
        let step = count < 512 ? 64 : 256
        return (count / step + 1) * step
    }

    /// `content`, padded and sealed. Two seals of the same content differ.
    public func seal(_ content: [UInt8], purpose: String) -> [UInt8] {
        Sodium.start()
        let padding = Self.paddedLength(content.count) - content.count
        let plain = content + [0x80] + [UInt8](repeating: 0, count: padding - 1)
        return [UInt8](unsafeUninitializedCapacity: plain.count + Self.overheadInBytes) { buffer, count in
            let sealed = buffer.baseAddress!
            sealed[0] = Self.version
            randombytes_buf(sealed + 1, CipherContext.startLengthInBytes)
            plain.withUnsafeBytes {
                CipherContext.combine($0, into: sealed + Self.headInBytes, key: encryptionKey.bytes, start: sealed + 1)
            }
            let tagged = Self.headInBytes + plain.count
            let tag = tag(of: UnsafeRawBufferPointer(start: sealed, count: tagged), purpose: purpose)
            for index in 0..<Self.tagInBytes { sealed[tagged + index] = tag[index] }
            count = tagged + Self.tagInBytes
        }
    }

    /// `text` in UTF-8, sealed.
    public func seal(_ text: String, purpose: String) -> [UInt8] { seal(Array(text.utf8), purpose: purpose) }

    /// The content of a sealed value. Fails with `sealedTooShort`, `sealedVersionUnknown` or, when the value was
    /// changed, moved to another purpose or sealed with another key, `sealedDamaged`.
    public func open(_ sealed: [UInt8], purpose: String) throws(SealingError) -> [UInt8] {
        if sealed.count < Self.overheadInBytes {
            throw SealingError(.sealedTooShort, "封存的数据被截断，无法打开。请从备份恢复该数据库。")
        }
        let version = sealed[0]
        if version != Self.version && version != Self.unpaddedVersion {
            throw SealingError(.sealedVersionUnknown, "封存的数据是另一版本程序写入的（版本 \(version)）。请升级程序后再打开。")
        }
        let tagged = sealed.count - Self.tagInBytes
        let isGenuine = sealed.withUnsafeBytes { bytes in
            let tag = tag(of: UnsafeRawBufferPointer(rebasing: bytes[..<tagged]), purpose: purpose)
            return sodium_memcmp(tag, bytes.baseAddress! + tagged, Self.tagInBytes) == 0
        }
        if !isGenuine {
            throw SealingError(.sealedDamaged, "封存的数据与密钥不符或已被改动，无法打开。请核对密钥文件；若密钥无误，请从备份恢复该数据库。")
        }
        let count = tagged - Self.headInBytes
        let plain = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            // An empty content has no buffer to decrypt into.
            if let target = buffer.baseAddress, count > 0 {
                sealed.withUnsafeBytes { bytes in
                    let start = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + 1
                    let source = UnsafeRawBufferPointer(rebasing: bytes[Self.headInBytes..<tagged])
                    CipherContext.combine(source, into: target, key: encryptionKey.bytes, start: start)
                }
            }
            initialized = count
        }
        if version == Self.unpaddedVersion { return plain }
        guard let end = plain.lastIndex(where: { $0 != 0 }), plain[end] == 0x80 else {
            throw SealingError(.sealedDamaged, "封存的数据没有正确的结尾，无法打开。请从备份恢复该数据库。")
        }
        return Array(plain[..<end])
    }

    /// The content of a sealed text. Fails as `open` does, and with `sealedNotText` when it is not UTF-8.
    public func openText(_ sealed: [UInt8], purpose: String) throws(SealingError) -> String {
        guard let text = String(validating: try open(sealed, purpose: purpose), as: UTF8.self) else {
            throw SealingError(.sealedNotText, "封存的数据不是文字。请检查读取它的程序版本是否正确。")
        }
        return text
    }

    /// A token of `text` for a column that is searched for equality: the same text and purpose always give the same
    /// number, and without the key nobody can tell which text a number stands for, or try texts out.
    ///
    /// It is the first 8 bytes, big-endian, of an HMAC-SM3 under a key of its own: an integer key indexes well. Two
    /// texts share a token with a chance of 1 in 2⁶⁴, so a hit is confirmed by opening the value. The text is taken
    /// as it is: the caller normalizes it (width, case, spaces) the same way for writing and for searching.
    public func token(_ text: String, purpose: String) -> Int64 {
        token(of: [Array(text.utf8)], purpose: purpose)
    }

    /// The same for bytes, as if the parts were one.
    public func token(of parts: [[UInt8]], purpose: String) -> Int64 {
        let tag = tokens.tag { context in
            Self.absorb(purpose: purpose, into: context)
            for part in parts { part.withUnsafeBytes { HashContext.absorb($0, into: context) } }
        }
        return Int64(bitPattern: tag.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    private func tag(of head: UnsafeRawBufferPointer, purpose: String) -> [UInt8] {
        authentication.tag { context in
            HashContext.absorb(UnsafeRawBufferPointer(rebasing: head[..<Self.headInBytes]), into: context)
            Self.absorb(purpose: purpose, into: context)
            HashContext.absorb(UnsafeRawBufferPointer(rebasing: head[Self.headInBytes...]), into: context)
        }
    }

    /// The length goes first, so that no purpose can pass for another with the content's first bytes.
    private static func absorb(purpose: String, into context: OpaquePointer) {
        var purpose = purpose
        purpose.withUTF8 { bytes in
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { HashContext.absorb($0, into: context) }
            HashContext.absorb(UnsafeRawBufferPointer(bytes), into: context)
        }
    }
}
