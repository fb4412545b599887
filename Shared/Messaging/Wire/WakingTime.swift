import Kernel

/// The time during which this program was awake. Silence is measured with it: when this very program was stopped for a
/// while, no peer may be taken for dead because of that. What somebody waits for is measured by ``instant``, since the
/// asker waits on while we sleep.
public struct WakingTime: Sendable {
    /// A gap between two calls counts at most so much. Beats come every second, so a longer gap is our own.
    static let longestStepInMilliseconds: Int64 = 2000

    public private(set) var milliseconds: Int64 = 0
    public private(set) var instant: SteadyInstant

    public init(_ instant: SteadyInstant) { self.instant = instant }

    public mutating func advance(to now: SteadyInstant) {
        let step = now.milliseconds(since: instant)
        milliseconds += min(max(step, 0), WakingTime.longestStepInMilliseconds)
        instant = now
    }

    /// The instant at which this clock will show `target`, if we stay awake.
    func instant(at target: Int64) -> SteadyInstant { instant.advanced(byMilliseconds: target - milliseconds) }
}
