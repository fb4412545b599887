import Contracts
import Domain
import Glibc
import Host
import Messaging

/// How a county's programs are.
enum StatusCommand: Subcommand {
    static let name = "status"
    static let summary = "查看各服务状态"
    static let english = "show how the services are"
    static let flags = ["json"]
    static let help = """
        用法：jieli status [参数]
          --json           以 JSON 输出，供脚本使用
        """

    static func run(_ arguments: Arguments) throws {
        let county = try CountyFolder(arguments)
        let answer = try ControlSocket.ask(county, ControlRequest(action: .status))
        let status = CountyStatus(county, answer, try SeenOnBus(county, answer))
        if arguments.has("json") {
            Terminal.print(String(decoding: try JSONCoding.canonical(status), as: UTF8.self))
        } else {
            Terminal.print(table(status))
        }
    }

    private static func table(_ status: CountyStatus) -> String {
        var rows = [["服务", "实例", "进程", "角色", "已运行", "内存MB", "常驻MB", "排队", "待取", "搁置", "重启", "状态"]]
        for line in status.instances {
            rows.append([
                line.service == .jieli ? "监管进程" : line.service.chinese, line.instance,
                line.processIdentifier.map(String.init) ?? "-",
                roles[line.role] ?? line.role, line.uptimeInMilliseconds.map(Text.duration) ?? "-",
                line.proportionalMemoryInKibibytes.map(Text.megabytes) ?? "-",
                line.residentMemoryInKibibytes.map(Text.megabytes) ?? "-", line.queued.map(String.init) ?? "-",
                line.lag.map(String.init) ?? "-", line.parkedKeys.map(String.init) ?? "-", String(line.restarts),
                state(line),
            ])
        }
        return """
            \(Text.table(rows, right: [2, 5, 6, 7, 8, 9, 10]))

            网址 \(status.address)  监管进程 \(status.supervisor)  内存合计 \(Text.megabytes(status.totalMemoryInKibibytes)) MB\
            \(disk(status))\(wanted(status))
            """
    }

    private static func wanted(_ status: CountyStatus) -> String {
        if status.wantedInstances.isEmpty { return "" }
        let texts = status.wantedInstances.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "\n实例数（jieli scale 设定，下次启动沿用）：" + texts.joined(separator: "，")
    }

    private static func disk(_ status: CountyStatus) -> String {
        guard let free = status.freeDiskInKibibytes else { return "" }
        let isShort = free < shortDiskInKibibytes
        return "  磁盘可用 \(Text.megabytes(free)) MB" + (isShort ? "\n磁盘空间不足：写满后各服务不能保存新的办理，请尽快清理或扩容。" : "")
    }

    /// Some ten thousand people more, with their log.
    private static let shortDiskInKibibytes: Int64 = 256 * 1024

    private static let roles = ["writer": "写入", "reader": "查询", "broker": "总线", "supervisor": "监管", "none": "-"]

    private static func state(_ line: CountyStatus.Instance) -> String {
        let state =
            switch line.state {
            case "running": line.role == "none" ? "启动中" : "运行"
            case "waiting": "待重启"
            case "stopping": "正在停止"
            case "elsewhere": "在其他机器"
            default: "已停止"
            }
        return state + (line.lastExit.map { "（上次：\($0)）" } ?? "") + (line.halted.map { "；停止取用：\($0)" } ?? "")
            + (line.closed.map { "；暂停办理：\($0)" } ?? "")
    }
}

/// What `status --json` prints. Names are stable.
struct CountyStatus: Codable {
    struct Instance: Codable {
        var service: ServiceName
        var instance: String
        var processIdentifier: Int32?
        /// `writer`, `reader`, `broker`, `supervisor`, or `none` while it is not registered on the bus.
        var role: String
        /// `running`, `waiting`, `stopping`, `stopped` or `elsewhere`.
        var state: String
        var uptimeInMilliseconds: Int64?
        /// The process's share: pages that several use are counted once over all.
        var proportionalMemoryInKibibytes: Int64?
        var residentMemoryInKibibytes: Int64?
        /// Requests that wait for the service.
        var queued: Int?
        /// Events of other services' logs that this one has not applied yet; of the writer only.
        var lag: Int64?
        /// Keys whose events could not be applied; `jieli parked` lists them. Of the writer only.
        var parkedKeys: Int?
        /// Why it has stopped following another's log.
        var halted: String?
        /// Why it takes no commands, with the slug for programs; nil when it does.
        var closed: String?
        var closedSlug: String?
        var restarts: Int
        var lastExit: String?
    }

