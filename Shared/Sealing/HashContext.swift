import CCrypto

/// The few calls of libcrypto's digest interface (EVP_DigestInit(3)), with SM3 fixed.
///
/// They fail only when memory is exhausted or when libcrypto was configured without SM3. Neither leaves anything that a
/// caller could do, and a wrong digest would break a log for good; so they stop the process and say why.
enum HashContext {
    /// Fetched once for the life of the process: `EVP_sm3()` would make each start look the algorithm up again
    /// (crypto(7), "Explicit fetching").
    private static let algorithm = Algorithm(fetching: "SM3", by: { EVP_MD_fetch(nil, $0, nil) })

    static func make() -> OpaquePointer {
        guard let context = EVP_MD_CTX_new() else { outOfService("EVP_MD_CTX_new") }
        return context
    }

    static func start(_ context: OpaquePointer) {
        if EVP_DigestInit_ex2(context, algorithm.handle, nil) != 1 { outOfService("EVP_DigestInit_ex2") }
    }

    static func absorb(_ bytes: UnsafeRawBufferPointer, into context: OpaquePointer) {
        if bytes.isEmpty { return }
        if EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) != 1 { outOfService("EVP_DigestUpdate") }
    }

    static func absorb(_ bytes: [UInt8], into context: OpaquePointer) {
        bytes.withUnsafeBytes { absorb($0, into: context) }
    }

    static func finish(_ context: OpaquePointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SM3.digestLengthInBytes) { buffer, count in
            if EVP_DigestFinal_ex(context, buffer.baseAddress, nil) != 1 { outOfService("EVP_DigestFinal_ex") }
            count = SM3.digestLengthInBytes
        }
    }

    /// Makes `target` continue from where `source` stands; `source` is only read, so threads may share it.
    static func copy(_ source: OpaquePointer, to target: OpaquePointer) {
        if EVP_MD_CTX_copy_ex(target, source) != 1 { outOfService("EVP_MD_CTX_copy_ex") }
    }
}

/// An algorithm of libcrypto that is fetched once and kept until the process ends. Such a handle is read-only and
/// counted atomically, so all threads share it.
struct Algorithm: @unchecked Sendable {
    let handle: OpaquePointer

    init(fetching name: String, by fetch: (String) -> OpaquePointer?) {
        guard let handle = fetch(name) else { outOfService("fetching \(name)") }
        self.handle = handle
    }
}

func outOfService(_ call: String) -> Never {
    fatalError("libcrypto 不可用（\(call)）：请检查内存，并确认已安装 libssl3 且未停用国密算法（openssl list -digest-algorithms）。")
}
