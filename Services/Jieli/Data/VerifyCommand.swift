import Contracts
import Glibc
import Host

/// Checks every store's log from its first event to its last, whether the services run or not.
enum VerifyCommand: Subcommand {
    static let name = "verify"
    static let summary = "核验日志未被改动"
    static let english = "check that no log was altered"
    static let flags = ["json"]
    static let help = """
        用法：jieli verify [参数]
          --json           以 JSON 输出
        服务运行与否都可核验。逐条重算日志的国密 SM3 链，与其他服务取用时的校验值、每日封存的查阅记录互相核对，
        并做数据库自检；有问题时退出码为 1。
        请抄存“末条”与“校验值”：以后同一序号的校验值不同，即说明日志被改写。
        """

    static func run(_ arguments: Arguments) throws {
        let county = try CountyFolder(arguments)
        var lines = Supervision.storing.compactMap { line($0, county) }
        StoreCheck.compare(&lines) { county.storeFile($0) }
        guard lines.contains(where: \.isThere) else {
            throw CommandFailure.failed("\(county.path) 中没有数据。请用 --data 指定数据目录。")
        }
        if arguments.has("json") {
            Terminal.print(String(decoding: try JSONCoding.canonical(lines), as: UTF8.self))
        } else {
            Terminal.print(StoreCheck.text(lines))
        }
        let bad = lines.filter { !$0.isSound }
        guard bad.isEmpty else {
            let names = bad.map(\.service.chinese).joined(separator: "、")
            throw CommandFailure.failed("\(names) 的数据有问题。请停止该服务，保留现场，从备份恢复。")
        }
    }

    /// Nil when the service is none of this machine's: it has neither a store nor a sealing key here.
    private static func line(_ service: ServiceName, _ county: CountyFolder) -> StoreCheck? {
        let path = county.storeFile(service)
        if access(path, F_OK) == 0 { return StoreCheck(service, at: path) }
        let isOurs = access(KeyFolder(county.keys).sealingFile(service), F_OK) == 0
        return isOurs ? .missing(service, at: path) : nil
    }
}
