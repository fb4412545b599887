import Contracts
import Domain

/// Where one track of a person stands.
struct TrackState: Equatable, Sendable {
    var isNeeded: Bool
    var isDone = false
    /// Kept while the track is done: a file that goes back is as late as it was.
    var isLate = false
    /// Since when it stands so, by the event that told it; nil while no event has, or when it was told before figures
    /// were kept track by track.
    var since: Timestamp?

    /// As it stands until an event says otherwise.
    init(_ track: Track) { isNeeded = track.isForEverybody }

    init(isNeeded: Bool, isDone: Bool, isLate: Bool, since: Timestamp?) {
        self.isNeeded = isNeeded
        self.isDone = isDone
        self.isLate = isLate
        self.since = since
    }

    mutating func apply(_ change: TrackChange, at moment: Timestamp) {
        let before = self
        switch change {
        case .done: isDone = true
        case .reopened: isDone = false
        case .needed: isNeeded = true
        case .notNeeded: isNeeded = false
        case .late: isLate = true
        case .notLate: isLate = false
        }
        if self != before { since = moment }
    }

    /// In one word for a table.
    var word: String {
        if !isNeeded { return "不需要" }
        if isDone { return "完成" }
        return isLate ? "逾期" : "未完成"
    }

    /// What of `track` this person counts in. Of a track that each person has, those are counted who do not need it: so
    /// a new person adds nothing, and a further track starts with right figures.
    func figures(_ track: Track) -> [Figure] {
        guard isNeeded else { return track.isForEverybody ? [Figure(track, .notNeeded)] : [] }
        var figures = track.isForEverybody ? [] : [Figure(track, .needed)]
        if isDone { figures.append(Figure(track, .done)) } else if isLate { figures.append(Figure(track, .late)) }
        return figures
    }
}

/// Where one person stands in the registry's own way.
struct PersonProgress: Equatable, Sendable {
    /// Nil until the registry has told where the person belongs.
    var enterprise: String?
    var township: String?
    var status: PersonStatus = .registered

    /// The scopes whose figures this person counts in. The county's are the sum of the townships'.
    var scopes: [String] {
        guard let enterprise, let township else { return [] }
        return ["enterprise:\(enterprise)", "township:\(township)"]
    }
}

/// One kind of figure that is kept for each scope.
struct Figure: Hashable, Sendable {
    enum Count: String {
        case needed
        case notNeeded = "not-needed"
        case done
        case late
    }

    /// A track's slug; empty for how far the person is.
    var track: String
    /// A `Count`, or a `PersonStatus`.
    var what: String

    init(_ track: Track, _ count: Count) {
        self.track = track.rawValue
        what = count.rawValue
    }

    init(_ status: PersonStatus) {
        track = ""
        what = status.rawValue
    }

    init(stored track: String, _ what: String) {
        self.track = track
        self.what = what
    }
}

/// The figures of one scope.
struct Tally: Equatable, Sendable {
    private var counts: [Figure: Int] = [:]

    mutating func add(_ people: Int, _ figure: Figure) { counts[figure, default: 0] += people }

    private func count(_ figure: Figure) -> Int { counts[figure] ?? 0 }

    var people: Int { PersonStatus.allCases.reduce(0) { $0 + count(Figure($1)) } }

    func people(_ statuses: PersonStatus...) -> Int { statuses.reduce(0) { $0 + count(Figure($1)) } }

    var statuses: [StatusCount] { PersonStatus.allCases.map { StatusCount(status: $0, people: count(Figure($0))) } }

    var tracks: [TrackCount] {
        let people = people
        return Track.allCases.map { track in
            TrackCount(
                track: track,
                needed: track.isForEverybody
                    ? people - count(Figure(track, .notNeeded)) : count(Figure(track, .needed)),
                done: count(Figure(track, .done)), overdue: count(Figure(track, .late)))
        }
    }
}
