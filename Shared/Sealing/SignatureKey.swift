import CCrypto

/// An SM2 key pair (GB/T 32918-2016, curve of part 5) with which a service signs the heads of its log.
///
/// Signatures are over SM3 with the default signer id of GM/T 0009, `1234567812345678`, in DER (SEQUENCE of r and s).
/// The file is PEM (PKCS #8, unencrypted) with mode 0600. Safe from several threads.
public final class SignatureKey: Sendable {
    private let pair: KeyHandle
    /// The public half, to hand out.
    public let publicKey: SignaturePublicKey

    private init(_ pair: consuming KeyHandle) {
        // The public half travels through its PEM form, so that it carries nothing of the private one.
        let text = PEM.write { PEM_write_bio_PUBKEY($0, pair.pointer) }
        do { publicKey = try SignaturePublicKey(pem: String(decoding: text, as: UTF8.self)) } catch {
            outOfService("PEM_write_bio_PUBKEY")
        }
        self.pair = pair
    }

    /// A new pair that lives in memory only.
    public static func random() -> SignatureKey { SignatureKey(KeyHandle.generate()) }

    /// Makes a new pair and its file. Fails with `keyFileExists` (nothing is overwritten) or `keyFileNotWritten`.
    public static func create(at path: String) throws(SealingError) -> SignatureKey {
        let pair = KeyHandle.generate()
        var text = PEM.write { PEM_write_bio_PrivateKey($0, pair.pointer, nil, nil, 0, nil, nil) }
        defer { Secret.wipe(&text) }
        try SecretFile.create(at: path, content: text)
        return SignatureKey(pair)
    }

    /// Reads a key file. Fails with `keyFileMissing`, `keyFileUnreadable`, `keyFileTooOpen` or, when it holds no SM2
    /// key pair in unencrypted PEM, `keyFileMalformed`.
    public static func load(from path: String) throws(SealingError) -> SignatureKey {
        var text = try SecretFile.read(path)
        defer { Secret.wipe(&text) }
        // Without a callback of our own libcrypto would ask for an encrypted key's password on the terminal.
        let pointer = PEM.read(text) { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }
        guard let pair = KeyHandle(pointer), pair.isComplete else {
            throw SealingError(
                .keyFileMalformed, "\(path) 不是未加密的 SM2 私钥（PEM）。请从备份恢复；换用新钥时，请把新公钥交给核验方。")
        }
        return SignatureKey(pair)
    }

    /// The signature of `content`, 70 to 72 bytes in most cases. Signing the same content twice gives two signatures.
    public func sign(_ content: [UInt8]) -> [UInt8] {
        let operation = SignatureOperation(id: SignaturePublicKey.signerID) { context, keyContext in
            EVP_DigestSignInit_ex(context, keyContext, "SM3", nil, nil, self.pair.pointer, nil)
        }
        var length = 0
        if EVP_DigestSign(operation.context, nil, &length, content, content.count) != 1 {
            outOfService("EVP_DigestSign")
        }
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            if EVP_DigestSign(operation.context, buffer.baseAddress, &length, content, content.count) != 1 {
                outOfService("EVP_DigestSign")
            }
            count = length
        }
    }

    /// Whether `signature` is one of `content` by this key.
    public func verify(_ signature: [UInt8], of content: [UInt8]) -> Bool {
        publicKey.verify(signature, of: content)
    }
}

/// The public half of an SM2 key pair, with which others check signatures.
public final class SignaturePublicKey: Sendable {
    /// The default id of GM/T 0009-2012, section 10. Left alone, libcrypto 3.0 takes an empty one, and no other program
    /// would accept the signatures.
    static let signerID: [UInt8] = Array("1234567812345678".utf8)

    private let key: KeyHandle
    /// The key as PEM text (SubjectPublicKeyInfo).
    public let pem: String

    /// Reads a key in PEM. Fails with `publicKeyMalformed`.
    public init(pem: String) throws(SealingError) {
        let pointer = PEM.read(Array(pem.utf8)) { PEM_read_bio_PUBKEY($0, nil, { _, _, _, _ in -1 }, nil) }
        guard let key = KeyHandle(pointer) else {
            throw SealingError(.publicKeyMalformed, "这不是 SM2 公钥（PEM）。请向签名方重新索取公钥文件。")
        }
        self.pem = String(decoding: PEM.write { PEM_write_bio_PUBKEY($0, key.pointer) }, as: UTF8.self)
        self.key = key
    }

    /// Whether `signature` is one of `content` by this key. A signature that is no DER at all is just not one.
    public func verify(_ signature: [UInt8], of content: [UInt8]) -> Bool {
        let operation = SignatureOperation(id: Self.signerID) { context, keyContext in
            EVP_DigestVerifyInit_ex(context, keyContext, "SM3", nil, nil, self.key.pointer, nil)
        }
        let result = EVP_DigestVerify(operation.context, signature, signature.count, content, content.count)
        // A refused signature leaves its reasons in the thread's error queue, where the next caller would find them.
        if result != 1 { ERR_clear_error() }
        return result == 1
    }
}
