import Contracts
import Domain
import Glibc

/// Takes a whole roster back.
enum UndoCommand: Subcommand {
    static let name = "undo"
    static let summary = "整体撤销一份名册"
    static let english = "take a roster back"
    static let options = ["reason"] + CommandAccount.options
    static let flags = CommandAccount.flags
    static let wordLimit = 1
    static let help = """
        用法：jieli undo 名册号 --reason 原因 [参数]
          名册号           见 jieli rosters；名册中有人核准登记后就不能整体撤销
          --reason TEXT    撤销的原因，记入日志
        \(CommandAccount.help)
        """

    static func run(_ arguments: Arguments) throws {
        guard let roster = Int64(try arguments.word(0, "名册号")) else { throw CommandFailure.usage("名册号应为整数。") }
        guard let reason = arguments["reason"] else { throw CommandFailure.usage("缺少 --reason 原因。") }
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        let officer = try CommandAccount.officer(arguments, bus)
        let undone = try bus.ask(UndoRoster(roster: roster, reason: reason), of: .registry, as: officer)
        try wait(for: roster, of: undone.removed, officer, bus)
        Terminal.print("名册 \(roster) 已撤销，\(undone.removed) 人移出台账。")
    }

    /// A long roster's people leave one after the other.
    private static func wait(for roster: Int64, of people: Int, _ officer: Officer?, _ bus: BusClient) throws {
        var progress = ProgressLine("已移出", unit: "人")
        defer { progress.end() }
        while let leaving = try bus.ask(GetRoster(roster: roster), of: .registry, as: officer).leaving {
            progress.show(people - leaving, of: people)
            usleep(200_000)
        }
    }
}
