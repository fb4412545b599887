import Contracts
import Domain
import Glibc

/// Rules as dated data: lists them, shows one's history, sets a value from a day on.
enum RuleCommand: Subcommand {
    static let name = "rule"
    static let summary = "查看、设定规则参数"
    static let english = "dated numbers and tables that rules go by"
    static let options = ["from", "source"] + CommandAccount.options
    static let flags = ["retroactive", "dry-run", "yes", "json"] + CommandAccount.flags
    static let wordLimit = 3
    static let help = """
        用法：jieli rule list [服务名] [--json]
              jieli rule show 名称 [--json]
              jieli rule set 名称 值 --from 日期 --source 依据 [参数]
          list             列出各服务的规则参数和今天的值
          show             列出一项的全部值、起始日和依据
          set              自某日起设定新值；先显示影响到谁，确认后才保存，原有各值不变
          --from DAY       起始日，如 2027-01-01
          --source TEXT    依据的文件和条款
          --retroactive    起始日以后已作出而尚未办结的决定也按新值重算；已办结的不变
          --dry-run        只显示影响到谁，不保存
          --yes            不再询问
        \(CommandAccount.help)
        """

    static func run(_ arguments: Arguments) throws {
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        switch try arguments.word(0, "动作（list、show 或 set）") {
        case "list": try list(arguments, bus)
        case "show": try show(arguments, bus)
        case "set": try set(arguments, bus)
        case let other: throw CommandFailure.usage("不认识“\(other)”，应为 list、show 或 set。")
        }
    }

    private static func list(_ arguments: Arguments, _ bus: BusClient) throws {
        let services = arguments.words.count > 1 ? [try Supervision.service(arguments.words[1])] : Supervision.storing
        let found = try histories(bus, of: services)
        if arguments.has("json") {
            let byService = Dictionary(grouping: found, by: \.service.rawValue).mapValues { $0.map(\.history) }
            return Terminal.print(String(decoding: try JSONCoding.canonical(byService), as: UTF8.self))
        }
        let today = CalendarDay(SystemClock().now())
        let rows = found.map { found -> [String] in
            let row = found.history.rows.last { $0.holdsFrom <= today }
            return [
                found.service.rawValue, found.history.name, found.history.title, row?.text ?? "-",
                row?.holdsFrom.description ?? "-", row?.source ?? "",
            ]
        }
        Terminal.print(Text.table([["服务", "名称", "规则", "今天的值", "起始日", "依据"]] + rows))
    }

    private static func show(_ arguments: Arguments, _ bus: BusClient) throws {
        let history = try find(arguments, bus).history
        if arguments.has("json") {
            return Terminal.print(String(decoding: try JSONCoding.canonical(history), as: UTF8.self))
        }
        let rows = history.rows.map { row in
            [
                row.holdsFrom.description, row.text, row.source, row.setBy ?? "随程序",
                row.setAt.map { CalendarDay($0).description } ?? "",
            ]
        }
        Terminal.print(
            """
            \(history.title)（\(history.name)）
            值：\(history.form)
            可设定：\(history.roles.map(\.chinese).joined(separator: "、"))

            \(Text.table([["起始日", "值", "依据", "设定人", "设定日"]] + rows))
            """)
    }

    private static func set(_ arguments: Arguments, _ bus: BusClient) throws {
        guard let text = arguments["from"], let day = CalendarDay(text) else {
            throw CommandFailure.usage("--from 应为日期，如 2027-01-01。")
        }
        guard let source = arguments["source"] else { throw CommandFailure.usage("缺少 --source 依据。") }
        let value = json(try arguments.word(2, "值"))
        let found = try find(arguments, bus)
        let officer = try CommandAccount.officer(arguments, bus)
        func ask(isPreview: Bool) throws -> ParameterReach {
            try bus.ask(
                SetParameter(
                    parameter: found.history.name, value: value, holdsFrom: day, source: source,
                    isRetroactive: arguments.has("retroactive"), isPreview: isPreview),
                of: found.service, as: officer)
        }
        let reach = try ask(isPreview: true)
        let isSet = try !arguments.has("dry-run") && confirm(arguments, found.history, day, reach)
        let final = isSet ? try ask(isPreview: false) : reach
        if arguments.has("json") {
            let outcome = RuleOutcome(name: found.history.name, isSet: isSet, reach: final)
            return Terminal.print(String(decoding: try JSONCoding.canonical(outcome), as: UTF8.self))
        }
        Terminal.print(
            isSet ? "已设定，自\(day.chinese)起适用：重算 \(count(final.changed)) 件。" : "\(table(reach))\n没有保存。")
    }

    /// Shows whom it concerns, and asks unless told not to.
    private static func confirm(
        _ arguments: Arguments, _ history: ParameterHistory, _ day: CalendarDay, _ reach: ParameterReach
    ) throws -> Bool {
        if arguments.has("yes") { return true }
        Terminal.complain(table(reach))
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure.usage("标准输入不是终端，不能询问。请先用 --dry-run 查看影响，再加 --yes。")
        }
        Terminal.complain("自\(day.chinese)起设定“\(history.title)”，保存后不能改动。确定吗？输入 yes：")
        return readLine() == "yes"
    }

    private static func table(_ reach: ParameterReach) -> String {
        let areas = Set((reach.changed + reach.kept + reach.upcoming).map(\.area.text)).sorted()
        let rows = areas.map { area in
            [name(area)]
                + [reach.changed, reach.kept, reach.upcoming].map { units in
                    String(count(units.filter { $0.area.text == area }))
                }
        }
        let total = ["合计"] + [reach.changed, reach.kept, reach.upcoming].map { String(count($0)) }
        return Text.table([["单位", "重算", "已办结不变", "今后适用"]] + rows + [total], right: [1, 2, 3])
    }

    private static func name(_ area: String) -> String {
        if case .township(let code) = Area(text: area) { return Township(code)?.name ?? area }
        return area
    }

    private static func count(_ units: [ParameterReach.Unit]) -> Int { units.reduce(0) { $0 + $1.count } }

    private static func find(
        _ arguments: Arguments, _ bus: BusClient
    ) throws -> (service: ServiceName, history: ParameterHistory) {
        let name = try arguments.word(1, "规则参数的名称")
        guard let found = try histories(bus, of: Supervision.storing).first(where: { $0.history.name == name }) else {
            throw CommandFailure.failed("没有“\(name)”这个规则参数。用 jieli rule list 查看名称。")
        }
        return found
    }

    private static func histories(
        _ bus: BusClient, of services: [ServiceName]
    ) throws -> [(service: ServiceName, history: ParameterHistory)] {
        try services.flatMap { service in
            try bus.ask(ListParameters(), of: service, as: .program).parameters.map { (service, $0) }
        }
    }

    /// A number, a list or an object as it is; anything else is meant as a text.
    private static func json(_ word: String) -> String {
        if let first = word.first, first.isNumber || "{[\"-".contains(first) { return word }
        return String(decoding: (try? JSONCoding.bytes(word)) ?? [], as: UTF8.self)
    }
}

/// What `rule set --json` prints.
private struct RuleOutcome: Encodable {
    var name: String
    var isSet: Bool
    var reach: ParameterReach
}
