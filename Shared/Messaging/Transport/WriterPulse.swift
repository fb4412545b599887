import Synchronization

/// What a writing thread leaves behind with each turn, for others to see whether it goes on.
public final class WriterPulse: Sendable {
    private enum Phase: UInt8, AtomicRepresentable { case waiting, writing, stopped }

    private let turns = Atomic<UInt64>(0)
    private let isWorking = Atomic<Bool>(false)
    private let phase = Atomic<Phase>(.waiting)
    private let queued: @Sendable () -> Int

    /// - Parameter queued: how much work lies there that the thread has not taken yet.
    public init(queued: @escaping @Sendable () -> Int) { self.queued = queued }

    /// The thread has opened its store; from now on it is to go on.
    public func start() { phase.store(.writing, ordering: .releasing) }

    /// The thread has taken work and begins with it.
    public func begin() { isWorking.store(true, ordering: .releasing) }

    /// What the thread took is done.
    public func end() {
        isWorking.store(false, ordering: .releasing)
        turns.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    /// The thread has ended.
    public func stop() { phase.store(.stopped, ordering: .releasing) }

    public var isStopped: Bool { phase.load(ordering: .acquiring) == .stopped }

    public var turn: WriterTurn {
        let hasWork = isWorking.load(ordering: .acquiring) || queued() > 0
        return WriterTurn(
            turn: turns.load(ordering: .acquiring), hasWork: hasWork && phase.load(ordering: .acquiring) == .writing)
    }
}
