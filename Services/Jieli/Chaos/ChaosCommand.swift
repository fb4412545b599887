import Contracts
import Glibc
import Host
import Kernel
import Synchronization

/// Shows on real processes that nothing acknowledged is lost or doubled, whatever happens to them.
enum ChaosCommand: Subcommand {
    static let name = "chaos"
    static let summary = "以随机故障检验不丢不重"
    static let english = "harm a county of its own, and hold it against a ledger"
    static let options = ["runs", "seed", "people", "minutes", "faults", "only"]
    static let flags = ["json", "keep"]
    static let help = """
        用法：jieli chaos [参数]
          --runs N         轮数，每轮另起一县（默认 3）
          --minutes M      不限轮数，到 M 分钟后不再开始新的一轮
          --faults N       每轮的故障次数（默认 20）
          --people N       每轮移交的人数上限（默认 300）
          --seed S         第一轮的种子，以后各轮依次加一；同一种子的故障计划相同（默认随机）
          --only 名称      只做这些故障，以逗号分隔：
        \(names)
          --keep           各轮的数据都保留；有不符时总是保留
          --json           以 JSON 输出各轮结果
        自起一县真实进程（另用目录和端口，不碰正在运行的县），边办理边制造故障，故障结束后以账本逐条核对各服务的日志、
        取用位置和网关数字。--data 指定放各轮数据的新目录（默认在 /var/tmp 下）。写满磁盘需要 root。有任何不符，退出码为 1。
        """

    private static let names = ChaosFault.allCases.map {
        "                     \(Text.padded($0.rawValue, to: 14))\($0.chinese)"
    }.joined(separator: "\n")

    static func run(_ arguments: Arguments) throws {
        // Before the first thread: every thread inherits the mask.
        Signals.blockTermination()
        let options = try ChaosOptions(arguments)
        let interrupted = Mutex(false)
        let isInterrupted: @Sendable () -> Bool = { interrupted.withLock { $0 } }
        OwnThread.essential(name: "signals") {
            Signals.waitForTermination()
            interrupted.withLock { $0 = true }
            // This round's county is stopped in order, and what it has done is still held against its ledger.
            Terminal.complain("正在停止本轮并核对，至多需要两分钟……")
        }
        let report = try run(options, isInterrupted)
        if arguments.has("json") {
            Terminal.print(String(decoding: try JSONCoding.canonical(report), as: UTF8.self))
        } else {
            Terminal.print(report.text)
        }
        for path in report.kept { Terminal.complain("数据保留在 \(path)，账本为其中的 ledger.jsonl。") }
        guard report.violations.isEmpty else {
            throw CommandFailure.failed("有 \(report.violations.count) 项不符。可用同一种子重做：jieli chaos --runs 1 --seed 种子。")
        }
        guard !isInterrupted() else {
            throw CommandFailure(message: "已中断，以上只是已完成的部分。", status: CommandFailure.interruptedStatus)
        }
        if !arguments.has("json") { Terminal.print("没有丢失，没有重复。") }
    }

    private static func run(_ options: ChaosOptions, _ isInterrupted: @escaping @Sendable () -> Bool) throws
        -> ChaosReport
    {
        let began = MonotonicClock.milliseconds()
        var report = ChaosReport(runs: [], skipped: options.impossibleFaults, kept: [])
        while !isInterrupted() {
            let number = report.runs.count
            if let limit = options.limitInMilliseconds {
                if MonotonicClock.milliseconds() - began > limit { break }
            } else if number >= options.runs {
                break
            }
            let path = "\(options.folder)/run-\(number + 1)"
            let of = options.limitInMilliseconds == nil ? "/\(options.runs)" : ""
            var line = ProgressLine("第 \(number + 1)\(of) 轮（种子 \(options.seed + number)）", unit: "次故障")
            let outcome = try ChaosRun(
                options: options, seed: options.seed + number, path: path, isInterrupted: isInterrupted
            ).run { line.show($0, of: options.faults) }
            line.end()
            report.runs.append(outcome)
            if outcome.violations.isEmpty, !options.isKeeping {
                _ = try ChildProcess.run("/bin/rm", ["-rf", "--", path])
            } else {
                report.kept.append(path)
            }
        }
        rmdir(options.folder)
        return report
    }
}
