import Contracts
import Domain
import Sealing

/// Enters an account of the web pages.
enum UserCommand: Subcommand {
    static let name = "user"
    static let summary = "登记网页账号或重设密码"
    static let english = "enter an account, or set its password anew"
    static let options = ["role", "area", "display"]
    static let flags = ["password-stdin", "change"]
    static let wordLimit = 2
    static let shortestPassword = 8
    static let help = """
        用法：jieli user add 账号 --role R [参数]
          账号             2 至 32 个字符，如 yisa
          --role R         职责：\(Role.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "，"))
          --area A         范围：county（默认）、township:乡镇代码、enterprise:企业代码
          --display TEXT   显示名称（默认取职责的名称）
          --change         账号已有时，改成这里给的职责和范围（否则只重设密码）
          --password-stdin 从标准输入读密码（至少 \(shortestPassword) 位），否则在终端询问
        """

    static func run(_ arguments: Arguments) throws {
        guard try arguments.word(0, "动作（add）") == "add" else { throw CommandFailure.usage("目前只有 add。") }
        let user = try arguments.word(1, "账号")
        guard let role = arguments["role"].flatMap(Role.init(rawValue:)) else {
            throw CommandFailure.usage("--role 应为：\(Role.allCases.map(\.rawValue).joined(separator: "、"))。")
        }
        let area = try area(arguments["area"] ?? "county", of: role)
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        let password =
            arguments.has("password-stdin")
            ? readLine() ?? "" : try Terminal.askPassword("\(user) 的密码（至少 \(shortestPassword) 位）：")
        guard password.count >= shortestPassword else {
            throw CommandFailure.failed("密码太短，至少 \(shortestPassword) 位。")
        }
        _ = try bus.ask(
            RecordUser(
                user: user, displayName: arguments["display"] ?? role.chinese, role: role, area: area,
                passwordHash: try PasswordHash.make(password), replaces: arguments.has("change") ? true : nil),
            of: .gateway, as: BusStatus.officer)
        Terminal.print("账号 \(user) 已登记：\(role.chinese)，范围 \(area.text)。")
    }

    private static func area(_ text: String, of role: Role) throws -> Area {
        guard let area = Area(text: text) else {
            throw CommandFailure.usage("--area 应为 county、township:乡镇代码 或 enterprise:企业代码。")
        }
        switch (role, area) {
        case (.township, .township(let code)):
            guard Township(code) != nil else {
                let known = Township.all.map { "\($0.code) \($0.name)" }.joined(separator: "，")
                throw CommandFailure.usage("没有乡镇 \(code)。可选：\(known)。")
            }
        case (.enterprise, .enterprise): break
        case (.township, _): throw CommandFailure.usage("乡镇账号须用 --area township:乡镇代码。")
        case (.enterprise, _): throw CommandFailure.usage("企业账号须用 --area enterprise:企业代码。")
        default: break
        }
        return area
    }
}
