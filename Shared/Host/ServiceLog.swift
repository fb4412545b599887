import Domain
import Glibc

/// One line per happening on standard error: time, service, what. Never personal data.
public enum ServiceLog {
    public static func write(_ service: String, _ message: String) {
        // One write, so that lines of several threads do not mix.
        let line = Array("\(CalendarDay(SystemClock().now())) \(clock()) \(service) \(message)\n".utf8)
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func clock() -> String {
        // China has one zone, eight hours ahead of UTC.
        let seconds = (SystemClock().now().millisecondsSinceEpoch / 1000 + 8 * 3600) % 86400
        return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":")
    }
}
