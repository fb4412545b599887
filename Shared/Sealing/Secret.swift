import CSodium

/// Random bytes and comparison for secrets.
public enum Secret {
    /// `count` bytes from the kernel's generator (libsodium, "Generating random data"). Never fails, never repeats.
    public static func random(_ count: Int) -> [UInt8] {
        Sodium.start()
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if count > 0 { randombytes_buf(buffer.baseAddress!, count) }
            initialized = count
        }
    }

    /// Whether both are the same, in a time that depends on their length only: a guess of a token or a tag must not be
    /// steered by how long the answer takes.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && (left.isEmpty || sodium_memcmp(left, right, left.count) == 0)
    }

    /// Overwrites `bytes` with zeroes in a way that the compiler does not leave out.
    static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { if let address = $0.baseAddress { sodium_memzero(address, $0.count) } }
    }
}

/// libsodium must be started once before use (libsodium, "Usage"); a static value does so once for all threads.
enum Sodium {
    private static let started: Void = {
        if sodium_init() < 0 { fatalError("libsodium 无法启动：请检查系统随机数来源（/dev/urandom）是否可用。") }
    }()

    static func start() { _ = started }
}

/// Key material outside the ordinary heap: locked against swapping, left out of core dumps, between guard pages,
/// overwritten when freed (libsodium, "Secure memory").
struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let address: UnsafeMutableRawPointer
    let count: Int

    /// Copies `bytes`; the caller wipes its own.
    init(_ bytes: [UInt8]) {
        Sodium.start()
        guard let address = sodium_malloc(max(bytes.count, 1)) else { fatalError("内存不足，无法保存密钥。") }
        bytes.withUnsafeBytes {
            if let source = $0.baseAddress { address.copyMemory(from: source, byteCount: $0.count) }
        }
        // Nothing writes after this point, which is what makes sharing between threads sound.
        sodium_mprotect_readonly(address)
        self.address = address
        count = bytes.count
    }

    deinit { sodium_free(address) }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: address, count: count) }
}
