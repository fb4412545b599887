import Contracts
import Glibc

/// Where a process finds its store, its keys and the bus. Parsed once; every key is listed here.
public struct ServiceOptions: Sendable {
    /// The folder of this service's store; made when it is missing.
    public var data: String
    /// The folder of keys: `<service>.curve` and `<service>.seal` of this service, and `public-keys`, the list that the
    /// broker trusts.
    public var keys: String
    /// The broker's address, `ipc:///…` or `tcp://host:port`.
    public var bus: String
    /// Unique among the instances of one service.
    public var instance: String
    /// A descriptor whose other end the supervisor holds: when it closes, the supervisor is gone, however it ended.
    public var parentPipe: Int32?

    public static let help = """
          --data DIR       数据目录（服务的 SQLite 存储）
          --keys DIR       密钥目录
          --bus ADDRESS    总线地址，如 ipc:///run/jieli/bus.sock 或 tcp://10.0.0.1:7400
          --instance NAME  实例名，同一服务的各实例不得重名（默认 1）
          --parent-pipe N  由 jieli up 传入：该描述符关闭时，本进程随之退出
        """

    /// - Parameter extra: further keys that the program knows, with their default values.
    /// - Throws: `OptionsError` that names the key.
    public init(
        _ arguments: [String], extra: [String: String] = [:]
    ) throws(OptionsError) {
        var values = try Self.values(
            arguments, known: ["data", "keys", "bus", "instance", "parent-pipe"] + extra.keys.sorted())
        func required(_ key: String) throws(OptionsError) -> String {
            guard let value = values[key], !value.isEmpty else { throw OptionsError(key: key, message: "缺少 --\(key)。") }
            return value
        }
        data = try required("data")
        keys = try required("keys")
        bus = try required("bus")
        guard bus.hasPrefix("ipc://") || bus.hasPrefix("tcp://") else {
            throw OptionsError(key: "bus", message: "--bus 须以 ipc:// 或 tcp:// 开头。")
        }
        instance = values["instance"] ?? "1"
        guard (1...32).contains(instance.utf8.count), instance.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            throw OptionsError(key: "instance", message: "--instance 须为 1 至 32 个英文字符。")
        }
        if let pipe = values["parent-pipe"] {
            guard let descriptor = Int32(pipe), fcntl(descriptor, F_GETFD) >= 0 else {
                throw OptionsError(key: "parent-pipe", message: "--parent-pipe 须为已打开的描述符，只由 jieli up 使用。")
            }
            parentPipe = descriptor
        }
        for (key, value) in extra where values[key] == nil { values[key] = value }
        self.extra = values.filter { extra.keys.contains($0.key) }
    }

    public private(set) var extra: [String: String]

    static func values(_ arguments: [String], known: [String]) throws(OptionsError) -> [String: String] {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                throw OptionsError(key: argument, message: "不认识参数 \(argument)。")
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
            guard let key = parts.first, known.contains(key) else {
                throw OptionsError(key: argument, message: "不认识参数 \(argument)。")
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw OptionsError(key: key, message: "--\(key) 后面缺少值。")
            }
            values[key] = value
        }
        return values
    }
}

/// A wrong or missing setting. The start stops with the key's name.
public struct OptionsError: Error, Sendable {
    public let key: String
    public let message: String
    /// The machine refuses for now (no room, no memory, no descriptors), and the setting may well be right.
    public let mayPass: Bool

    public init(key: String, message: String, mayPass: Bool = false) {
        self.key = key
        self.message = message
        self.mayPass = mayPass
    }

    /// What a system call said (errno).
    init(key: String, message: String, errno number: Int32) {
        let passing = [ENOSPC, EDQUOT, ENOMEM, EMFILE, ENFILE, EAGAIN, EINTR]
        self.init(key: key, message: message, mayPass: passing.contains(number))
    }
}
