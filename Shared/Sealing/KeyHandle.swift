import CCrypto

/// An SM2 key of libcrypto, freed once. It is not changed after it is made, so threads share it
/// (openssl-threads(7)).
struct KeyHandle: ~Copyable, @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over `pointer`; nil when it is nil or when the key is of another kind.
    init?(_ pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        if EVP_PKEY_is_a(pointer, "SM2") != 1 {
            EVP_PKEY_free(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    static func generate() -> KeyHandle {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "SM2", nil) else { outOfService("SM2") }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        if EVP_PKEY_keygen_init(context) != 1 || EVP_PKEY_generate(context, &pointer) != 1 {
            outOfService("EVP_PKEY_generate")
        }
        guard let key = KeyHandle(pointer) else { outOfService("EVP_PKEY_generate") }
        return key
    }

    /// Whether both halves are there and belong together.
    var isComplete: Bool {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { outOfService("EVP_PKEY_CTX") }
        defer {
            EVP_PKEY_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_PKEY_pairwise_check(context) == 1
    }
}

/// PEM text to and from libcrypto's memory streams (BIO_s_mem(3)).
enum PEM {
    static func read(_ text: [UInt8], _ parse: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
        guard let stream = BIO_new_mem_buf(text, Int32(text.count)) else { outOfService("BIO_new_mem_buf") }
        defer {
            BIO_free(stream)
            ERR_clear_error()
        }
        return parse(stream)
    }

    static func write(_ print: (OpaquePointer) -> Int32) -> [UInt8] {
        // The secure kind overwrites its memory when freed; private keys pass through here.
        guard let stream = BIO_new(BIO_s_secmem()) else { outOfService("BIO_new") }
        defer { BIO_free(stream) }
        if print(stream) != 1 { outOfService("PEM_write_bio") }
        let length = BIO_ctrl_pending(stream)
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            if BIO_read(stream, buffer.baseAddress, Int32(length)) != Int32(length) { outOfService("BIO_read") }
            count = length
        }
    }
}

/// One signing or verifying operation of libcrypto with the signer's id set (EVP_PKEY-SM2(7)).
struct SignatureOperation: ~Copyable {
    let context: OpaquePointer

    /// `start` is given the context and where to leave the key's context, and answers 1 when it worked.
    init(
        id: [UInt8], _ start: (OpaquePointer, UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) {
        context = HashContext.make()
        var keyContext: OpaquePointer?
        if start(context, &keyContext) != 1 { outOfService("EVP_DigestSignInit_ex") }
        if EVP_PKEY_CTX_set1_id(keyContext, id, Int32(id.count)) != 1 { outOfService("EVP_PKEY_CTX_set1_id") }
    }

    deinit { EVP_MD_CTX_free(context) }
}
