import Contracts
import Glibc
import Host
import Kernel
import Messaging
import Synchronization

/// The county of a run: real processes under a supervisor of their own, with one department apart, as on another
/// machine, and one store on a small disk.
final class ChaosCounty: Sendable {
    /// Two supervised instances of the remote department are numbered 1 and 2, the remote one like nobody else.
    static let remoteInstance = 9
    private static let patienceInMilliseconds: Int64 = 60_000

    let folder: CountyFolder
    let relay: ChaosRelay
    /// Nil when this user may not mount.
    let disk: SmallDisk?
    let remote: ServiceName
    private let port: Int
    private let programs: String
    /// The end for writing is held and never used: when it closes, the remote department ends. See `ParentWatch`.
    private let pipe: (reading: Int32, writing: Int32)
    private let keeper = Mutex<InstanceKeeper?>(nil)
    private let supervisor = Mutex<pid_t?>(nil)

    init(path: String, plan: ChaosPlan) throws {
        folder = try CountyFolder(path: path)
        remote = plan.remote
        programs = try ChildProcess.folderOfPrograms()
        try folder.make()
        _ = try KeyMaking.makeMissing(folder)
        disk = try SmallDisk.mount(on: folder.store(plan.confined))
        relay = try ChaosRelay(to: String(folder.busAddress.dropFirst("ipc://".count)))
        port = try LoopbackPort.free()
        guard let pipe = Descriptors.pipe() else {
            throw CommandFailure.failed("不能建立管道：\(String(cString: strerror(errno)))。请检查文件句柄上限。")
        }
        self.pipe = pipe
    }

    /// First the remote department, so that it is the one that writes; then all others.
    func start() throws {
        let (log, reading, address) = (folder.log(remote, Self.remoteInstance), pipe.reading, relay.port)
        let arguments = [
            "--data", folder.store(remote), "--keys", folder.keys, "--bus", "tcp://127.0.0.1:\(address)", "--instance",
            String(Self.remoteInstance), "--parent-pipe", String(ChildProcess.parentPipeInChild),
        ]
        let executable = "\(programs)/\(remote.rawValue)"
        keeper.withLock {
            $0 = InstanceKeeper(service: remote, instance: Self.remoteInstance) {
                try ChildProcess.start(executable, arguments, log: log, parentPipe: reading)
            }
        }
        let store = folder.storeFile(remote)
        let isThere = Pause.until(withinMilliseconds: 10_000) { access(store, F_OK) == 0 }
        guard isThere else { throw CommandFailure.failed("\(remote.chinese)没有启动，日志 \(log)。") }
        try up()
    }

    // MARK: The supervisor

    /// Starts the supervisor, again as long as what the former one left is still there, and waits until all are ready.
    func up() throws {
        let arguments = [
            "up", "--supervise", "--empty", "--data", folder.path, "--port", String(port), "--address", "127.0.0.1",
        ]
        let giveUpAt = MonotonicClock.milliseconds() + Self.patienceInMilliseconds
        var process = try ChildProcess.start("\(programs)/jieli", arguments, log: folder.supervisorLog)
        while MonotonicClock.milliseconds() < giveUpAt {
            if collect(process, options: WNOHANG) {
                Pause.milliseconds(200)
                process = try ChildProcess.start("\(programs)/jieli", arguments, log: folder.supervisorLog)
            }
            supervisor.withLock { $0 = process }
            // Another's answer would be the former supervisor's.
            if let answer = try? ask(.status), answer.processIdentifier == process, answer.phase != .starting { return }
            Pause.milliseconds(50)
        }
        throw CommandFailure.failed("没有按时启动，见 \(folder.supervisorLog)。")
    }

    func ask(_ action: ControlRequest.Action, _ service: ServiceName? = nil, count: Int? = nil) throws -> ControlAnswer
    {
        try ControlSocket.ask(folder, ControlRequest(action: action, service: service, count: count))
    }

    /// kill -9; its programs notice and end.
    func killSupervisor() {
        guard let process = supervisor.withLock({ $0 }) else { return }
        kill(process, SIGKILL)
        _ = collect(process, options: 0)
        supervisor.withLock { $0 = nil }
    }

    /// - Returns: whether the process had ended.
    private func collect(_ process: pid_t, options: Int32) -> Bool {
        var status: Int32 = 0
        var collected = waitpid(process, &status, options)
        while collected < 0 && errno == EINTR { collected = waitpid(process, &status, options) }
        return collected != 0
    }

    // MARK: Processes

    /// The running processes of a service, the remote one among them.
    func processes(of service: ServiceName) -> [pid_t] {
        let supervised = (try? ask(.status).instances) ?? []
        let all = supervised + (keeper.withLock { $0 }.map { [$0.report] } ?? [])
        return all.filter { $0.service == service }.compactMap(\.processIdentifier)
    }

    /// What the supervisor and the keeper of the remote department say.
    func reports() throws -> [InstanceKeeper.Report] {
        try ask(.status).instances + (keeper.withLock { $0 }.map { [$0.report] } ?? [])
    }

    /// A signal for a process that is still one of this county's. - Returns: whether there was one.
    @discardableResult
    func signal(_ process: pid_t, _ number: Int32) -> Bool {
        guard isOurs(process) else { return false }
        return kill(process, number) == 0
    }

    /// By its program as well: a shell's or an editor's arguments may name the folder, too.
    private func isOurs(_ process: pid_t) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/\(process)/exe", &buffer, buffer.count)
        guard count > 0, String(decoding: buffer[..<count], as: UTF8.self).hasPrefix(programs) else { return false }
        return ((try? Folders.text("/proc/\(process)/cmdline")) ?? "").contains(folder.path)
    }

    // MARK: The end

    /// Stops all; what does not stop is ended.
    func stop() {
        relay.set(.open)
        if let process = supervisor.withLock({ $0 }) {
            kill(process, SIGTERM)
            let isOver = Pause.until(withinMilliseconds: 40_000) { collect(process, options: WNOHANG) }
            if !isOver { killSupervisor() }
        }
        keeper.withLock { $0 }?.stop()
        keeper.withLock { $0 }?.waitForEnd()
        close(pipe.writing)
        // Those of a supervisor that was killed end by themselves; here they are not waited for.
        for process in Self.allProcesses() where isOurs(process) && process != getpid() { kill(process, SIGKILL) }
    }

    private static func allProcesses() -> [pid_t] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var found: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let process = pid_t(name) { found.append(process) }
        }
        return found
    }
}

extension Pause {
    /// Waits until it is so. - Returns: false when it was not in time.
    static func until(withinMilliseconds limit: Int64, _ isSo: () -> Bool) -> Bool {
        let giveUpAt = MonotonicClock.milliseconds() + limit
        while !isSo() {
            guard MonotonicClock.milliseconds() < giveUpAt else { return false }
            milliseconds(20)
        }
        return true
    }
}
