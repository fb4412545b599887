import CCrypto

/// The national hash function SM3 (GB/T 32905-2016): 32 bytes for a message of any length.
///
/// Safe from several threads: each thread keeps one hash context of its own, because allocating a context costs more
/// than hashing the short records of a log.
public enum SM3 {
    /// Length of a digest, in bytes.
    public static let digestLengthInBytes = 32

    /// The digest of `bytes`, 32 bytes long.
    public static func digest(_ bytes: [UInt8]) -> [UInt8] {
        let context = ThreadContexts.current.hash
        HashContext.start(context)
        HashContext.absorb(bytes, into: context)
        return HashContext.finish(context)
    }

    /// The digest of the slices joined in order, 32 bytes long, without building the joined array.
    ///
    /// The borders between slices leave no trace: write lengths into the content where they matter.
    public static func digest(of slices: [[UInt8]]) -> [UInt8] {
        let context = ThreadContexts.current.hash
        HashContext.start(context)
        for slice in slices { HashContext.absorb(slice, into: context) }
        return HashContext.finish(context)
    }
}

/// An SM3 digest over content that comes piece by piece, such as a file or a whole log.
///
///     var hasher = SM3Hasher()
///     hasher.update(piece)
///     let digest = hasher.finish()
public struct SM3Hasher: ~Copyable {
    private let context: OpaquePointer

    public init() {
        context = HashContext.make()
        HashContext.start(context)
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Appends `bytes` to the content.
    public mutating func update(_ bytes: [UInt8]) { HashContext.absorb(bytes, into: context) }

    /// Appends `bytes` to the content. The memory is only read during the call.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) { HashContext.absorb(bytes, into: context) }

    /// The digest of all content since the start or since the last `finish`, 32 bytes. The hasher starts anew.
    public mutating func finish() -> [UInt8] {
        let digest = HashContext.finish(context)
        HashContext.start(context)
        return digest
    }
}
