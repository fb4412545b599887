import FoundationEssentials
import Simulation

/// What all workers have said so far.
struct Verdict {
    struct Failure: Codable {
        var seed: UInt64
        var what: String
    }

    private struct Report: Codable {
        var county: String
        var firstSeed: UInt64
        var seeds: UInt64
        var held: UInt64
        var broken: [Failure]
        var figures: RunFigures
        var durationInMilliseconds: Int64
    }

    private let options: SimulateOptions
    private var held: UInt64 = 0
    private var broken: [Failure] = []
    private var figures = RunFigures()
    var durationInMilliseconds: Int64 = 0

    init(_ options: SimulateOptions) { self.options = options }

    /// Every seed came to its end, and nothing was broken.
    var holds: Bool { broken.isEmpty && held == options.seeds }

    var isBroken: Bool { !broken.isEmpty }

    mutating func take(_ line: WorkerLine) {
        switch line {
        case .held(let figures):
            held += 1
            self.figures = self.figures + figures
        case .broken(let seed, let what):
            broken.append(Failure(seed: seed, what: what))
            Simulate.say("种子 seed \(seed): \(what)\n  \(replay(seed))")
        }
    }

    private func replay(_ seed: UInt64) -> String {
        "./jieli simulate --county \(options.county.rawValue) --seed \(seed) --seeds 1"
    }

    func progress(afterMilliseconds span: Int64) -> String {
        let done = held + UInt64(broken.count)
        return "\(done)/\(options.seeds) 个种子，\(broken.count) 个未成立，每秒 \(perSecond(span)) 个 (seeds, broken, per second)"
    }

    private func perSecond(_ span: Int64) -> String {
        let tenths = Int64(held + UInt64(broken.count)) * 10_000 / max(1, span)
        return "\(tenths / 10).\(tenths % 10)"
    }

    var text: String {
        let seconds = durationInMilliseconds / 1000
        let head = holds ? "全部成立 all held" : "有保证未成立 not all held"
        var lines = [
            "\(head): \(options.county.rawValue), 种子 seeds \(options.first)…\(options.first + options.seeds - 1), "
                + "成立 held \(held), 未成立 broken \(broken.count)",
            "\(figures.text); \(seconds) s, 每秒 \(perSecond(durationInMilliseconds)) 个种子 seeds per second",
        ]
        lines += broken.prefix(20).map { "  \($0.seed): \($0.what)" }
        if let first = broken.first { lines.append("重现 replay: \(replay(first.seed))") }
        return lines.joined(separator: "\n")
    }

    var json: String {
        let report = Report(
            county: options.county.rawValue, firstSeed: options.first, seeds: options.seeds, held: held, broken: broken,
            figures: figures, durationInMilliseconds: durationInMilliseconds)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return (try? encoder.encode(report)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
