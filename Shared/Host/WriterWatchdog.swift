import Glibc
import Kernel
import Messaging

/// Ends this process when its writer has had work for ten seconds and done none of it: the store's lock is free then,
/// another instance takes over or the supervisor starts one, and what was asked is asked again under its number. A
/// process that is stopped as a whole cannot do this; its supervisor does.
enum WriterWatchdog {
    private static let stepInMilliseconds = 500

    /// - Parameter hung: called once, on the watchdog's thread, with the time for which the writer stands.
    static func start(_ pulse: WriterPulse, hung: @escaping @Sendable (_ milliseconds: Int64) -> Void) {
        OwnThread.essential(name: "watchdog") {
            let clock = MonotonicClock()
            // A process that was stopped and goes on must not take the while for its writer's.
            var time = WakingTime(clock.instant())
            var watch = WriterWatch()
            while !pulse.isStopped {
                usleep(UInt32(stepInMilliseconds * 1000))
                time.advance(to: clock.instant())
                watch.note(pulse.turn, now: time.milliseconds)
                if watch.isHung(now: time.milliseconds) {
                    return hung(watch.stuckForInMilliseconds(now: time.milliseconds) ?? 0)
                }
            }
        }
    }
}