    var address: String
    var phase: String
    var supervisor: Int32
    var totalMemoryInKibibytes: Int64
    /// Where the stores lie.
    var freeDiskInKibibytes: Int64?
    /// By service, where `scale` asked for another number than one.
    var wantedInstances: [String: Int]
    var instances: [Instance]

    init(_ county: CountyFolder, _ answer: ControlAnswer, _ seen: SeenOnBus) {
        freeDiskInKibibytes = Self.freeDisk(county.path)
        wantedInstances = (try? WantedInstances(county).texts) ?? [:]
        address = answer.address
        phase = answer.phase.rawValue
        supervisor = answer.processIdentifier
        let now = SystemClock().now()
        instances = answer.instances.map { report in
            let name = "\(report.service.rawValue)-\(report.instance)"
            let registered = seen.snapshot?.instances.first { $0.instance == name }
            let own = seen.statuses[name]
            let process = report.processIdentifier
            return Instance(
                service: report.service, instance: name, processIdentifier: process,
                role: report.service == .bus
                    ? (seen.snapshot == nil ? "none" : "broker")
                    : registered.map { $0.isActiveWriter ? "writer" : "reader" } ?? "none",
                state: report.state, uptimeInMilliseconds: report.startedAt.map { now.milliseconds(since: $0) },
                proportionalMemoryInKibibytes: process.flatMap(ProcessMemory.proportionalInKibibytes),
                residentMemoryInKibibytes: process.flatMap(ProcessMemory.residentInKibibytes),
                queued: seen.snapshot?.services.first { $0.service == report.service.rawValue }?.queued,
                lag: own.map { $0.followed.reduce(0) { $0 + max(0, $1.head - $1.applied) } },
                parkedKeys: own.map { $0.followed.reduce(0) { $0 + $1.parkedKeys } },
                halted: own?.followed.compactMap { stream in stream.halted.map { "\(stream.stream) \($0)" } }.first,
                closed: own?.closed.map(\.sentence), closedSlug: own?.closed.map(\.slug), restarts: report.restarts,
                lastExit: report.lastExit)
        }
        let here = Set(instances.map(\.instance))
        for other in seen.snapshot?.instances ?? [] where !here.contains(other.instance) {
            guard let service = ServiceName(rawValue: other.service), service != .jieli else { continue }
            instances.append(
                Instance(
                    service: service, instance: other.instance, role: other.isActiveWriter ? "writer" : "reader",
                    state: "elsewhere", restarts: 0))
        }
        // The supervisor belongs to the county as well.
        instances.insert(
            Instance(
                service: .jieli, instance: "supervisor", processIdentifier: answer.processIdentifier,
                role: "supervisor", state: "running",
                proportionalMemoryInKibibytes: ProcessMemory.proportionalInKibibytes(answer.processIdentifier),
                residentMemoryInKibibytes: ProcessMemory.residentInKibibytes(answer.processIdentifier), restarts: 0),
            at: 0)
        totalMemoryInKibibytes = instances.reduce(0) {
            $0 + ($1.proportionalMemoryInKibibytes ?? $1.residentMemoryInKibibytes ?? 0)
        }
    }
}

extension CountyStatus {
    /// What is free for users that are not root; nil when the folder cannot be looked at.
    fileprivate static func freeDisk(_ path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int64(status.f_bavail) * Int64(status.f_frsize) / 1024
    }
}

/// What the bus and the services themselves say; empty where they do not answer.
struct SeenOnBus {
    var snapshot: BrokerSnapshot?
    var statuses: [String: ServiceStatus] = [:]

    init(_ county: CountyFolder, _ answer: ControlAnswer) throws {
        let bus = try BusClient(county)
        defer { bus.stop() }
        guard let status = try? BusStatus.ask(bus, patienceInMilliseconds: 1000) else { return }
        snapshot = status.snapshot
        for service in Supervision.storing where status.servicesWithWriter.contains(service) {
            // Any instance answers; asked a few times, the writer, which alone follows other logs, is among them.
            let instances = status.snapshot.instances.count { $0.service == service.rawValue }
            for _ in 0..<(instances == 1 ? 1 : instances * 3) {
                guard
                    let body = try? bus.ask(
                        service, ServiceStatusQuery.name, JSONCoding.bytes(ServiceStatusQuery()),
                        as: .program, patienceInMilliseconds: 1000),
                    let own = try? JSONCoding.value(ServiceStatus.self, from: body)
                else { break }
                statuses[own.instance] = own
                if own.role == InstanceRole.writer.rawValue { break }
            }
        }
    }
}
