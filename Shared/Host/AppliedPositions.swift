import Contracts
import Domain
import Glibc

/// How far each followed log is applied, for those who wait to see what they just did.
public final class AppliedPositions: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var positions: [ServiceName: Int64] = [:]
    private var version: UInt64 = 0

    public init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // Waiting follows the monotonic clock, so that setting the machine's time wakes or stalls nobody.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func set(_ stream: ServiceName, _ seq: Int64) {
        pthread_mutex_lock(mutex)
        if positions[stream].map({ $0 < seq }) ?? true {
            positions[stream] = seq
            version += 1
            pthread_cond_broadcast(condition)
        }
        pthread_mutex_unlock(mutex)
    }

    /// Blocks the calling thread until `stream` is applied up to `seq`.
    /// - Returns: false when the time-out passed first.
    public func wait(for stream: ServiceName, seq: Int64, timeoutInMilliseconds: Int) -> Bool {
        var until = Self.moment(after: timeoutInMilliseconds)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while positions[stream] ?? 0 < seq {
            if pthread_cond_timedwait(condition, mutex, &until) == ETIMEDOUT { return positions[stream] ?? 0 >= seq }
        }
        return true
    }

    /// Blocks the calling thread until anything was applied after `version`, or the time is over.
    /// - Returns: the present version; begin with 0.
    public func waitForChange(after version: UInt64, timeoutInMilliseconds: Int) -> UInt64 {
        var until = Self.moment(after: timeoutInMilliseconds)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while self.version == version {
            if pthread_cond_timedwait(condition, mutex, &until) == ETIMEDOUT { break }
        }
        return self.version
    }

    private static func moment(after milliseconds: Int) -> timespec {
        var until = timespec()
        clock_gettime(CLOCK_MONOTONIC, &until)
        until.tv_sec += milliseconds / 1000
        until.tv_nsec += milliseconds % 1000 * 1_000_000
        if until.tv_nsec >= 1_000_000_000 {
            until.tv_sec += 1
            until.tv_nsec -= 1_000_000_000
        }
        return until
    }
}
