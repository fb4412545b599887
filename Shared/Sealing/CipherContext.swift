import CCrypto

/// The block cipher SM4 (GB/T 32907-2016) in counter mode, by EVP_EncryptInit(3).
enum CipherContext {
    static let keyLengthInBytes = 16
    static let startLengthInBytes = 16

    private static let algorithm = Algorithm(fetching: "SM4-CTR", by: { EVP_CIPHER_fetch(nil, $0, nil) })

    static func make() -> OpaquePointer {
        guard let context = EVP_CIPHER_CTX_new() else { outOfService("EVP_CIPHER_CTX_new") }
        return context
    }

    /// Writes `source` combined with the key stream to `target`, which has at least its length. In counter mode the
    /// same call encrypts and decrypts.
    ///
    /// `key` and `start` (the first counter block) are 16 bytes each.
    static func combine(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>, key: UnsafeRawBufferPointer,
        start: UnsafePointer<UInt8>
    ) {
        precondition(key.count == keyLengthInBytes && source.count <= Int(Int32.max))
        let context = ThreadContexts.current.cipher
        let keyStart = key.baseAddress?.assumingMemoryBound(to: UInt8.self)
        if EVP_EncryptInit_ex2(context, algorithm.handle, keyStart, start, nil) != 1 {
            outOfService("EVP_EncryptInit_ex2")
        }
        if source.isEmpty { return }
        var length: Int32 = 0
        let sourceStart = source.baseAddress?.assumingMemoryBound(to: UInt8.self)
        if EVP_EncryptUpdate(context, target, &length, sourceStart, Int32(source.count)) != 1
            || Int(length) != source.count
        {
            outOfService("EVP_EncryptUpdate")
        }
    }
}
