import Contracts

/// What one run found. Names are stable: `--json` prints them.
struct ChaosOutcome: Codable, Sendable {
    var seed: Int
    var durationInMilliseconds: Int64 = 0
    /// By `ChaosFault`.
    var faults: [String: Int] = [:]
    /// Faults that met nobody, e.g. a service that was just down.
    var missedFaults = 0
    var acknowledged = 0
    /// Of the acknowledged ones those whose answer was a refusal.
    var refused = 0
    var askedAgain = 0
    /// Answers "not for the moment", of which nothing is stored.
    var putOff = 0
    /// Asked again after the answer, which had to be the same.
    var repeated = 0
    var queries = 0
    var failedQueries = 0
    var events = 0
    var people = 0
    var handedOver = 0
    /// Groups of people whose whole way was done under faults.
    var groups = 0
    /// Figures of the gateway that were compared with a recount.
    var figures = 0
    /// From the faults' end until nobody was behind.
    var settledInMilliseconds: Int64?
    var longestWaitInMilliseconds: Int64 = 0
    var longestSilenceInMilliseconds: Int64 = 0
    var violations: [ChaosViolation] = []

    init(seed: Int) { self.seed = seed }

    mutating func take(_ tally: ChaosLedger.Tally) {
        acknowledged = tally.acknowledged
        refused = tally.refused
        askedAgain = tally.askedAgain
        putOff = tally.putOff
        repeated = tally.repeated
        queries = tally.queries
        failedQueries = tally.failedQueries
        longestWaitInMilliseconds = tally.longestWaitInMilliseconds
        longestSilenceInMilliseconds = tally.longestSilenceInMilliseconds
        violations = tally.violations
    }
}

/// What all runs found together.
struct ChaosReport: Codable, Sendable {
    /// At most so many violations are told each by itself.
    private static let mostTold = 20

    var runs: [ChaosOutcome]
    /// Faults that this machine does not let us make, and why.
    var skipped: [String: String]
    /// Where the counties with violations lie.
    var kept: [String]

    var violations: [ChaosViolation] { runs.flatMap(\.violations) }

    private func sum(_ figure: (ChaosOutcome) -> Int) -> Int { runs.map(figure).reduce(0, +) }

    private func count(_ kind: ChaosViolation.Kind) -> Int { violations.count { $0.kind == kind } }

    var text: String {
        var faults: [ChaosFault: Int] = [:]
        for (name, count) in runs.flatMap(\.faults) {
            if let fault = ChaosFault(rawValue: name) { faults[fault, default: 0] += count }
        }
        let byKind = ChaosFault.allCases.compactMap { fault in faults[fault].map { "\(fault.chinese) \($0)" } }
        let waits = runs.map(\.longestWaitInMilliseconds).max() ?? 0
        let silence = runs.map(\.longestSilenceInMilliseconds).max() ?? 0
        let settled = runs.compactMap(\.settledInMilliseconds).max() ?? 0
        var lines = [
            "\(runs.count) 轮，\(faults.values.reduce(0, +)) 次故障：\(byKind.joined(separator: "，"))。"
                + "另有 \(sum(\.missedFaults)) 次没有碰到对象。",
            "已答复命令 \(sum(\.acknowledged)) 条（其中拒绝 \(sum(\.refused)) 条），中途再问 \(sum(\.askedAgain)) 次，"
                + "暂缓 \(sum(\.putOff)) 次，答复后再问 \(sum(\.repeated)) 次；查询 \(sum(\.queries)) 次，"
                + "未得答复 \(sum(\.failedQueries)) 次。",
            "日志 \(sum(\.events)) 条；\(sum(\.people)) 人，全程在故障中办完 \(sum(\.groups)) 批，最终移交完成 \(sum(\.handedOver)) 人；"
                + "核对网关数字 \(sum(\.figures)) 个。",
            "一条命令最久等了 \(Self.seconds(waits)) 秒，全县最久无答复 \(Self.seconds(silence)) 秒，"
                + "故障结束后最久 \(Self.seconds(settled)) 秒跟齐。",
        ]
        for (name, why) in skipped.sorted(by: { $0.key < $1.key }) {
            lines.append("未做：\(ChaosFault(rawValue: name)?.chinese ?? name)（\(why)）")
        }
        lines.append(ChaosViolation.Kind.allCases.map { "\($0.chinese) \(count($0))" }.joined(separator: "，") + "。")
        for run in runs {
            for violation in run.violations.prefix(Self.mostTold) {
                lines.append("种子 \(run.seed) \(violation.kind.chinese)：\(violation.text)")
            }
            let rest = run.violations.count - Self.mostTold
            if rest > 0 { lines.append("种子 \(run.seed)：……还有 \(rest) 项") }
        }
        return lines.joined(separator: "\n")
    }

    /// With one decimal.
    private static func seconds(_ milliseconds: Int64) -> String {
        "\(milliseconds / 1000).\(milliseconds % 1000 / 100)"
    }
}
