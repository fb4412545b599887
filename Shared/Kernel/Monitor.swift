import Glibc

/// A value behind a lock, on which threads can wait for a change. Times are measured by the monotonic clock, so that
/// setting the machine's clock wakes nobody early or late. A condition variable, because those who wait are threads of
/// our own that may block: nothing here runs on the cooperative pool.
public final class Monitor<State>: @unchecked Sendable {
    // The lock is what makes sharing safe; C wants both at a fixed address.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    public init(_ state: sending State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
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

    public func read<Result>(_ body: (State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(state)
    }

    /// Changes the value and wakes all who wait.
    public func update<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return body(&state)
    }

    /// Waits until `answer`, which may change the value, gives one; nil when the time is over first.
    /// - Parameter deadline: a moment of the monotonic clock.
    public func wait<Result>(
        untilMilliseconds deadline: Int64, _ answer: (inout State) -> Result?
    ) -> Result? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var time = timespec(tv_sec: Int(deadline / 1000), tv_nsec: Int(deadline % 1000) * 1_000_000)
        while true {
            if let result = answer(&state) { return result }
            if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { return answer(&state) }
        }
    }

    /// The same, for at most so long from now.
    public func wait<Result>(forMilliseconds span: Int, _ answer: (inout State) -> Result?) -> Result? {
        wait(untilMilliseconds: MonotonicClock.milliseconds() + Int64(span), answer)
    }
}
