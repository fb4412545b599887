import Glibc

/// A moment of a clock that nobody sets and that no other machine knows: for spans, not for dates. A simulation gives
/// each of its nodes a clock of its own.
public struct SteadyInstant: Hashable, Comparable, Sendable {
    /// Since a beginning of the clock's own.
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: SteadyInstant, right: SteadyInstant) -> Bool { left.milliseconds < right.milliseconds }

    public func advanced(byMilliseconds milliseconds: Int64) -> SteadyInstant {
        SteadyInstant(milliseconds: self.milliseconds + milliseconds)
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    public func milliseconds(since earlier: SteadyInstant) -> Int64 { milliseconds - earlier.milliseconds }
}

/// Where spans are measured from.
public protocol SteadyClock: Sendable {
    func instant() -> SteadyInstant
}

/// The clock that nobody sets: for measuring spans, not moments.
public struct MonotonicClock: SteadyClock {
    public init() {}

    public func instant() -> SteadyInstant { SteadyInstant(milliseconds: Self.milliseconds()) }

    public static func milliseconds() -> Int64 { microseconds() / 1000 }

    public static func microseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
