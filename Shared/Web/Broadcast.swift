import Glibc
import Kernel

/// One changing value that many streams follow. Each sees the latest value, not every value: a slow page skips what is
/// already out of date, and costs no memory.
public final class Broadcast<Value: Sendable>: Sendable {
    public enum Change: Sendable {
        case changed(version: UInt64, value: Value)
        /// The time was over first.
        case unchanged
        case stopped
    }

    private struct State {
        var version: UInt64
        var value: Value
        var isStopped = false
    }

    private let monitor: Monitor<State>

    /// Versions begin at the time of the machine's clock in milliseconds: a page that reconnects after a restart with
    /// its last version finds it different, and so gets the present value.
    public init(_ value: Value) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let version = UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
        monitor = Monitor(State(version: version, value: value))
    }

    public var current: (version: UInt64, value: Value) { monitor.read { ($0.version, $0.value) } }

    /// Makes `value` the latest and wakes all who wait.
    public func publish(_ value: Value) {
        monitor.update {
            $0.version += 1
            $0.value = value
        }
    }

    /// Waits, at most so long, for a value other than the one of `version`; nil takes any.
    public func next(after version: UInt64?, timeoutInMilliseconds: Int) -> Change {
        let deadline = MonotonicClock.milliseconds() + Int64(timeoutInMilliseconds)
        let change: Change? = monitor.wait(untilMilliseconds: deadline) { state in
            if state.isStopped { return .stopped }
            return state.version == version ? nil : .changed(version: state.version, value: state.value)
        }
        return change ?? .unchanged
    }

    /// Wakes all who wait and ends every stream.
    public func stop() { monitor.update { $0.isStopped = true } }

    /// The value as a stream of events, beginning with the present one unless the page already has it.
    /// - Parameters:
    ///   - lastEventIdentifier: `WebRequest.lastEventIdentifier`; each event's identifier is its version.
    ///   - event: makes the event of a value; its identifier is filled in.
    public func events(
        after lastEventIdentifier: String? = nil, heartbeatInMilliseconds: Int = 15_000,
        _ event: @escaping @Sendable (Value) -> ServerSentEvent
    ) -> ServerSentEvents {
        let seen = Monitor(lastEventIdentifier.flatMap { UInt64($0) })
        return ServerSentEvents(heartbeatInMilliseconds: heartbeatInMilliseconds) { timeoutInMilliseconds in
            let last = seen.read { $0 }
            switch self.next(after: last, timeoutInMilliseconds: timeoutInMilliseconds) {
            case .unchanged: return .nothing
            case .stopped: return .end
            case .changed(let version, let value):
                seen.update { $0 = version }
                var made = event(value)
                made.identifier = "\(version)"
                return .event(made)
            }
        }
    }
}
