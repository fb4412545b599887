import Contracts
import Glibc

/// Restarts every instance of one service.
enum RestartCommand: Subcommand {
    static let name = "restart"
    static let summary = "重启一个服务"
    static let english = "restart one service"
    static let wordLimit = 1
    static let help = """
        用法：jieli restart 服务名
          服务名：\(Supervision.all.map(\.rawValue).joined(separator: "、"))
        """

    static func run(_ arguments: Arguments) throws {
        let county = try CountyFolder(arguments)
        let service = try Supervision.service(arguments.word(0, "服务名"))
        // Asked for first: what the restart answers may already be the programs that follow.
        let before = try ControlSocket.ask(county, ControlRequest(action: .status))
        _ = try ControlSocket.ask(county, ControlRequest(action: .restart, service: service))
        let old = before.instances.filter { $0.service == service }.compactMap(\.processIdentifier)
        try InstanceWait.run(county, service) { instances, writes in
            writes && instances.allSatisfy { $0.processIdentifier.map { !old.contains($0) } ?? false }
        }
        Terminal.print("\(service.chinese)（\(service.rawValue)）已重启。")
    }
}

/// Waits until the instances of a service are as they should be.
enum InstanceWait {
    static func run(
        _ county: CountyFolder, _ service: ServiceName,
        until isDone: ([InstanceKeeper.Report], _ hasWriter: Bool) -> Bool
    ) throws {
        let bus = try BusClient(county)
        defer { bus.stop() }
        for _ in 0..<200 {
            let answer = try ControlSocket.ask(county, ControlRequest(action: .status))
            let instances = answer.instances.filter { $0.service == service }
            let status = try? BusStatus.ask(bus, patienceInMilliseconds: 500)
            let registered = status?.snapshot.instances.count { $0.service == service.rawValue } ?? 0
            let writes = service == .bus ? status != nil : status?.servicesWithWriter.contains(service) ?? false
            let isComplete = service == .bus || registered >= instances.count
            if isComplete, isDone(instances, writes) { return }
            if let failed = instances.first(where: { $0.isMisconfigured && $0.processIdentifier == nil }) {
                let log = county.log(service, failed.instance)
                throw CommandFailure.failed("\(service.chinese)没有启动：\(Logs.tail(log, lines: 1) ?? "")（日志 \(log)）")
            }
            usleep(100_000)
        }
        throw CommandFailure.failed("\(service.chinese)没有按时就绪，请执行 jieli status 查看，日志在 \(county.logs)。")
    }
}
