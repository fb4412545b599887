import Glibc

/// The clock that nobody sets: for measuring spans, not moments.
public enum MonotonicClock {
    public static func milliseconds() -> Int64 { microseconds() / 1000 }

    public static func microseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
