import Glibc
import Kernel
import Synchronization

/// The requests that have a thread, with the places that they take.
final class RunningRequests: Sendable {
    private struct State {
        var admission: Admission
        /// By socket; removed before the socket is closed, so no later connection's socket can be meant.
        var entries: [CInt: Entry] = [:]
        var streamCount = 0
    }

    private struct Entry {
        var client: Client
        var place: Admission.Place
        /// The order in which streams began; nil for anything else.
        var streamNumber: Int?
    }

    private let limits: WebLimits
    private let state: Monitor<State>
    /// Called after a place has become free.
    private let freed = Mutex<@Sendable () -> Void>({})

    init(limits: WebLimits) {
        self.limits = limits
        state = Monitor(State(admission: Admission(limits: limits)))
    }

    func whenFreed(_ call: @escaping @Sendable () -> Void) { freed.withLock { $0 = call } }

    /// - Returns: false when there is no place for it now.
    func begin(_ client: Client, at place: Admission.Place) -> Bool {
        state.update { state in
            guard state.admission.enter(place) else { return false }
            state.entries[client.socket] = Entry(client: client, place: place)
            return true
        }
    }

    func client(on socket: CInt) -> Client? { state.read { $0.entries[socket]?.client } }

    /// The answer is a stream: it leaves its place among the pages, and the asker's oldest stream makes room for it.
    /// - Returns: false when there are too many streams in all.
    func beginStream(_ client: Client) -> Bool {
        let began = state.update { state in
            guard var entry = state.entries[client.socket] else { return false }
            let place = Admission.Place(lane: .stream, asker: "\(entry.place.lane.rawValue) \(entry.place.asker)")
            let own = state.entries.values.filter {
                $0.place == place && !$0.client.isOvertaken.load(ordering: .relaxed)
            }
            guard state.admission.enter(place) else { return false }
            if own.count >= limits.streamsPerAsker {
                own.min { ($0.streamNumber ?? 0) < ($1.streamNumber ?? 0) }?.client.isOvertaken.store(
                    true, ordering: .relaxed)
            }
            state.admission.leave(entry.place)
            state.streamCount += 1
            entry.place = place
            entry.streamNumber = state.streamCount
            state.entries[client.socket] = entry
            client.deadline.store(.max, ordering: .relaxed)
            return true
        }
        if began { freed.withLock { $0 }() }
        return began
    }

    func end(_ client: Client) {
        let isKnown = state.update { state in
            guard let entry = state.entries[client.socket], entry.client === client else { return false }
            state.entries[client.socket] = nil
            state.admission.leave(entry.place)
            return true
        }
        if isKnown { freed.withLock { $0 }() }
    }

    /// Cuts the connections whose time is over.
    func cutLate(now: Int64) {
        state.update { state in
            for entry in state.entries.values where entry.client.deadline.load(ordering: .relaxed) < now {
                shutdown(entry.client.socket, CInt(SHUT_RDWR))
            }
        }
    }

    func counts() -> [(lane: Admission.Lane, count: Int)] {
        state.read { state in Admission.Lane.allCases.map { ($0, state.admission.count($0)) } }
    }

    /// - Returns: whether all requests have ended in time.
    func waitUntilIdle(limitInSeconds: Int) -> Bool {
        let deadline = MonotonicClock.milliseconds() + Int64(limitInSeconds) * 1000
        return state.wait(untilMilliseconds: deadline) { $0.entries.isEmpty ? true : nil } ?? false
    }
}
