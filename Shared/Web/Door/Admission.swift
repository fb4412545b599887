/// For whom a request counts.
public enum WebParty: Hashable, Sendable {
    /// The machine's own watchman: has places of its own, so that it sees the truth also when all others wait.
    case watch
    /// Somebody who is signed in; the text tells one session from another.
    case member(String)
    /// Anybody else, counted by address.
    case stranger
}

/// Counts the requests that are being answered, and says whether one more may begin. Each kind of request has places of
/// its own and each asker a share of them, so that nobody can take the places of others. Pure.
struct Admission {
    enum Lane: String, CaseIterable, Sendable {
        case watch, member, stranger
        /// A stranger's request whose body is too large to wait for outside: its sender may be slow.
        case slow
        /// A stream of events, for as long as its page is open.
        case stream
    }

    struct Place: Hashable, Sendable {
        var lane: Lane
        var asker: String
    }

    private let limits: WebLimits
    private var taken: [Lane: Int] = [:]
    private var shares: [Place: Int] = [:]

    init(limits: WebLimits) { self.limits = limits }

    func count(_ lane: Lane) -> Int { taken[lane] ?? 0 }

    func share(_ place: Place) -> Int { shares[place] ?? 0 }

    /// - Returns: false when the lane or the asker's share of it is full.
    mutating func enter(_ place: Place) -> Bool {
        let (places, share) = capacity(of: place.lane)
        guard count(place.lane) < places, self.share(place) < share else { return false }
        taken[place.lane, default: 0] += 1
        shares[place, default: 0] += 1
        return true
    }

    mutating func leave(_ place: Place) {
        taken[place.lane, default: 1] -= 1
        shares[place, default: 1] -= 1
        if shares[place] == 0 { shares[place] = nil }
    }

    /// All places of a lane, and one asker's share of them.
    private func capacity(of lane: Lane) -> (places: Int, share: Int) {
        switch lane {
        case .watch: (limits.watchRequests, limits.watchRequests)
        case .member: (limits.memberRequests, limits.requestsPerMember)
        case .stranger: (limits.strangerRequests, limits.requestsPerStranger)
        case .slow: (limits.slowRequests, limits.slowRequestsPerStranger)
        // An asker's newest stream takes the place of the oldest, which needs a moment to end.
        case .stream: (limits.streams, 2 * limits.streamsPerAsker)
        }
    }
}
