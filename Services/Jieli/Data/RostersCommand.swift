import Contracts
import Domain

/// Lists the rosters.
enum RostersCommand: Subcommand {
    static let name = "rosters"
    static let summary = "列出已导入的名册"
    static let english = "list the rosters"
    static let options = ["enterprise"]
    static let flags = ["json"]
    static let help = """
        用法：jieli rosters [参数]
          --enterprise C   只列一家企业的
          --json           以 JSON 输出
        """

    static func run(_ arguments: Arguments) throws {
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        let rosters = try bus.ask(
            ListRosters(enterprise: arguments["enterprise"]), of: .registry, as: .program)
        if arguments.has("json") {
            return Terminal.print(String(decoding: try JSONCoding.canonical(rosters), as: UTF8.self))
        }
        if rosters.rows.isEmpty { return Terminal.print("还没有名册。") }
        Terminal.print(
            Text.table(
                [["名册", "企业", "导入日期", "状态", "行数", "登记", "未导入", "不属范围", "可撤销", "文件"]]
                    + rosters.rows.map {
                        [
                            String($0.roster), $0.enterprise, CalendarDay($0.importedAt).description,
                            $0.state.chinese, String($0.rowCount), String($0.registered), String($0.setAside),
                            String($0.outOfScope), $0.undoable ? "是" : "否", $0.fileName,
                        ]
                    }, right: [0, 4, 5, 6, 7]))
    }
}
