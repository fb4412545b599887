/// The master key of one service's sealed data: 64 random bytes, kept in a file of its own outside the store.
///
/// The file holds one line, `jieli-key-1 ` and 128 hexadecimal digits, and has mode 0600.
public final class SealingKey: Sendable {
    /// Length of the key, in bytes: 32 for secrecy and 32 for integrity, from which the working keys are derived.
    public static let lengthInBytes = 64
    private static let heading = "jieli-key-1 "

    let secret: SecretBytes

    /// A key of 64 bytes that the caller has. Fails with `keyLengthWrong`.
    public init(_ bytes: [UInt8]) throws(SealingError) {
        if bytes.count != Self.lengthInBytes {
            throw SealingError(.keyLengthWrong, "密钥应为 \(Self.lengthInBytes) 字节，实为 \(bytes.count) 字节。请重新生成密钥。")
        }
        secret = SecretBytes(bytes)
    }

    /// A new key that lives in memory only, for tests and simulations.
    public static func random() -> SealingKey {
        do { return try SealingKey(Secret.random(lengthInBytes)) } catch { fatalError(error.description) }
    }

    /// Makes a new key and its file. Fails with `keyFileExists` (nothing is overwritten) or `keyFileNotWritten`.
    public static func create(at path: String) throws(SealingError) -> SealingKey {
        var bytes = Secret.random(lengthInBytes)
        var line = Array("\(heading)\(Hex.encode(bytes))\n".utf8)
        defer {
            Secret.wipe(&bytes)
            Secret.wipe(&line)
        }
        try SecretFile.create(at: path, content: line)
        return try SealingKey(bytes)
    }

    /// Reads a key file. Fails with `keyFileMissing`, `keyFileUnreadable`, `keyFileTooOpen` or `keyFileMalformed`.
    public static func load(from path: String) throws(SealingError) -> SealingKey {
        var content = try SecretFile.read(path)
        defer { Secret.wipe(&content) }
        var line = content[...]
        if line.last == UInt8(ascii: "\n") { line = line.dropLast() }
        let isHeaded = line.starts(with: heading.utf8)
        let digits = String(decoding: line.dropFirst(heading.utf8.count), as: UTF8.self)
        guard isHeaded, var bytes = Hex.decode(digits), bytes.count == lengthInBytes else {
            throw SealingError(
                .keyFileMalformed,
                "密钥文件 \(path) 内容不完整或格式不对，应为一行“\(heading)”加 \(lengthInBytes * 2) 位十六进制数。请从备份恢复；"
                    + "若从未用它封存过数据，可删除后重新生成。")
        }
        defer { Secret.wipe(&bytes) }
        return try SealingKey(bytes)
    }
}
