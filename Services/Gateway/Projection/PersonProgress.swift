import Contracts

/// A set of tracks as one number: bit i for the i-th track.
struct TrackSet: OptionSet, Hashable, Sendable {
    let rawValue: Int64

    init(rawValue: Int64) { self.rawValue = rawValue }
    init(_ tracks: Track...) { rawValue = tracks.reduce(0) { $0 | Self.bit($1) } }

    private static func bit(_ track: Track) -> Int64 {
        1 << Int64(Track.allCases.firstIndex(of: track) ?? 0)
    }

    /// The tracks that every person needs; Party and out-of-pool benefits are added for those concerned.
    static let everybody = TrackSet(.acceptance, .archives, .confirmation, .socialInsurance, .health)

    func contains(_ track: Track) -> Bool { rawValue & Self.bit(track) != 0 }
}

/// Where one person stands, as far as the overview counts it.
struct PersonProgress: Equatable, Sendable {
    var enterprise: String?
    var township: String?
    var status: PersonStatus = .registered
    var needed: TrackSet = .everybody
    var done: TrackSet = []
    var overdue: TrackSet = []

    mutating func apply(_ change: TrackChange) {
        switch change {
        case .done(let track): done.insert(TrackSet(track))
        case .reopened(let track): done.remove(TrackSet(track))
        case .needed(let track): needed.insert(TrackSet(track))
        case .notNeeded(let track): needed.remove(TrackSet(track))
        case .late(let track): overdue.insert(TrackSet(track))
        case .notLate(let track): overdue.remove(TrackSet(track))
        }
    }

    /// The columns of `tally` that this person counts in. Empty until the registry has told where the person belongs.
    var counted: Set<String> {
        guard enterprise != nil else { return [] }
        var columns: Set = ["people", "status_\(Self.column(status.rawValue))"]
        for track in Track.allCases where needed.contains(track) {
            let name = Self.column(track.rawValue)
            columns.insert("needed_\(name)")
            if done.contains(track) { columns.insert("done_\(name)") }
            if overdue.contains(track) && !done.contains(track) { columns.insert("overdue_\(name)") }
        }
        return columns
    }

    /// The rows of `tally` that this person counts in.
    var scopes: [String] {
        guard let enterprise, let township else { return [] }
        return ["county", "enterprise:\(enterprise)", "township:\(township)"]
    }

    /// Where a track stands, in one word for a table.
    func word(for track: Track) -> String {
        if !needed.contains(track) { return "不需要" }
        if done.contains(track) { return "完成" }
        return overdue.contains(track) ? "逾期" : "未完成"
    }

    static func column(_ name: String) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }
}
