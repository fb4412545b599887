import Glibc

/// A thread of our own, for code that blocks, such as calls into SQLite and sockets: never the cooperative pool's.
public struct OwnThread: Sendable {
    private let thread: pthread_t

    /// Starts the thread, which has to be joined.
    ///
    /// Nil when the system has no more threads to give.
    /// - Parameter name: at most 15 bytes, shown by `top -H`.
    public init?(name: String, _ run: @escaping @Sendable () -> Void) {
        guard let thread = Self.start(name, run, PTHREAD_CREATE_JOINABLE) else { return nil }
        self.thread = thread
    }

    /// Waits for the thread's end; to be called once.
    public func join() { pthread_join(thread, nil) }

    /// Starts a thread that nobody joins.
    /// - Parameter name: at most 15 bytes, shown by `top -H`.
    /// - Returns: false when the system has no more threads to give.
    @discardableResult
    public static func detached(name: String, _ run: @escaping @Sendable () -> Void) -> Bool {
        start(name, run, PTHREAD_CREATE_DETACHED) != nil
    }

    /// Starts a thread without which its process cannot do, and which nobody joins; ends the process when the system
    /// has no more threads to give.
    public static func essential(name: String, _ run: @escaping @Sendable () -> Void) {
        precondition(detached(name: name, run), "a thread can't be started")
    }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private static func start(_ name: String, _ run: @escaping @Sendable () -> Void, _ state: Int) -> pthread_t? {
        let body = Unmanaged.passRetained(Body(name, run))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(state))
        pthread_attr_setstacksize(&attributes, 1 << 20)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { raw in
                guard let raw else { return nil }
                let body = Unmanaged<Body>.fromOpaque(raw).takeRetainedValue()
                OwnThread.nameCurrent(body.name)
                body.run()
                return nil
            }, body.toOpaque())
        if result == 0 { return thread }
        body.release()
        return nil
    }

    /// The file stands in for pthread_setname_np(3), which the Glibc module leaves out.
    private static func nameCurrent(_ name: String) {
        let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, name, name.utf8.count)
        close(descriptor)
    }
}
