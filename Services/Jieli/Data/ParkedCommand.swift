import Contracts
import Domain

/// Events that a service could not take in: lists, replays or discards them.
enum ParkedCommand: Subcommand {
    static let name = "parked"
    static let summary = "处理搁置的事件"
    static let english = "events that could not be applied"
    static let options = ["reason", "all-of"]
    static let flags = ["json"]
    static let wordLimit = 4
    static let help = """
        用法：jieli parked [list] [--json]
              jieli parked replay 服务名 来源 对象
              jieli parked replay --all-of 原因
              jieli parked discard 服务名 来源 对象 --reason 原因
          list             列出各服务搁置的事件和原因
          replay           原因排除后，按原来的顺序重新处理该对象的事件
          --all-of 原因    各服务中首条原因相同（照 list 所列）的全部对象，逐个重新处理；仍不成的留下，退出码 1
          discard          放弃该对象的事件，原因记入日志
        """

    static func run(_ arguments: Arguments) throws {
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        switch arguments.words.first ?? "list" {
        case "list": try list(bus, isJSON: arguments.has("json"))
        case "replay":
            if let cause = arguments["all-of"] {
                try replay(allOf: cause, bus)
            } else {
                try settle(arguments, bus, reason: nil)
            }
        case "discard":
            guard let reason = arguments["reason"] else { throw CommandFailure.usage("缺少 --reason 原因。") }
            try settle(arguments, bus, reason: reason)
        case let other: throw CommandFailure.usage("不认识“\(other)”，应为 list、replay 或 discard。")
        }
    }

    private static func list(_ bus: BusClient, isJSON: Bool) throws {
        var parked: [String: ParkedKeys] = [:]
        var rows: [[String]] = []
        for service in Supervision.storing {
            let keys = try keys(of: service, bus)
            if !keys.rows.isEmpty { parked[service.rawValue] = keys }
            rows += keys.rows.map {
                [service.rawValue, $0.stream, $0.key, String($0.firstSeq), String($0.events), $0.cause]
            }
        }
        if isJSON { return Terminal.print(String(decoding: try JSONCoding.canonical(parked), as: UTF8.self)) }
        if rows.isEmpty { return Terminal.print("没有搁置的事件。") }
        Terminal.print(Text.table([["服务", "来源", "对象", "首条", "条数", "原因"]] + rows, right: [3, 4]))
    }

    private static func keys(of service: ServiceName, _ bus: BusClient) throws -> ParkedKeys {
        let body = try bus.ask(
            service, ListParked.name, JSONCoding.bytes(ListParked()), as: .program,
            patienceInMilliseconds: 5000)
        return try JSONCoding.value(ParkedKeys.self, from: body)
    }

    /// Each key is a command of its own: those that still fail hold up none of the others.
    private static func replay(allOf cause: String, _ bus: BusClient) throws {
        var due: [(service: ServiceName, key: ParkedKey)] = []
        var causes: Set<String> = []
        for service in Supervision.storing {
            let rows = try keys(of: service, bus).rows
            causes.formUnion(rows.map(\.cause))
            due += rows.filter { $0.cause == cause }.map { (service, $0) }
        }
        guard !due.isEmpty else {
            let known = causes.isEmpty ? "目前没有搁置的事件。" : "现有的原因：\(causes.sorted().joined(separator: "、"))。"
            throw CommandFailure.failed("没有因“\(cause)”搁置的对象。\(known)")
        }
        var failures: [String] = []
        var line = ProgressLine("已重新处理", unit: "个对象")
        for (index, item) in due.enumerated() {
            do {
                _ = try bus.ask(
                    item.service, SettleParked.name,
                    JSONCoding.bytes(SettleParked(stream: item.key.stream, key: item.key.key)), as: .program)
            } catch let refusal as Refusal {
                failures.append("\(item.service.rawValue) \(item.key.stream) \(item.key.key)：\(refusal.sentence)")
            }
            line.show(index + 1, of: due.count)
        }
        line.end()
        Terminal.print("因“\(cause)”搁置的 \(due.count) 个对象：已重新处理 \(due.count - failures.count) 个，仍不成 \(failures.count) 个。")
        guard failures.isEmpty else { throw CommandFailure.failed(failures.joined(separator: "\n")) }
    }

    private static func settle(_ arguments: Arguments, _ bus: BusClient, reason: String?) throws {
        let service = try Supervision.service(arguments.word(1, "服务名"))
        let stream = try Supervision.service(arguments.word(2, "来源"))
        let key = try arguments.word(3, "对象")
        _ = try bus.ask(
            service, SettleParked.name,
            JSONCoding.bytes(SettleParked(stream: stream.rawValue, key: key, discardReason: reason)),
            as: .program)
        Terminal.print(reason == nil ? "已重新处理。" : "已放弃，原因已记录。")
    }
}
