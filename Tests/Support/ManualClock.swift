import Domain
import Kernel
import Synchronization

/// Two clocks that stand still until they are moved: the wall's, which may be set, and the steady one.
public final class ManualClock: WallClock, SteadyClock {
    private let moment: Mutex<Timestamp>
    private let steady = Mutex(SteadyInstant(milliseconds: 0))

    /// - Parameter day: noon of that day in Asia/Shanghai.
    public init(_ day: CalendarDay = CalendarDay("2026-11-24")!) {
        moment = Mutex(day.start.advanced(byMilliseconds: 12 * 3_600_000))
    }

    public func now() -> Timestamp { moment.withLock { $0 } }

    public func instant() -> SteadyInstant { steady.withLock { $0 } }

    public func set(_ moment: Timestamp) { self.moment.withLock { $0 = moment } }

    public func set(_ day: CalendarDay) { set(day.start.advanced(byMilliseconds: 12 * 3_600_000)) }

    /// Time passes, on both clocks.
    public func advance(byMilliseconds milliseconds: Int64) {
        steady.withLock { $0 = $0.advanced(byMilliseconds: milliseconds) }
        moment.withLock { $0 = $0.advanced(byMilliseconds: milliseconds) }
    }
}

/// Random numbers that a seed repeats (SplitMix64).
public final class SeededRandomness: Randomness {
    private let state: Mutex<UInt64>

    public init(seed: UInt64) { state = Mutex(seed) }

    public func number() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    public func number(below limit: Int) -> Int { Int(number() % UInt64(limit)) }

    /// True in `percent` of a hundred cases.
    public func chance(_ percent: Int) -> Bool { number(below: 100) < percent }
}
