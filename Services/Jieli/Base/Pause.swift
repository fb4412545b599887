import Glibc
import Kernel

/// Waiting, on threads of our own.
enum Pause {
    static func milliseconds(_ span: Int) { usleep(useconds_t(max(0, span)) * 1000) }

    /// Waits until it is so. - Returns: false when it was not in time.
    static func until(withinMilliseconds limit: Int64, _ isSo: () -> Bool) -> Bool {
        let giveUpAt = MonotonicClock.milliseconds() + limit
        while !isSo() {
            guard MonotonicClock.milliseconds() < giveUpAt else { return false }
            milliseconds(20)
        }
        return true
    }
}
