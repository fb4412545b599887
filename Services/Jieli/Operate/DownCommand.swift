import Glibc

/// Stops a county in order.
enum DownCommand: Subcommand {
    static let name = "down"
    static let summary = "停止全部服务"
    static let english = "stop all services"
    static let help = "用法：jieli down"

    static func run(_ arguments: Arguments) throws {
        let county = try CountyFolder(arguments)
        let answer = try ControlSocket.ask(county, ControlRequest(action: .stop))
        // The lock tells more than the process number, which outlives its process where nobody collects it.
        // Three groups one after the other, each with its time of grace.
        for _ in 0..<(Supervision.graceInSeconds * 4 * 20) {
            if CountyLock.isFree(county) { return Terminal.print("已停止。") }
            usleep(50_000)
        }
        throw CommandFailure.failed("没有按时停止，进程 \(answer.processIdentifier) 仍在。请查看 \(county.supervisorLog)。")
    }
}
