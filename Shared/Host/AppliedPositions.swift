import Contracts
import Domain
import Kernel

/// How far each followed log is applied, for those who wait to see what they just did.
public final class AppliedPositions: Sendable {
    private struct State {
        var positions: [ServiceName: Int64] = [:]
        var version: UInt64 = 0
    }

    private let state = Monitor(State())

    public init() {}

    func set(_ stream: ServiceName, _ seq: Int64) {
        state.update { state in
            guard state.positions[stream].map({ $0 < seq }) ?? true else { return }
            state.positions[stream] = seq
            state.version += 1
        }
    }

    /// Blocks the calling thread until `stream` is applied up to `seq`.
    /// - Returns: false when the time-out passed first.
    public func wait(for stream: ServiceName, seq: Int64, timeoutInMilliseconds: Int) -> Bool {
        state.wait(forMilliseconds: timeoutInMilliseconds) { $0.positions[stream] ?? 0 >= seq ? true : nil } ?? false
    }

    /// Blocks the calling thread until anything was applied after `version`, or the time is over.
    /// - Returns: the present version; begin with 0.
    public func waitForChange(after version: UInt64, timeoutInMilliseconds: Int) -> UInt64 {
        state.wait(forMilliseconds: timeoutInMilliseconds) { $0.version == version ? nil : $0.version } ?? version
    }
}
