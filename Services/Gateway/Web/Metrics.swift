import Kernel
import Synchronization

/// What the web side counts, for /metrics (Prometheus text format 0.0.4).
final class Metrics: Sendable {
    private struct Counts {
        var byClass = [0, 0, 0, 0, 0, 0]
        var durationInMicroseconds: Int64 = 0
    }

    private let counts = Mutex(Counts())

    /// - Parameter began: microseconds of the monotonic clock.
    func note(status: Int, since began: Int64) {
        let took = MonotonicClock.microseconds() - began
        counts.withLock { counts in
            counts.byClass[max(0, min(5, status / 100))] += 1
            counts.durationInMicroseconds += took
        }
    }

    func lines() -> [String] {
        let counts = counts.withLock { $0 }
        var lines = ["# TYPE jieli_http_requests_total counter"]
        for statusClass in 1...5 {
            lines.append("jieli_http_requests_total{class=\"\(statusClass)xx\"} \(counts.byClass[statusClass])")
        }
        lines.append("# TYPE jieli_http_request_duration_microseconds_total counter")
        lines.append("jieli_http_request_duration_microseconds_total \(counts.durationInMicroseconds)")
        return lines
    }
}
