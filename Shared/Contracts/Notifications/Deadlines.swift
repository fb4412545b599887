import Domain

/// What is late within the asker's area.
public struct ListOverdue: Query {
    public static let name = "notifications.overdue.list"
    public static let roles: Set<Role> = [
        .workingTeam, .governmentOffice, .humanResources, .socialInsurance, .township, .enterprise, .archives,
        .organization, .finance, .health, .medicalInsurance, .civilAffairs, .veterans, .union, .petitions,
        .developmentReform, .educationSports, .naturalResources, .systemOperator,
    ]
    public typealias Reply = OverdueRows

    public var track: Track?
    public var after: Int64?
    public var limit: Int

    public init(track: Track? = nil, after: Int64? = nil, limit: Int) {
        self.track = track
        self.after = after
        self.limit = limit
    }
}

/// A track that is late.
public struct OverdueRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var track: Track
    public var due: CalendarDay
    public var enterprise: String
    public var township: String
    /// By what the day was set.
    public var rule: AppliedRule?

    public init(
        person: PersonID, track: Track, due: CalendarDay, enterprise: String, township: String,
        rule: AppliedRule? = nil
    ) {
        self.rule = rule
        self.person = person
        self.track = track
        self.due = due
        self.enterprise = enterprise
        self.township = township
    }
}

/// A page of what is late.
public struct OverdueRows: Codable, Equatable, Sendable {
    public var rows: [OverdueRow]
    public var next: Int64?
    public var total: Int

    public init(rows: [OverdueRow], next: Int64? = nil, total: Int) {
        self.rows = rows
        self.next = next
        self.total = total
    }
}

/// A track is late.
public struct DeadlinePassed: PersonEvent {
    public static let name = "notifications.deadline.passed"
    public static let title = "事项逾期"
    public static let sensitivity = Sensitivity.anyTrack

    public var person: PersonID
    public var track: Track
    public var due: CalendarDay
    /// By what the day was set; absent in events of earlier releases.
    public var rule: AppliedRule?

    public var trackChange: TrackChange? { .late(track) }

    public init(person: PersonID, track: Track, due: CalendarDay, rule: AppliedRule? = nil) {
        self.rule = rule
        self.person = person
        self.track = track
        self.due = due
    }
}

/// A late track is done, or needed no longer.
public struct LateTrackDone: PersonEvent {
    public static let name = "notifications.deadline.met-late"
    public static let title = "逾期事项办结"
    public static let sensitivity = Sensitivity.anyTrack

    public var person: PersonID
    public var track: Track

    public var trackChange: TrackChange? { .notLate(track) }

    public init(person: PersonID, track: Track) {
        self.person = person
        self.track = track
    }
}
