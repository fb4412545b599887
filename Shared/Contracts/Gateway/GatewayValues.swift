import Domain

/// One track's progress.
public struct TrackCount: Codable, Equatable, Sendable {
    public var track: Track
    public var needed: Int
    public var done: Int
    public var overdue: Int

    public init(track: Track, needed: Int, done: Int, overdue: Int) {
        self.track = track
        self.needed = needed
        self.done = done
        self.overdue = overdue
    }
}

/// People by status.
public struct StatusCount: Codable, Equatable, Sendable {
    public var status: PersonStatus
    public var people: Int

    public init(status: PersonStatus, people: Int) {
        self.status = status
        self.people = people
    }
}

/// One enterprise's progress.
public struct EnterpriseProgress: Codable, Equatable, Sendable {
    public var enterprise: String
    public var name: String
    public var ownership: Ownership
    public var people: Int
    public var handedOver: Int
    public var assets: AssetState
    public var tracks: [TrackCount]

    public init(
        enterprise: String, name: String, ownership: Ownership, people: Int, handedOver: Int, assets: AssetState,
        tracks: [TrackCount]
    ) {
        self.enterprise = enterprise
        self.name = name
        self.ownership = ownership
        self.people = people
        self.handedOver = handedOver
        self.assets = assets
        self.tracks = tracks
    }
}

/// One township's progress.
public struct TownshipProgress: Codable, Equatable, Sendable {
    public var township: String
    public var name: String
    public var people: Int
    public var accepted: Int
    public var handedOver: Int
    public var tracks: [TrackCount]

    public init(township: String, name: String, people: Int, accepted: Int, handedOver: Int, tracks: [TrackCount]) {
        self.township = township
        self.name = name
        self.people = people
        self.accepted = accepted
        self.handedOver = handedOver
        self.tracks = tracks
    }
}

/// A milestone (第五条至第七条) and progress against it.
public struct MilestoneProgress: Codable, Equatable, Sendable {
    public var slug: String
    public var title: String
    public var article: Article
    public var due: CalendarDay
    public var done: Int
    public var total: Int
    public var isOverdue: Bool

    public init(
        slug: String, title: String, article: Article, due: CalendarDay, done: Int, total: Int, isOverdue: Bool
    ) {
        self.slug = slug
        self.title = title
        self.article = article
        self.due = due
        self.done = done
        self.total = total
        self.isOverdue = isOverdue
    }
}

/// How far the gateway has followed a service's log.
public struct StreamPosition: Codable, Equatable, Sendable {
    public var stream: String
    public var applied: Int64
    public var head: Int64

    public init(stream: String, applied: Int64, head: Int64) {
        self.stream = stream
        self.applied = applied
        self.head = head
    }
}

/// A service as the gateway sees it.
public struct ServiceHealth: Codable, Equatable, Sendable {
    public var service: ServiceName
    public var instances: Int
    public var hasWriter: Bool
    public var queued: Int
    /// Events of its log that the gateway has not applied yet.
    public var lag: Int64

    public init(service: ServiceName, instances: Int, hasWriter: Bool, queued: Int, lag: Int64) {
        self.service = service
        self.instances = instances
        self.hasWriter = hasWriter
        self.queued = queued
        self.lag = lag
    }
}

/// Where all of it stands, for the working team (第十八条).
public struct Overview: Codable, Equatable, Sendable {
    public var at: Timestamp
    public var people: Int
    public var statuses: [StatusCount]
    public var tracks: [TrackCount]
    public var enterprises: [EnterpriseProgress]
    public var townships: [TownshipProgress]
    public var milestones: [MilestoneProgress]
    /// Absent when asked over the bus, where `bus.status` tells it.
    public var services: [ServiceHealth]?

    public init(
        at: Timestamp, people: Int, statuses: [StatusCount], tracks: [TrackCount], enterprises: [EnterpriseProgress],
        townships: [TownshipProgress], milestones: [MilestoneProgress], services: [ServiceHealth]? = nil
    ) {
        self.at = at
        self.people = people
        self.statuses = statuses
        self.tracks = tracks
        self.enterprises = enterprises
        self.townships = townships
        self.milestones = milestones
        self.services = services
    }
}

/// The gateway's positions.
public struct StreamPositions: Codable, Equatable, Sendable {
    public var rows: [StreamPosition]

    public init(rows: [StreamPosition]) {
        self.rows = rows
    }
}
