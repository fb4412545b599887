import Contracts
import Glibc
import Host
import Sealing

/// Where one county's data, keys, sockets and logs lie on this machine.
struct CountyFolder: Sendable {
    /// Absolute, without `.` and `..`.
    let path: String

    init(_ arguments: Arguments) throws {
        try self.init(path: arguments["data"] ?? Self.standardPath())
    }

    init(path: String) throws {
        var absolute = path
        if !path.hasPrefix("/") {
            guard let current = getcwd(nil, 0) else { throw CommandFailure.failed("当前目录已不存在，请用 --data 给出绝对路径。") }
            defer { free(current) }
            absolute = String(cString: current) + "/" + path
        }
        var parts: [Substring] = []
        for part in absolute.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        self.path = "/" + parts.joined(separator: "/")
    }

    static func standardPath() throws -> String {
        if let state = getenv("XDG_STATE_HOME"), state.pointee != 0 { return String(cString: state) + "/jieli" }
        guard let home = getenv("HOME"), home.pointee != 0 else {
            throw CommandFailure.usage("没有设置 HOME，请用 --data 指定数据目录。")
        }
        return String(cString: home) + "/.local/state/jieli"
    }

    var keys: String { "\(path)/keys" }
    var logs: String { "\(path)/log" }
    /// Lies there while a sample county is being loaded, and afterwards when that broke off.
    var unfinishedSample: String { "\(path)/sample-unfinished" }
    /// How many instances of which service were asked for. See `WantedInstances`.
    var wantedInstances: String { "\(path)/instances" }
    /// The lock of releases before 2026-12.
    var formerLockFile: String { "\(run)/supervisor.lock" }
    var supervisorLog: String { "\(logs)/supervisor.log" }

    private var run: String { "\(path)/run" }

    func store(_ service: ServiceName) -> String { "\(path)/stores/\(service.rawValue)" }
    func storeFile(_ service: ServiceName) -> String { "\(store(service))/\(service.rawValue).sqlite" }
    func log(_ service: ServiceName, _ instance: Int) -> String { "\(logs)/\(service.rawValue)-\(instance).log" }

    /// The folder of the sockets. An address of a Unix socket holds 107 bytes (unix(7)); where the data folder's own
    /// path is too long, a short folder stands for it whose name is derived from that path.
    var sockets: String {
        if "\(run)/control.sock".utf8.count <= 100 { return run }
        let digest = Hex.encode(Array(SM3.digest(Array(path.utf8)).prefix(6)))
        let runtime = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) } ?? ""
        let base = runtime.isEmpty || runtime.utf8.count > 60 ? "/tmp" : runtime
        return "\(base)/jieli-\(getuid())-\(digest)"
    }

    var controlSocket: String { "\(sockets)/control.sock" }
    var busAddress: String { "ipc://\(sockets)/bus.sock" }

    func make() throws {
        for folder in [path, keys, run, logs, "\(path)/stores", sockets] { try Folders.make(folder) }
        try requireOwn(keys)
        try requireOwn(sockets)
    }

    /// A folder in /tmp may have been put there by somebody else, who could then listen in.
    private func requireOwn(_ folder: String) throws {
        var status = stat()
        guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid() else {
            throw CommandFailure.failed("目录 \(folder) 不属于当前用户，请移走它或换一个数据目录。")
        }
        if status.st_mode & 0o077 != 0, chmod(folder, 0o700) != 0 {
            throw CommandFailure.failed("目录 \(folder) 他人可读，请执行 chmod 700 \(folder)。")
        }
    }
}
