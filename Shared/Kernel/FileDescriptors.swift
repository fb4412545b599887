import Glibc

/// How many files and connections this process may have open at a time.
public enum FileDescriptors {
    /// Raises the limit to the most that the system allows this process.
    public static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    public static var limit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        return Int(min(limit.rlim_cur, 1 << 30))
    }

    /// The number that the next file would get: so many are open at least, since the system gives the lowest (open(2)).
    /// The limit when there is none left.
    public static var lowestFree: Int {
        let descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { return errno == EMFILE ? limit : 0 }
        close(descriptor)
        return Int(descriptor)
    }
}
