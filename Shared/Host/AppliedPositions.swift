import Contracts
import Domain
import Kernel
import Synchronization

/// How far each followed log is applied, for those who wait to see what they just did. Whoever waits for a place in a
/// log sleeps until that place is reached, however often the writer's thread turns meanwhile.
public final class AppliedPositions: Sendable {
    /// One who waits.
    private final class Waiter: Sendable {
        let isDone = Monitor(false)
    }

    private struct State {
        var positions: [ServiceName: Int64] = [:]
        var waiting: [ServiceName: [(seq: Int64, waiter: Waiter)]] = [:]
    }

    private let state = Mutex(State())
    /// Counts what was applied, whatever it was.
    private let version = Monitor(UInt64(0))

    public init() {}

    func set(_ stream: ServiceName, _ seq: Int64) {
        let reached: [Waiter]? = state.withLock { state in
            // It goes back only when the log was reconciled, or is followed anew.
            guard state.positions[stream] != seq else { return nil }
            state.positions[stream] = seq
            let waiting = state.waiting[stream] ?? []
            state.waiting[stream] = waiting.filter { $0.seq > seq }
            return waiting.filter { $0.seq <= seq }.map(\.waiter)
        }
        guard let reached else { return }
        for waiter in reached { waiter.isDone.update { $0 = true } }
        version.update { $0 += 1 }
    }

    /// Blocks the calling thread until `stream` is applied up to `seq`.
    /// - Returns: false when the time-out passed first.
    public func wait(for stream: ServiceName, seq: Int64, timeoutInMilliseconds: Int) -> Bool {
        let waiter = Waiter()
        let isReached = state.withLock { state in
            guard state.positions[stream] ?? 0 < seq else { return true }
            state.waiting[stream, default: []].append((seq, waiter))
            return false
        }
        if isReached || waiter.isDone.wait(forMilliseconds: timeoutInMilliseconds, { $0 ? true : nil }) != nil {
            return true
        }
        state.withLock { $0.waiting[stream]?.removeAll { $0.waiter === waiter } }
        return false
    }

    /// Blocks the calling thread until anything was applied after `version`, or the time is over.
    /// - Returns: the present version; begin with 0.
    public func waitForChange(after version: UInt64, timeoutInMilliseconds: Int) -> UInt64 {
        self.version.wait(forMilliseconds: timeoutInMilliseconds) { $0 == version ? nil : $0 } ?? version
    }
}
