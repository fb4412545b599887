import Contracts
import Glibc
import Host
import Kernel
import Messaging
import Synchronization

/// Programs of a county without a supervisor: the bus and some of the services, started and ended here.
final class BenchCounty: Sendable {
    let folder: CountyFolder
    let bus: BusClient
    let port: Int
    private let programs: String
    private let pipe: (reading: Int32, writing: Int32)
    private let children = Mutex<[(service: ServiceName, process: pid_t)]>([])

    /// - Parameter services: beside the bus; they are there and write when it returns.
    init(path: String, services: [ServiceName]) throws {
        folder = try CountyFolder(path: path)
        programs = try ChildProcess.folderOfPrograms()
        try folder.make()
        _ = try KeyMaking.makeMissing(folder)
        port = try LoopbackPort.free()
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
            throw CommandFailure.failed("不能建立管道：\(String(cString: strerror(errno)))。请检查文件句柄上限。")
        }
        pipe = (ends[0], ends[1])
        bus = try BusClient(folder)
        bus.prove(by: try OwnCountyOfficers(folder))
        try start([.bus] + services)
    }

    /// Starts further programs, and waits until each writes.
    func start(_ services: [ServiceName]) throws {
        for service in services {
            var arguments = [
                "--data", folder.store(service), "--keys", folder.keys, "--bus", folder.busAddress, "--instance", "1",
                "--parent-pipe", String(ChildProcess.parentPipeInChild),
            ]
            if service == .gateway { arguments += ["--port", String(port), "--address", "127.0.0.1"] }
            let process = try ChildProcess.start(
                "\(programs)/\(service.rawValue)", arguments, environment: ["MALLOC_ARENA_MAX": "2"],
                log: folder.log(service, 1), parentPipe: pipe.reading)
            children.withLock { $0.append((service, process)) }
        }
        let wanted = Set(services).subtracting([.bus])
        let isReady = Pause.until(withinMilliseconds: 30_000) {
            guard let status = try? BusStatus.ask(bus, patienceInMilliseconds: 1000) else { return false }
            return wanted.isSubset(of: status.servicesWithWriter)
        }
        guard isReady else { throw CommandFailure.failed("没有按时启动，见 \(folder.logs)。") }
    }

    func process(of service: ServiceName) -> pid_t? {
        children.withLock { $0.first { $0.service == service }?.process }
    }

    func status(of service: ServiceName) throws -> ServiceStatus {
        let body = try bus.ask(
            service, ServiceStatusQuery.name, JSONCoding.bytes(ServiceStatusQuery()), as: .program)
        return try JSONCoding.value(ServiceStatus.self, from: body)
    }

    /// Events that these services have not applied yet.
    func lag(of services: [ServiceName]) throws -> Int64 {
        let heads = try Dictionary(uniqueKeysWithValues: running.map { ($0, try status(of: $0).logSeq) })
        return try services.reduce(0) { sum, service in
            try status(of: service).followed.reduce(sum) { sum, followed in
                let head = ServiceName(rawValue: followed.stream).flatMap { heads[$0] } ?? 0
                return sum + max(0, head - followed.applied)
            }
        }
    }

    private var running: [ServiceName] { children.withLock { $0.map(\.service) }.filter { $0 != .bus } }

    /// Waits until nobody is behind.
    func settle(withinMilliseconds limit: Int64 = 600_000) throws {
        let followers = running
        let isSettled = Pause.until(withinMilliseconds: limit) { (try? lag(of: followers)) == 0 }
        guard isSettled else { throw CommandFailure.failed("各服务没有跟上日志，见 \(folder.logs)。") }
    }

    /// Proportional memory of all programs.
    var memoryInKibibytes: Int64 {
        children.withLock { $0 }.reduce(0) { $0 + (ProcessMemory.proportionalInKibibytes($1.process) ?? 0) }
    }

    /// What all programs have computed so far.
    var computedInMilliseconds: Int64 {
        children.withLock { $0 }.reduce(0) { $0 + (ProcessTimes.computedInMilliseconds($1.process) ?? 0) }
    }

    func stop() {
        bus.stop()
        let all = children.withLock { children in
            defer { children = [] }
            return children
        }
        for (_, process) in all { kill(process, SIGTERM) }
        for (_, process) in all {
            var status: Int32 = 0
            let isOver = Pause.until(withinMilliseconds: 15_000) { waitpid(process, &status, WNOHANG) != 0 }
            if !isOver {
                kill(process, SIGKILL)
                waitpid(process, &status, 0)
            }
        }
        close(pipe.reading)
        close(pipe.writing)
    }
}

/// What /proc says of a process's work.
enum ProcessTimes {
    /// User and system time of all its threads; nil when there is no such process (proc(5), stat, fields 14 and 15).
    static func computedInMilliseconds(_ process: pid_t) -> Int64? {
        guard let text = try? Folders.text("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else {
            return nil
        }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]) else { return nil }
        return (user + system) * 1000 / Int64(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The greatest resident size since `forgetPeak`.
    static func peakInKibibytes(_ process: pid_t) -> Int64? {
        let text = try? Folders.text("/proc/\(process)/status")
        let line = text?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int64($0) }
    }

    /// Begins to measure the peak anew (proc(5), clear_refs).
    static func forgetPeak(_ process: pid_t) {
        let descriptor = open("/proc/\(process)/clear_refs", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, "5", 1)
        close(descriptor)
    }
}
