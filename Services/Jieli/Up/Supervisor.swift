import Contracts
import Glibc
import Host
import Kernel
import Synchronization

/// Runs the programs of a county on this machine, and starts again what falls.
final class Supervisor: Sendable {
    let county: CountyFolder
    private let web: WebAddress
    private let gateway: [String]
    private let programs: String
    /// Children hold the other end; it is never written to. See `ParentWatch`.
    private let pipe: (reading: Int32, writing: Int32)
    private let keepers = Mutex<[InstanceKeeper]>([])
    private let wanted: Mutex<WantedInstances>

    init(_ county: CountyFolder, _ options: UpOptions) throws {
        self.county = county
        web = options.web
        gateway = options.gateway
        programs = try ChildProcess.folderOfPrograms()
        let missing = Supervision.all.filter { [programs] in access("\(programs)/\($0.rawValue)", X_OK) != 0 }
        guard missing.isEmpty else {
            let names = missing.map(\.rawValue).joined(separator: "、")
            throw CommandFailure.failed("\(programs) 中缺少程序：\(names)。请重新构建。")
        }
        guard let pipe = Descriptors.pipe() else {
            throw CommandFailure.failed("不能建立管道：\(String(cString: strerror(errno)))。请检查文件句柄上限。")
        }
        self.pipe = pipe
        wanted = Mutex(try WantedInstances(county))
    }

    func start() {
        let wanted = wanted.withLock { $0 }
        for service in Supervision.all {
            for instance in 1...wanted.count(of: service) { add(service, instance) }
        }
    }

    var reports: [InstanceKeeper.Report] {
        keepers.withLock { $0 }.map(\.report).sorted {
            (Self.place($0.service), $0.instance) < (Self.place($1.service), $1.instance)
        }
    }

    func restart(_ service: ServiceName) {
        for keeper in keepers.withLock({ $0 }) where keeper.service == service { keeper.restart() }
    }

    /// Replaces a program that hangs.
    func replace(_ service: ServiceName, _ instance: Int, _ process: pid_t, because reason: String) {
        let keeper = keepers.withLock { $0.first { $0.service == service && $0.instance == instance } }
        guard let keeper else { return }
        ServiceLog.write("supervisor", "\(service.rawValue)-\(instance)（进程 \(process)）\(reason)，结束后重新启动")
        keeper.replace(process, because: reason)
    }

    /// More instances are added behind the last; fewer end from the last, which takes its time: whoever asked looks at
    /// the reports. The number holds for the next `up` as well.
    /// - Returns: why it cannot be done now; nil when it is under way.
    func scale(_ service: ServiceName, to count: Int) -> String? {
        let present = keepers.withLock { $0.filter { $0.service == service } }
        if present.contains(where: { $0.instance <= count && $0.report.state == "stopping" }) {
            return "上一次减少的实例还没有停完，请过几秒再试。"
        }
        do {
            try wanted.withLock { wanted in
                var changed = wanted
                changed.set(service, count)
                try changed.save(county)
                wanted = changed
            }
        } catch {
            return CommandFailure(describing: error).message
        }
        for instance in 1...count where !present.contains(where: { $0.instance == instance }) { add(service, instance) }
        for keeper in present where keeper.instance > count {
            keeper.stop()
            OwnThread.essential(name: "leave") { [self] in
                keeper.waitForEnd()
                keepers.withLock { $0.removeAll { $0 === keeper } }
            }
        }
        return nil
    }

    /// In order: who asks first, then who answers, the bus last.
    func stop() {
        let present = keepers.withLock { keepers in
            defer { keepers = [] }
            return keepers
        }
        for group in [[.gateway], Supervision.storing.filter { $0 != .gateway }, [ServiceName.bus]] {
            let leaving = present.filter { group.contains($0.service) }
            for keeper in leaving { keeper.stop() }
            for keeper in leaving { keeper.waitForEnd() }
        }
    }

    private func add(_ service: ServiceName, _ instance: Int) {
        let log = county.log(service, instance)
        let executable = "\(programs)/\(service.rawValue)"
        let arguments = arguments(service, instance)
        let pipe = pipe.reading
        let keeper = InstanceKeeper(service: service, instance: instance) {
            ChildProcess.rotate(log)
            return try ChildProcess.start(
                // Arenas of malloc cost each thread some megabytes; two serve our few threads.
                executable, arguments, environment: ["MALLOC_ARENA_MAX": "2"], log: log, parentPipe: pipe)
        }
        keepers.withLock { $0.append(keeper) }
    }

    private func arguments(_ service: ServiceName, _ instance: Int) -> [String] {
        var arguments = [
            "--data", county.store(service), "--keys", county.keys, "--bus", county.busAddress, "--instance",
            String(instance), "--parent-pipe", String(ChildProcess.parentPipeInChild),
        ]
        if service == .gateway { arguments += ["--port", String(web.port), "--address", web.address] + gateway }
        return arguments
    }

    private static func place(_ service: ServiceName) -> Int { Supervision.all.firstIndex(of: service) ?? 0 }
}
