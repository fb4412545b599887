import Glibc

/// Images of memory that the kernel writes when a program crashes (core(5)).
public enum CoreDumps {
    /// Switches them off for this process and all that it starts: memory holds keys and personal data.
    ///
    /// The limit is one byte and not none: a core that is piped to a program (systemd-coredump) knows no limit but this
    /// one, which the kernel takes for a crash of that program itself and writes nothing (`do_coredump`). To a file no
    /// core fits into it.
    public static func prevent() {
        var limit = rlimit(rlim_cur: 1, rlim_max: 1)
        let kind = __rlimit_resource_t(RLIMIT_CORE.rawValue)
        if setrlimit(kind, &limit) == 0 { return }
        // Somebody set it lower already.
        limit = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(kind, &limit)
    }
}
