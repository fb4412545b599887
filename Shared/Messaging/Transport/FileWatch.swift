import CZeroMQ
import Glibc

/// Tells when something in a file's folder was written to its end, moved or removed (inotify(7)). The folder is
/// watched, because editors replace a file by a new one of the same name.
final class FileWatch {
    /// Readable when there is news; -1 when the system gives no watch, then the caller has to look from time to time.
    let descriptor: Int32

    init(path: String) {
        descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return }
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        inotify_add_watch(
            descriptor, folder, UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_DELETE))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether there was news since the last call.
    func hasChanged() -> Bool {
        guard descriptor >= 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 4096)
        var hasNews = false
        while read(descriptor, &buffer, buffer.count) > 0 { hasNews = true }
        return hasNews
    }
}
