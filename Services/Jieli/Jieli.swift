import Glibc
import Kernel

/// 接力's command line for operators: its table of contents.
@main
enum Jieli {
    static var subcommands: [any Subcommand.Type] {
        [
            UpCommand.self, StatusCommand.self, DownCommand.self, RestartCommand.self, ScaleCommand.self,
            ImportCommand.self, RostersCommand.self, RunCommand.self, UndoCommand.self, UserCommand.self,
            ParkedCommand.self,
            VerifyCommand.self, BackupCommand.self, ReconcileCommand.self, RuleCommand.self, ChaosCommand.self,
            BenchCommand.self,
        ]
    }

    static func main() {
        CoreDumps.prevent()
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    private static func run(_ arguments: [String]) -> Int32 {
        guard let name = arguments.first, !["help", "--help", "-h"].contains(name) else {
            Terminal.print(help)
            return 0
        }
        guard let subcommand = subcommands.first(where: { $0.name == name }) else {
            Terminal.complain("没有“\(name)”这个命令。可用的命令：\(subcommands.map { $0.name }.joined(separator: "、"))")
            return CommandFailure.usageStatus
        }
        do {
            let arguments = try Arguments(Array(arguments.dropFirst()), of: subcommand)
            if arguments.has("help") {
                Terminal.print(subcommand.fullHelp)
                return 0
            }
            try subcommand.run(arguments)
            return 0
        } catch {
            let failure = CommandFailure(describing: error)
            Terminal.complain(failure.message)
            if failure.status == CommandFailure.usageStatus {
                Terminal.complain("用法见：jieli \(subcommand.name) --help")
            }
            return failure.status
        }
    }

    private static var help: String {
        let lines = subcommands.map {
            "  \(Text.padded($0.name, to: 10))\(Text.padded($0.summary, to: 26))\($0.english)"
        }
        return """
            接力——国有企业退休人员社会化管理移交系统
            Jieli: retirees of state-owned enterprises handed over to their communities.

            用法 Usage: jieli <命令 command> [参数 arguments]

            \(lines.joined(separator: "\n"))

            各命令的参数：jieli <命令> --help
            退出码 exit codes: 0 成功 done，1 未成 refused or failed，64 用法不对 usage，69 没有运行 not running
            """
    }
}
