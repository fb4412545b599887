import Glibc

/// The files of an open store, as the kernel numbers them.
struct FileIdentity: Equatable {
    var store: UInt
    var log: UInt
}

/// What can be known of a file without opening it.
enum FileStatus {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The length in bytes; nil when there is no such file.
    static func lengthInBytes(_ path: String) -> Int64? {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Which files a store's path leads to: the store and its write-ahead log; nil when one is missing.
    static func identity(_ path: String) -> FileIdentity? {
        var store = stat()
        var log = stat()
        guard stat(path, &store) == 0, stat(path + "-wal", &log) == 0 else { return nil }
        return FileIdentity(store: store.st_ino, log: log.st_ino)
    }

    /// The one true path of a file, which need not exist: two names of a file must lead to one lock.
    static func canonical(_ path: String) -> String {
        if let resolved = resolve(path) { return resolved }
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let name = parts.last else { return path }
        let folder = (path.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
        guard let resolved = resolve(folder.isEmpty ? "." : folder) else { return path }
        return resolved == "/" ? "/\(name)" : "\(resolved)/\(name)"
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
