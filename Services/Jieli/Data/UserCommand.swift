import Contracts
import Domain
import FoundationEssentials
import Glibc

/// The accounts of the web pages.
enum UserCommand: Subcommand {
    static let name = "user"
    static let summary = "登记、查看、停用网页账号，重设密码"
    static let english = "enter, list, disable and end accounts, or set a password anew"
    static let options = ["role", "area", "display", "reason"]
    static let flags = ["password-stdin", "change", "must-change", "json"]
    static let wordLimit = 2
    static let help = """
        用法：jieli user list [--json]
              jieli user add 账号 --role R [参数]
              jieli user disable|enable|end 账号 --reason 原因
              jieli user sign-out 账号
              jieli user no-factor 账号 --reason 原因
          list             列出全部账号：职责、范围、状态、上次登录
          add              登记账号；已有的，重设密码，它的登录随即全部结束
          disable、enable  停用、恢复账号；停用时它的登录随即全部结束
          end              注销账号，不能恢复，账号名不再使用
          sign-out         结束该账号的全部登录
          no-factor        取消动态口令（本人丢失了手机和恢复码）
          账号             2 至 32 个小写英文字母、数字、点、横线或下划线，如 yisa
          --role R         职责：\(Role.allCases.map { "\($0.rawValue) \($0.chinese)" }.joined(separator: "，"))
          --area A         范围：county（默认）、township:乡镇代码、enterprise:企业代码
          --display TEXT   显示名称（默认取职责的名称）
          --change         账号已有时，改成这里给的职责和范围（否则只重设密码）
          --must-change    下次登录时须改成本人自己的密码
          --password-stdin 从标准输入读密码（至少 8 位），否则在终端询问
          --reason TEXT    停用、恢复或注销的原因，记入日志
          --json           以 JSON 输出
        """

    static func run(_ arguments: Arguments) throws {
        let action = try arguments.word(0, "动作（list、add、disable、enable、end 或 sign-out）")
        switch action {
        case "list": try list(arguments)
        case "add": try add(arguments)
        case "disable": try set(.disabled, arguments)
        case "enable": try set(.active, arguments)
        case "end": try set(.ended, arguments)
        case "sign-out": try signOut(arguments)
        case "no-factor": try removeFactor(arguments)
        default: throw CommandFailure.usage("不认识“\(action)”，应为 list、add、disable、enable、end 或 sign-out。")
        }
    }

    private static func list(_ arguments: Arguments) throws {
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        let accounts = try bus.ask(ListAccounts(), of: .accounts, as: .program)
        if arguments.has("json") {
            return Terminal.print(String(decoding: try JSONCoding.canonical(accounts), as: UTF8.self))
        }
        let rows = accounts.rows.map { row in
            [
                row.user, row.displayName, row.role.chinese, row.area.text, row.state.chinese,
                row.lastSignIn.map { CalendarDay($0).description } ?? "从未登录", String(row.sessions), row.recordedBy,
            ]
        }
        Terminal.print(
            Text.table([["账号", "名称", "职责", "范围", "状态", "上次登录", "在用登录", "登记人"]] + rows, right: [6]))
    }

    private static func add(_ arguments: Arguments) throws {
        let user = try arguments.word(1, "账号")
        guard let role = arguments["role"].flatMap(Role.init(rawValue:)) else {
            throw CommandFailure.usage("--role 应为：\(Role.allCases.map(\.rawValue).joined(separator: "、"))。")
        }
        let area = try area(arguments["area"] ?? "county", of: role)
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        let password =
            arguments.has("password-stdin")
            ? readLine() ?? "" : try Terminal.askPassword("\(user) 的密码（至少 8 位）：")
        _ = try bus.ask(
            RecordAccount(
                user: user, displayName: arguments["display"] ?? role.chinese, role: role, area: area,
                password: password, replaces: arguments.has("change") ? true : nil,
                mustChangePassword: arguments.has("must-change") ? true : nil), of: .accounts, as: .program)
        Terminal.print("账号 \(user) 已登记：\(role.chinese)，范围 \(area.text)。")
    }

    private static func set(_ state: AccountState, _ arguments: Arguments) throws {
        let user = try arguments.word(1, "账号")
        guard let reason = arguments["reason"] else { throw CommandFailure.usage("缺少 --reason 原因。") }
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        _ = try bus.ask(SetAccountState(user: user, state: state, reason: reason), of: .accounts, as: .program)
        Terminal.print("账号 \(user)：\(state.chinese)。")
    }

    private static func removeFactor(_ arguments: Arguments) throws {
        let user = try arguments.word(1, "账号")
        guard let reason = arguments["reason"] else { throw CommandFailure.usage("缺少 --reason 原因。") }
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        _ = try bus.ask(RemoveSecondFactor(user: user, reason: reason), of: .accounts, as: .program)
        Terminal.print("账号 \(user) 的动态口令已取消。")
    }

    private static func signOut(_ arguments: Arguments) throws {
        let user = try arguments.word(1, "账号")
        let bus = try RunningBus.connect(CountyFolder(arguments))
        defer { bus.stop() }
        _ = try bus.ask(EndSessions(user: user), of: .accounts, as: .program)
        Terminal.print("账号 \(user) 的登录已全部结束。")
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
