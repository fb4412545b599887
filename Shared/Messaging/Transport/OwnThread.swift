import CZeroMQ
import Glibc
import Synchronization

/// A thread of our own, for code that blocks: never the cooperative pool's.
enum OwnThread {
    fileprivate final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// - Parameter name: at most 15 bytes, shown by `top -H`.
    /// - Returns: the thread, which has to be joined; nil when the system has no more threads to give.
    static func start(name: String, _ run: @escaping @Sendable () -> Void) -> pthread_t? {
        let body = Unmanaged.passRetained(Body(name: name, run: run)).toOpaque()
        var thread = pthread_t()
        if pthread_create(&thread, nil, runBody, body) == 0 { return thread }
        Unmanaged<Body>.fromOpaque(body).release()
        return nil
    }
}

private func runBody(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let raw else { return nil }
    let body = Unmanaged<OwnThread.Body>.fromOpaque(raw).takeRetainedValue()
    nameCurrentThread(body.name)
    body.run()
    return nil
}

/// The file stands in for pthread_setname_np(3), which the Glibc module leaves out.
private func nameCurrentThread(_ name: String) {
    let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, name, name.utf8.count)
    close(descriptor)
}

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
