/// Whole counties in one process, on seeded time, network and disks, under every misfortune that is known: the
/// program's own code with only its edges replaced. The same seed gives the same run.
public enum Simulation {
    /// Which services take part.
    public enum Kind: String, CaseIterable, Sendable {
        /// The registry and one follower.
        case small
        /// All seven departments and the gateway, people going the whole way.
        case whole
    }

    /// Runs one seed to its end and checks what is guaranteed.
    /// - Throws: what did not hold.
    @discardableResult
    public static func run(_ kind: Kind, seed: UInt64) throws -> RunFigures {
        switch kind {
        case .small: try SmallCounty(seed: seed).run()
        case .whole: try WholeCounty(seed: seed).run()
        }
    }
}

/// How much happened in a run.
public struct RunFigures: Equatable, Codable, Sendable {
    public var steps = 0
    public var crashes = 0
    public var powerCuts = 0
    public var hangs = 0
    public var fullDisks = 0
    /// Disks of which some syncs were to fail.
    public var failingDisks = 0
    /// Stores that were put back older, and followers that were upgraded on the way.
    public var putBack = 0
    public var upgraded = 0
    /// Events that say a deadline has passed.
    public var late = 0
    /// Standbys that took over.
    public var successions = 0
    /// Writers that found themselves replaced.
    public var fenced = 0
    /// Keys whose events were parked and replayed.
    public var parked = 0

    public init() {}

    /// For people.
    public var text: String {
        "\(steps) 步 steps; \(crashes) 次进程崩溃 crashes, \(powerCuts) 次断电 power cuts, \(hangs) 次停顿 hangs, "
            + "\(fullDisks) 次磁盘写满 full disks, \(failingDisks) 次同步失败 failed syncs; "
            + "\(putBack) 次换回旧数据 put back, \(upgraded) 次升级 upgraded, \(late) 次逾期 late; "
            + "\(successions) 次接任 successions, \(fenced) 次被取代 fenced, \(parked) 个搁置 parked"
    }

    public static func + (one: RunFigures, other: RunFigures) -> RunFigures {
        var sum = one
        let figures: [WritableKeyPath<RunFigures, Int>] = [
            \.steps, \.crashes, \.powerCuts, \.hangs, \.fullDisks, \.failingDisks, \.putBack, \.upgraded, \.late,
            \.successions, \.fenced, \.parked,
        ]
        for figure in figures {
            sum[keyPath: figure] += other[keyPath: figure]
        }
        return sum
    }
}

/// A guarantee that did not hold.
struct Broken: Error, CustomStringConvertible {
    let what: String

    var description: String { what }
}
