import Glibc

/// A queue from many threads to one, which takes everything that is waiting at once. A condition variable, because the
/// taker is a thread of our own that may block; nothing here runs on the cooperative pool.
public final class WorkQueue<Element: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var elements: [Element] = []
    private var isClosed = false

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

    public var count: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return elements.count
    }

    public func push(_ element: Element) {
        pthread_mutex_lock(mutex)
        elements.append(element)
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    /// No more waiting; what is in the queue can still be taken.
    public func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Up to `limit` elements in order; empty after the time-out; nil once the queue is closed and empty.
    public func take(limit: Int, timeoutInMilliseconds: Int) -> [Element]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if elements.isEmpty && !isClosed {
            var until = timespec()
            clock_gettime(CLOCK_MONOTONIC, &until)
            until.tv_sec += timeoutInMilliseconds / 1000
            until.tv_nsec += timeoutInMilliseconds % 1000 * 1_000_000
            if until.tv_nsec >= 1_000_000_000 {
                until.tv_sec += 1
                until.tv_nsec -= 1_000_000_000
            }
            while elements.isEmpty && !isClosed {
                if pthread_cond_timedwait(condition, mutex, &until) == ETIMEDOUT { break }
            }
        }
        if elements.isEmpty { return isClosed ? nil : [] }
        let taken = Array(elements.prefix(limit))
        elements.removeFirst(taken.count)
        return taken
    }
}
