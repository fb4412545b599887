import CZeroMQ
import Glibc

/// A CURVE key pair as Z85 text (ZeroMQ RFC 32), 40 characters each.
public struct CurveKeyPair: Equatable, Sendable {
    public var publicKey: String
    public var secretKey: String

    public init(publicKey: String, secretKey: String) {
        self.publicKey = publicKey
        self.secretKey = secretKey
    }

    /// - Throws: `bus.curve` when libzmq was built without CURVE.
    public static func generate() throws(BusSetupError) -> CurveKeyPair {
        var publicKey = [CChar](repeating: 0, count: 41)
        var secretKey = [CChar](repeating: 0, count: 41)
        guard zmq_curve_keypair(&publicKey, &secretKey) == 0 else { throw .curve }
        return CurveKeyPair(publicKey: text(publicKey), secretKey: text(secretKey))
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix(40).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    static let keyFileMark = "jieli-curve-1"

    /// Reads a key file: one line `jieli-curve-1 <service> <public z85> <secret z85>`, readable by its owner only.
    /// - Throws: `bus.key-file`, `bus.key-file-open` when others may read it, `bus.key`.
    public static func read(path: String) throws(BusSetupError) -> (service: String, keys: CurveKeyPair) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .keyFile }
        guard status.st_mode & 0o077 == 0 else { throw .keyFileOpen }
        guard let content = WholeFile.read(path) else { throw .keyFile }
        let words = content.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 4, words[0] == keyFileMark else { throw .keyFile }
        guard isKey(words[2]), isKey(words[3]) else { throw .key }
        return (words[1], CurveKeyPair(publicKey: words[2], secretKey: words[3]))
    }

    /// Writes a key file that only its owner may read. An existing one is not overwritten: a lost key cannot be had
    /// back.
    /// - Throws: `bus.key-file-exists`, `bus.key-file`, `bus.names`.
    public func write(path: String, service: String) throws(BusSetupError) {
        guard !service.isEmpty, !service.contains(where: \.isWhitespace) else { throw .names }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? .keyFileExists : .keyFile }
        defer { close(descriptor) }
        let line = [UInt8]("\(CurveKeyPair.keyFileMark) \(service) \(publicKey) \(secretKey)\n".utf8)
        guard Glibc.write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else { throw .keyFile }
    }

    static func isKey(_ text: String) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 32)
        return text.utf8.count == 40 && zmq_z85_decode(&bytes, text) != nil
    }
}

extension BusSetupError {
    static let curve = BusSetupError(code: "bus.curve", message: "libzmq 不支持 CURVE 加密，请安装带 libsodium 的版本")
    static let keyFile = BusSetupError(code: "bus.key-file", message: "密钥文件无法读写或格式不对，请检查路径或重新生成")
    static let keyFileOpen = BusSetupError(code: "bus.key-file-open", message: "密钥文件他人可读，请将权限改为 600")
    static let keyFileExists = BusSetupError(code: "bus.key-file-exists", message: "密钥文件已存在，请先移走旧文件")
}

/// Reading a small file whole.
enum WholeFile {
    /// Nil when it cannot be read, is larger than 16 MiB or is no UTF-8.
    static func read(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while content.count <= 16 * 1024 * 1024 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { return String(validating: content, as: UTF8.self) }
            content += buffer[..<count]
        }
        return nil
    }
}
