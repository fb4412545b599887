import Contracts

/// Runs more or fewer instances of a service.
enum ScaleCommand: Subcommand {
    static let name = "scale"
    static let summary = "调整一个服务的实例数"
    static let english = "run more or fewer instances"
    static let wordLimit = 2
    static let help = """
        用法：jieli scale 服务名 N
          N                记在数据目录中，下次 up 沿用；1 至 \(Supervision.mostInstances)。一个实例写入，其余分担查询，写入者出故障时自动接任
          服务名：\(ServiceName.departments.map(\.rawValue).joined(separator: "、"))
        """

    static func run(_ arguments: Arguments) throws {
        let county = try CountyFolder(arguments)
        let service = try Supervision.service(arguments.word(0, "服务名"))
        guard let count = Int(try arguments.word(1, "实例数")) else { throw CommandFailure.usage("实例数应为整数。") }
        if let objection = objection(service, to: count) { throw CommandFailure.usage(objection) }
        let request = ControlRequest(action: .scale, service: service, count: count)
        let answer = try ControlSocket.ask(county, request)
        if let failure = answer.failure { throw CommandFailure.failed(failure) }
        try InstanceWait.run(county, service) { instances, writes in
            writes && instances.count == count && instances.allSatisfy { $0.processIdentifier != nil }
        }
        Terminal.print("\(service.chinese)（\(service.rawValue)）现有 \(count) 个实例。")
    }

    /// Why it can't be; nil when it can.
    static func objection(_ service: ServiceName, to count: Int) -> String? {
        guard (1...Supervision.mostInstances).contains(count) else { return "实例数应为 1 至 \(Supervision.mostInstances)。" }
        switch service {
        case .bus: return "总线只能有一个实例：它不存数据，出故障会立即重启，其他程序自动重新连接。"
        case .gateway: return "网关只能有一个实例：网页端口和登录状态都在它那里；也不要在别的机器上另起网关，那里没有账号。它出故障会立即重启。"
        default: return nil
        }
    }
}
