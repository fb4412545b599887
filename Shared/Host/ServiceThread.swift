import Glibc

/// A thread of our own. Blocking calls into SQLite and sockets run on such threads, never on the cooperative pool.
public struct ServiceThread: @unchecked Sendable {
    private let handle: pthread_t

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// - Parameter name: at most 15 characters, as the kernel shows it.
    public init(name: String, _ run: @escaping @Sendable () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 1 << 20)
        let body = Unmanaged.passRetained(
            Body {
                Self.name(name)
                run()
            })
        var thread = pthread_t()
        let result = pthread_create(
            &thread, &attributes,
            { argument in
                Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, body.toOpaque())
        precondition(result == 0, "a thread can't be started: \(result)")
        pthread_attr_destroy(&attributes)
        handle = thread
    }

    /// Names the calling thread for ps and top.
    private static func name(_ name: String) {
        guard let file = fopen("/proc/thread-self/comm", "w") else { return }
        fputs(name, file)
        fclose(file)
    }

    public func join() { pthread_join(handle, nil) }
}
