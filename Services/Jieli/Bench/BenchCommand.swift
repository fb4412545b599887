import Contracts
import Glibc
import Host
import Kernel

/// Measures what the system can do, with rivals beside it in the same run.
enum BenchCommand: Subcommand {
    static let name = "bench"
    static let summary = "测量性能，与同类并排"
    static let english = "measure, with rivals beside it"
    static let options = ["rounds", "json", "plots"]
    static let flags = ["short", "million"]
    static let wordLimit = BenchRow.allCases.count
    static let help = """
        用法：jieli bench [项目…] [参数]
          项目             不写则全部：
        \(rows)
          --rounds N       轮数，各方轮流测量，取中位数（默认 5）
          --short          只测一轮，每项很短：看各项能否测出，不看数值
          --million        网页一项加测 100 万人（装载需数分钟）
          --json FILE      把全部数值写入新文件 FILE
          --plots DIR      把图（SVG）写入目录 DIR
        自起几个县（另用目录和端口，不碰正在运行的县）。redis-server、nats-server 未安装时只测自己。
        --data 指定放数据的新目录（默认在 /var/tmp 下）；磁盘不同，结果不同。
        """

    private static let rows = BenchRow.allCases.map {
        "                     \(Text.padded($0.rawValue, to: 12))\($0.chinese)"
    }.joined(separator: "\n")

    static func run(_ arguments: Arguments) throws {
        Signals.blockTermination()
        let rows = try arguments.words.map { word in
            guard let row = BenchRow(rawValue: word) else {
                let known = BenchRow.allCases.map(\.rawValue).joined(separator: "、")
                throw CommandFailure.usage("没有“\(word)”这一项。可选：\(known)。")
            }
            return row
        }
        if let file = arguments["json"], access(file, F_OK) == 0 {
            throw CommandFailure.failed("\(file) 已经存在，不会覆盖。请给 --json 换一个文件名。")
        }
        let rounds = try arguments.number("rounds", standard: arguments.has("short") ? 1 : 5, in: 1...100)
        let folder = try OwnFolder.make(arguments["data"], name: "bench")
        let bench = Bench(
            folder: folder, rounds: rounds, isShort: arguments.has("short"), hasMillion: arguments.has("million"))
        OwnThread.essential(name: "signals") {
            Signals.waitForTermination()
            OwnProcesses.kill(in: folder)
            _ = try? ChildProcess.run("/bin/rm", ["-rf", "--", folder])
            _exit(CommandFailure.interruptedStatus)
        }
        defer { _ = try? ChildProcess.run("/bin/rm", ["-rf", "--", folder]) }
        do {
            defer { bench.stop() }
            for row in rows.isEmpty ? BenchRow.allCases : rows { try bench.run(row) }
        }
        if Terminal.isInteractive { Terminal.show("") }
        let report = BenchReport(
            machine: BenchMachine(of: folder), rounds: rounds, remarks: bench.remarks, figures: bench.figures)
        if let file = arguments["json"] {
            try SmallFile.replace(file, with: String(decoding: try JSONCoding.canonical(report), as: UTF8.self) + "\n")
        }
        if let target = arguments["plots"] { try BenchPlots(report).write(into: CountyFolder(path: target).path) }
        Terminal.print(report.machine.text)
        Terminal.print(report.table)
        for remark in report.remarks { Terminal.print(remark) }
    }
}

extension BenchMachine {
    /// - Parameter folder: on the disk that was measured.
    init(of folder: String) {
        let processor = (try? Folders.text("/proc/cpuinfo")) ?? ""
        let memory = (try? Folders.text("/proc/meminfo")) ?? ""
        let kernel = (try? Folders.text("/proc/sys/kernel/osrelease")) ?? ""
        func value(_ text: String, _ name: String) -> String? {
            text.split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: ":", maxSplits: 1).last
                .map { String($0.drop { $0 == " " }) }
        }
        cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        memoryInMebibytes =
            (value(memory, "MemTotal")?.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) } ?? 0) / 1024
        self.processor = value(processor, "model name") ?? "?"
        self.kernel = String(kernel.prefix { !$0.isWhitespace && $0 != "-" })
        var mounted = ("", "?")
        for line in ((try? Folders.text("/proc/mounts")) ?? "").split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let isAbove = words.count > 2 && (folder.hasPrefix(words[1] == "/" ? "/" : words[1] + "/"))
            if isAbove, words[1].utf8.count >= mounted.0.utf8.count { mounted = (words[1], words[2]) }
        }
        fileSystem = mounted.1
    }

    var text: String {
        "机器：\(cores) 核 \(processor)，内存 \(memoryInMebibytes) MiB，Linux \(kernel)，文件系统 \(fileSystem)"
    }
}
