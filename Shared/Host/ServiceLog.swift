import Domain
import Glibc
import Synchronization

/// One line per happening on standard error: time, service, what. Never personal data.
public enum ServiceLog {
    public static func write(_ service: String, _ message: String) {
        // One write, so that lines of several threads do not mix.
        let line = Array("\(CalendarDay(SystemClock().now())) \(clock()) \(service) \(message)\n".utf8)
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
        let isDue = written.withLock { count in
            count += 1
            return count % lookedAfterInLines == 0
        }
        if isDue { rotate(STDERR_FILENO, limitInBytes: limitInBytes) }
    }

    private static let limitInBytes = 10 * 1024 * 1024
    private static let lookedAfterInLines = 200
    private static let written = Mutex(0)

    /// A log file that has grown beyond the limit is put aside as `….1`, and a new one is begun under its name. What is
    /// no file, such as a terminal or the journal, is left alone.
    static func rotate(_ descriptor: CInt, limitInBytes: Int) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > limitInBytes
        else { return }
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/fd/\(descriptor)", &bytes, bytes.count - 1)
        guard length > 0 else { return }
        let path = String(decoding: bytes.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        var named = stat()
        // Put aside already by somebody else, or deleted.
        guard stat(path, &named) == 0, named.st_ino == status.st_ino, rename(path, "\(path).1") == 0 else { return }
        let fresh = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard fresh >= 0 else { return }
        dup2(fresh, descriptor)
        close(fresh)
    }

    private static func clock() -> String {
        // China has one zone, eight hours ahead of UTC.
        let seconds = (SystemClock().now().millisecondsSinceEpoch / 1000 + 8 * 3600) % 86400
        return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":")
    }
}
