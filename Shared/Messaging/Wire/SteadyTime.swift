import Domain

/// A time that only moves forward and never jumps, made from the wall clock. Silence is measured with it: when the
/// clock is set, or this very program was stopped for a while, no peer may be taken for dead because of that.
struct SteadyTime: Sendable {
    /// A gap between two calls counts at most so much. Beats come every second, so a longer gap is our own.
    static let longestStepInMilliseconds: Int64 = 2000

    private(set) var milliseconds: Int64 = 0
    private(set) var wall: Timestamp

    init(wall: Timestamp) { self.wall = wall }

    mutating func advance(to now: Timestamp) {
        let step = now.milliseconds(since: wall)
        milliseconds += min(max(step, 0), SteadyTime.longestStepInMilliseconds)
        wall = now
    }

    /// The wall time at which this clock will show `target`, if nothing jumps.
    func wallTime(at target: Int64) -> Timestamp { wall.advanced(byMilliseconds: target - milliseconds) }
}
