import Glibc
import Kernel
import Synchronization

/// libmicrohttpd's own messages (MHD_OPTION_EXTERNAL_LOGGER), made fit for a log.
enum ServerLog {
    /// At most so many lines a minute: else whoever sends nonsense fills the disk.
    private static let linesPerMinute = 10

    /// Hands on a few lines a minute, and then how many there were more.
    static func throttled(_ log: @escaping @Sendable (String) -> Void) -> @Sendable (String) -> Void {
        let state = Mutex((began: Int64.min, count: 0))
        return { message in
            let now = MonotonicClock.milliseconds()
            let (left, isSaid) = state.withLock { state in
                var left = 0
                if state.began == .min || now - state.began >= 60_000 {
                    left = max(0, state.count - linesPerMinute)
                    state = (now, 0)
                }
                state.count += 1
                return (left, state.count <= linesPerMinute)
            }
            if left > 0 { log("上一分钟另有 \(left) 条未写") }
            if isSaid { log(message) }
        }
    }

    /// Where messages go unless the application takes them.
    static let standardError: @Sendable (String) -> Void = { message in
        let line = Array("web: \(message)\n".utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }

    /// Formats a message without what came from a client: the library writes such parts in quotes, as "`%s'", and the
    /// reasons of system errors without.
    static func text(format: UnsafePointer<CChar>, _ arguments: CVaListPointer) -> String {
        let original = Array(UnsafeBufferPointer(start: format, count: strlen(format) + 1))
        let safe = withoutQuotedValues(original.map(UInt8.init(bitPattern:)))
        var buffer = [CChar](repeating: 0, count: 1024)
        let written = safe.withUnsafeBytes {
            vsnprintf(&buffer, buffer.count, $0.assumingMemoryBound(to: CChar.self).baseAddress!, arguments)
        }
        let length = min(max(Int(written), 0), buffer.count - 1)
        let text = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        return String(text.map { $0.isNewline ? " " : $0 }.reversed().drop { $0 == " " }.reversed())
    }

    /// Replaces "`%s'" by "`%.0s'", which consumes the value and prints nothing of it.
    static func withoutQuotedValues(_ format: [UInt8]) -> [UInt8] {
        let quoted = Array("`%s'".utf8)
        var safe: [UInt8] = []
        var position = 0
        while position < format.count {
            if format[position...].starts(with: quoted) {
                safe += Array("`%.0s'".utf8)
                position += quoted.count
            } else {
                safe.append(format[position])
                position += 1
            }
        }
        return safe
    }
}
