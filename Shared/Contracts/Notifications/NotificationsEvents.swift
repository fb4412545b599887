import Domain

/// What the notifications (通知督办) service tells the others.
public enum NotificationsEvent: EventSet {
    case announcementPublished(AnnouncementPublished)
    case supervisionOpened(SupervisionOpened)
    case supervisionAnswered(SupervisionAnswered)
    case supervisionClosed(SupervisionClosed)
    case deadlinePassed(DeadlinePassed)
    case lateTrackDone(LateTrackDone)

    public static let table: [MessageEntry<NotificationsEvent>] = [
        MessageEntry(event: NotificationsEvent.announcementPublished),
        MessageEntry(event: NotificationsEvent.supervisionOpened),
        MessageEntry(event: NotificationsEvent.supervisionAnswered),
        MessageEntry(event: NotificationsEvent.supervisionClosed),
        MessageEntry(event: NotificationsEvent.deadlinePassed),
        MessageEntry(event: NotificationsEvent.lateTrackDone),
    ]

    public var event: any Event {
        switch self {
        case .announcementPublished(let event): event
        case .supervisionOpened(let event): event
        case .supervisionAnswered(let event): event
        case .supervisionClosed(let event): event
        case .deadlinePassed(let event): event
        case .lateTrackDone(let event): event
        }
    }
}

/// An announcement is out.
public struct AnnouncementPublished: Event {
    public static let name = "notifications.announcement.published"
    public static let title = "发布公告"
    public static let sensitivity = Sensitivity.open

    public var announcement: Int64
    public var recipients: Int

    public var key: String { "announcement:\(announcement)" }

    public init(announcement: Int64, recipients: Int) {
        self.announcement = announcement
        self.recipients = recipients
    }
}

/// A unit has to answer.
public struct SupervisionOpened: Event {
    public static let name = "notifications.supervision.opened"
    public static let title = "发出督办通知"
    public static let sensitivity = Sensitivity.open

    public var notice: Int64
    public var role: Role
    public var area: Area
    public var due: CalendarDay

    public var key: String { "notice:\(notice)" }

    public init(notice: Int64, role: Role, area: Area, due: CalendarDay) {
        self.notice = notice
        self.role = role
        self.area = area
        self.due = due
    }
}

/// A unit answered.
public struct SupervisionAnswered: Event {
    public static let name = "notifications.supervision.answered"
    public static let title = "答复督办通知"
    public static let sensitivity = Sensitivity.open

    public var notice: Int64

    public var key: String { "notice:\(notice)" }

    public init(notice: Int64) {
        self.notice = notice
    }
}

/// A notice is closed.
public struct SupervisionClosed: Event {
    public static let name = "notifications.supervision.closed"
    public static let title = "督办办结"
    public static let sensitivity = Sensitivity.open

    public var notice: Int64

    public var key: String { "notice:\(notice)" }

    public init(notice: Int64) {
        self.notice = notice
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
