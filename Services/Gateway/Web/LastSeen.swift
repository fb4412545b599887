import Synchronization

/// The last version that one stream has told of.
final class LastSeen: Sendable {
    private let number: Atomic<UInt64>

    private let opening = Atomic(true)

    init(_ version: UInt64) { number = Atomic(version) }

    var version: UInt64 {
        get { number.load(ordering: .relaxed) }
        set { number.store(newValue, ordering: .relaxed) }
    }

    /// True the first time that it is asked.
    func isOpening() -> Bool { opening.exchange(false, ordering: .relaxed) }
}
