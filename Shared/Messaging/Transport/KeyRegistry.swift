import Glibc
import Synchronization

/// Which public key belongs to which service: a file with a line `<service> <public z85>` for each key. Several keys
/// may belong to one service. Empty lines and lines that begin with `#` are passed over.
public final class KeyRegistry: Sendable {
    private struct Content {
        var services: [String: String]
        var stamp: Stamp
    }

    /// What tells one state of the file from the next without reading it.
    private struct Stamp: Equatable {
        var seconds: Int
        var nanoseconds: Int
        var size: Int
        var file: UInt
    }

    public let path: String
    private let content: Mutex<Content>
    private let readings = Atomic<UInt64>(1)

    /// - Throws: `bus.key-registry` when the file cannot be read, has no key or a line is wrong.
    public init(path: String) throws(BusSetupError) {
        self.path = path
        content = Mutex(try KeyRegistry.read(path))
    }

    /// Reads the file again at once. A file that is wrong changes nothing: neither is a key let in by half a line, nor
    /// is everyone shut out.
    public func reload() throws(BusSetupError) {
        let fresh = try KeyRegistry.read(path)
        content.withLock { $0 = fresh }
        readings.wrappingAdd(1, ordering: .sequentiallyConsistent)
    }

    /// Reads the file again if it is another one than before. What is wrong with it is thrown once.
    func reloadIfChanged() throws(BusSetupError) {
        let known = content.withLock { $0.stamp }
        guard let stamp = KeyRegistry.stamp(of: path), stamp != known else { return }
        do throws(BusSetupError) {
            try reload()
        } catch {
            content.withLock { $0.stamp = stamp }
            throw error
        }
    }

    /// The service to which a key belongs; nil for a key that is unknown or revoked.
    public func service(ofPublicKey key: String) -> String? { content.withLock { $0.services[key] } }

    /// Grows with each reading, so that a copy can be kept until it does.
    var reading: UInt64 { readings.load(ordering: .acquiring) }

    var services: [String: String] { content.withLock { $0.services } }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int(status.st_size),
            file: UInt(status.st_ino))
    }

    private static func read(_ path: String) throws(BusSetupError) -> Content {
        // The stamp is taken first: a change while reading then shows as a change.
        guard let stamp = stamp(of: path), let text = WholeFile.read(path) else { throw .keyRegistry(line: 0) }
        var services: [String: String] = [:]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.isEmpty || words[0].hasPrefix("#") { continue }
            guard words.count == 2, words[0].utf8.count <= Frame.longestNameInBytes, CurveKeyPair.isKey(words[1]),
                services[words[1]] == nil
            else { throw .keyRegistry(line: number + 1) }
            services[words[1]] = words[0]
        }
        // A file that is being written anew is empty for a moment: that must not shut everyone out.
        guard !services.isEmpty else { throw .emptyKeyRegistry }
        return Content(services: services, stamp: stamp)
    }
}

extension BusSetupError {
    static let emptyKeyRegistry = BusSetupError(
        code: "bus.key-registry", message: "公钥登记文件中没有公钥，原有公钥继续有效；要停用全部公钥，请停止总线")

    /// - Parameter line: from 1; 0 when the file cannot be read at all.
    static func keyRegistry(line: Int) -> BusSetupError {
        BusSetupError(
            code: "bus.key-registry",
            message: line == 0
                ? "公钥登记文件无法读取，请检查路径和权限；总线若已运行，仍按原来的登记放行"
                : "公钥登记文件第 \(line) 行有误或公钥重复，每行应为：服务名 公钥；总线若已运行，仍按原来的登记放行")
    }
}
