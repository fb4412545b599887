import CCrypto

/// HMAC-SM3 (GB/T 15852.2, RFC 2104) under one key.
///
/// The two hash states that depend on the key alone are computed once; each tag starts from copies of them. That halves
/// the cost of a tag over a short value. The states are only read afterwards, so threads share them.
final class KeyedHash: @unchecked Sendable {
    private static let blockLengthInBytes = 64

    private let inner: OpaquePointer
    private let outer: OpaquePointer

    /// `key` may have any length; longer than a block (64 bytes) it is hashed first, as RFC 2104 says.
    init(key: [UInt8]) {
        var block = key.count > Self.blockLengthInBytes ? SM3.digest(key) : key
        block += [UInt8](repeating: 0, count: Self.blockLengthInBytes - block.count)
        inner = Self.state(block, mask: 0x36)
        outer = Self.state(block, mask: 0x5c)
        Secret.wipe(&block)
    }

    deinit {
        EVP_MD_CTX_free(inner)
        EVP_MD_CTX_free(outer)
    }

    /// The tag, 32 bytes, of what `content` absorbs into the context that it is given.
    func tag(_ content: (OpaquePointer) -> Void) -> [UInt8] {
        let context = ThreadContexts.current.hash
        HashContext.copy(inner, to: context)
        content(context)
        let digest = HashContext.finish(context)
        HashContext.copy(outer, to: context)
        HashContext.absorb(digest, into: context)
        return HashContext.finish(context)
    }

    private static func state(_ block: [UInt8], mask: UInt8) -> OpaquePointer {
        let context = HashContext.make()
        HashContext.start(context)
        var masked = block.map { $0 ^ mask }
        HashContext.absorb(masked, into: context)
        Secret.wipe(&masked)
        return context
    }
}
