import CZeroMQ
import Glibc
import Synchronization

/// A value that one thread waits for and another sets, once.
final class Promised<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    // A semaphore is made to be shared between threads; only its address is kept here.
    private nonisolated(unsafe) let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func set(_ value: Value) {
        self.value.withLock { $0 = value }
        sem_post(semaphore)
    }

    /// Blocks the calling thread until the value is set.
    func wait() -> Value {
        while true {
            while sem_wait(semaphore) != 0 {}
            if let value = value.withLock({ $0 }) { return value }
        }
    }
}

/// Wakes a thread that sleeps in a poll (eventfd(2)).
final class Waker: Sendable {
    let descriptor: Int32

    init() { descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC)) }

    deinit { close(descriptor) }

    func wake() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    func clear() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, 8)
    }
}
