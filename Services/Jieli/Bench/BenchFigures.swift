import Synchronization

/// What was measured, round by round. Names are stable: `--json` writes them.
struct BenchFigure: Codable, Sendable {
    var row: BenchRow
    /// What of the row, e.g. `50 callers, answers`.
    var what: String
    /// Who: `jieli`, `jieli alone`, or a rival's name.
    var by: String
    var unit: String
    var values: [Double]

    var median: Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private enum CodingKeys: CodingKey { case row, what, by, unit, values, median }

    init(row: BenchRow, what: String, by: String, unit: String) {
        (self.row, self.what, self.by, self.unit, values) = (row, what, by, unit, [])
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        row = try container.decode(BenchRow.self, forKey: .row)
        what = try container.decode(String.self, forKey: .what)
        by = try container.decode(String.self, forKey: .by)
        unit = try container.decode(String.self, forKey: .unit)
        values = try container.decode([Double].self, forKey: .values)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(row, forKey: .row)
        try container.encode(what, forKey: .what)
        try container.encode(by, forKey: .by)
        try container.encode(unit, forKey: .unit)
        try container.encode(values, forKey: .values)
        try container.encode(median, forKey: .median)
    }
}

/// One thing that is measured.
enum BenchRow: String, CaseIterable, Codable, Sendable {
    case disk
    case commands
    case queries
    case effect
    case catchUp = "catch-up"
    case roster
    case pages
    case failover
    case memory

    var chinese: String {
        switch self {
        case .disk: "磁盘"
        case .commands: "持久命令"
        case .queries: "查询"
        case .effect: "提交到他处生效"
        case .catchUp: "补取日志"
        case .roster: "导入名册"
        case .pages: "网页"
        case .failover: "故障接替"
        case .memory: "内存与空闲"
        }
    }
}

/// The machine, described without naming it.
struct BenchMachine: Codable, Sendable {
    var cores: Int
    var memoryInMebibytes: Int
    var processor: String
    var kernel: String
    var fileSystem: String
}

/// A whole bench.
struct BenchReport: Codable, Sendable {
    var machine: BenchMachine
    var rounds: Int
    /// Rivals that are not installed, and what a rival does not promise.
    var remarks: [String]
    var figures: [BenchFigure]

    /// In Markdown: a line for each thing measured, and beside it whoever else did the same.
    var table: String {
        var lines = ["| 项目 | 内容 | 谁 | 中位数 | 最小–最大 | 与接力之比 |", "| --- | --- | --- | ---: | ---: | ---: |"]
        for figure in figures {
            let ours = figures.first { $0.row == figure.row && $0.what == figure.what && $0.by.hasPrefix("jieli") }
            let ratio = ours.flatMap { ours in
                ours.by == figure.by || figure.median == 0 ? nil : Self.text(ours.median / figure.median)
            }
            let (least, most) = (figure.values.min() ?? 0, figure.values.max() ?? 0)
            lines.append(
                "| \(figure.row.chinese) | \(figure.what) | \(figure.by) | \(Self.text(figure.median)) \(figure.unit) "
                    + "| \(Self.text(least))–\(Self.text(most)) | \(ratio ?? "") |")
        }
        return lines.joined(separator: "\n")
    }

    /// Three figures that count, without an exponent.
    static func text(_ value: Double) -> String {
        if value >= 100 { return String(Int(value.rounded())) }
        let digits = value >= 10 ? 10.0 : 100.0
        let scaled = Int((value * digits).rounded())
        let fraction = String(scaled % Int(digits))
        let width = digits == 10 ? 1 : 2
        return "\(scaled / Int(digits))." + String(repeating: "0", count: max(0, width - fraction.count)) + fraction
    }
}
