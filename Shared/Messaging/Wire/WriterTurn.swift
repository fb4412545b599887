/// How an instance's writing thread goes on, as its beats tell. The beats come from another thread, so they go on when
/// the writer hangs.
public struct WriterTurn: Codable, Equatable, Sendable {
    /// Grows with each piece of work that the writer has done.
    public var turn: UInt64
    /// Whether there is work that it has not done yet.
    public var hasWork: Bool

    public init(turn: UInt64, hasWork: Bool) {
        self.turn = turn
        self.hasWork = hasWork
    }
}

/// For how long a writer may have work and do none of it.
public enum WriterPatience {
    public static let milliseconds: Int64 = 10_000
}

/// Finds out whether a writer hangs from what it says of itself and the time that passes.
public struct WriterWatch: Sendable {
    private var last: WriterTurn?
    /// Since when there is work and nothing done of it; nil while all goes well.
    private var stuckSince: Int64?

    public init() {}

    /// - Parameter now: in milliseconds, on a clock that nobody sets.
    public mutating func note(_ turn: WriterTurn, now: Int64) {
        let isStuck = turn.hasWork && last?.hasWork == true && last?.turn == turn.turn
        if !isStuck { stuckSince = turn.hasWork ? now : nil }
        last = turn
    }

    /// For how long the writer has had work and done none of it; nil while all goes well.
    public func stuckForInMilliseconds(now: Int64) -> Int64? { stuckSince.map { now - $0 } }

    public func isHung(now: Int64) -> Bool {
        stuckSince.map { now - $0 >= WriterPatience.milliseconds } ?? false
    }
}
