import Glibc

/// Lets only so many threads do something at once; the others wait their turn.
final class Turns: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init(_ count: UInt32) { sem_init(semaphore, 0, count) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func take<T>(_ body: () throws -> T) rethrows -> T {
        while sem_wait(semaphore) != 0 && errno == EINTR {}
        defer { sem_post(semaphore) }
        return try body()
    }
}
