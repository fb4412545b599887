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

    let folder: CountyFolder
    let supervised: SupervisedCounty
    let relay: ChaosRelay
    /// Nil when this user may not mount.
    let disk: SmallDisk?
    let remote: ServiceName
    private let programs: String
    /// The end for writing is held and never used: when it closes, the remote department ends. See `ParentWatch`.
    private let pipe: (reading: Int32, writing: Int32)
    private let keeper = Mutex<InstanceKeeper?>(nil)

    init(path: String, plan: ChaosPlan) throws {
        folder = try CountyFolder(path: path)
        remote = plan.remote
        programs = try ChildProcess.folderOfPrograms()
        try folder.make()
        _ = try KeyMaking.makeMissing(folder)
        disk = try SmallDisk.mount(on: folder.store(plan.confined))
        relay = try ChaosRelay(to: String(folder.busAddress.dropFirst("ipc://".count)))
        supervised = try SupervisedCounty(folder)
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
        try supervised.up()
    }

    // MARK: Processes

    /// The running processes of a service, the remote one among them.
    func processes(of service: ServiceName) -> [pid_t] {
        let supervised = (try? supervised.ask(.status).instances) ?? []
        let all = supervised + (keeper.withLock { $0 }.map { [$0.report] } ?? [])
        return all.filter { $0.service == service }.compactMap(\.processIdentifier)
    }

    /// What the supervisor and the keeper of the remote department say.
    func reports() throws -> [InstanceKeeper.Report] {
        try supervised.ask(.status).instances + (keeper.withLock { $0 }.map { [$0.report] } ?? [])
    }

    /// A signal for a process that is still one of this county's. - Returns: whether there was one.
    @discardableResult
    func signal(_ process: pid_t, _ number: Int32) -> Bool {
        guard OwnProcesses.isOne(process, in: folder.path) else { return false }
        return kill(process, number) == 0
    }

    // MARK: The end

    /// Stops all; what does not stop is ended.
    func stop() {
        relay.set(.open)
        supervised.stop()
        keeper.withLock { $0 }?.stop()
        keeper.withLock { $0 }?.waitForEnd()
        close(pipe.writing)
        // Those of a supervisor that was killed end by themselves; here they are not waited for.
        OwnProcesses.kill(in: folder.path)
    }
}
