import Kernel

/// A queue from many threads to one, which takes everything that is waiting at once.
public final class WorkQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isClosed = false
    }

    private let state = Monitor(State())

    public init() {}

    public var count: Int { state.read { $0.elements.count } }

    public func push(_ element: Element) { state.update { $0.elements.append(element) } }

    /// No more waiting; what is in the queue can still be taken.
    public func close() { state.update { $0.isClosed = true } }

    /// Up to `limit` elements in order; empty after the time-out; nil once the queue is closed and empty.
    public func take(limit: Int, timeoutInMilliseconds: Int) -> [Element]? {
        let taken: [Element]?? = state.wait(forMilliseconds: timeoutInMilliseconds) { state in
            if state.elements.isEmpty { return state.isClosed ? .some(nil) : nil }
            let taken = Array(state.elements.prefix(limit))
            state.elements.removeFirst(taken.count)
            return .some(taken)
        }
        return taken ?? []
    }
}
