import Kernel

/// Lets only so many do something at once, and of them only so many for one asker; the others wait their turn.
final class Turns: Sendable {
    private struct State {
        var running = 0
        var waiting = 0
        var byAsker: [String: (running: Int, waiting: Int)] = [:]
    }

    private let places: Int
    private let share: Int
    private let mostWaiting: Int
    private let waitingShare: Int
    private let state = Monitor(State())

    /// - Parameters:
    ///   - share: how many of the places one asker may have.
    ///   - mostWaiting: beyond so many who wait, in all and of one asker, the next is turned away at once.
    init(_ places: Int, share: Int, mostWaiting: Int, waitingShare: Int) {
        self.places = places
        self.share = share
        self.mostWaiting = mostWaiting
        self.waitingShare = waitingShare
    }

    /// - Returns: what `body` gives; nil when there was no turn in time.
    func take<T>(for asker: String, patienceInMilliseconds: Int, _ body: () throws -> T) rethrows -> T? {
        let isQueued = state.update { state in
            guard state.waiting < mostWaiting, state.byAsker[asker]?.waiting ?? 0 < waitingShare else { return false }
            state.waiting += 1
            state.byAsker[asker, default: (0, 0)].waiting += 1
            return true
        }
        guard isQueued else { return nil }
        let hasTurn =
            state.wait(forMilliseconds: patienceInMilliseconds) { state -> Bool? in
                guard state.running < places, state.byAsker[asker]?.running ?? 0 < share else { return nil }
                state.running += 1
                state.byAsker[asker]?.running += 1
                return true
            } ?? false
        state.update { state in
            state.waiting -= 1
            state.byAsker[asker]?.waiting -= 1
            Self.tidy(&state, asker)
        }
        guard hasTurn else { return nil }
        defer {
            state.update { state in
                state.running -= 1
                state.byAsker[asker]?.running -= 1
                Self.tidy(&state, asker)
            }
        }
        return try body()
    }

    private static func tidy(_ state: inout State, _ asker: String) {
        if let own = state.byAsker[asker], own.running == 0, own.waiting == 0 { state.byAsker[asker] = nil }
    }
}
