/// Something that happened. Carries identifiers and status, never ID numbers, names or findings. What it means to those
/// who learn of it stands with it, so that nobody keeps a list of events beside.
public protocol Event: Message {
    /// What people call it, on a timeline.
    static var title: String { get }
    /// Whom it is for. Without a default, so that nothing is seen because nobody thought of it.
    static var sensitivity: Sensitivity { get }
    /// Whom or what it happened to. Events of one key are applied in order; a key that cannot be applied is parked.
    var key: String { get }
}

/// Something that happened to a retiree.
public protocol PersonEvent: Event {
    var person: PersonID { get }
    /// What of the person's tracks is otherwise now; nil when it is about none.
    var trackChange: TrackChange? { get }
    /// Where the person stands in the registry's own way now; nil when that stays.
    var statusChange: PersonStatus? { get }
}

extension PersonEvent {
    public var key: String { person.key }
    public var trackChange: TrackChange? { nil }
    public var statusChange: PersonStatus? { nil }
}

/// What an event changes of a person's tracks.
public enum TrackChange: Equatable, Sendable {
    case done(Track)
    case reopened(Track)
    case needed(Track)
    case notNeeded(Track)
    case late(Track)
    case notLate(Track)

    public var track: Track {
        switch self {
        case .done(let track), .reopened(let track), .needed(let track), .notNeeded(let track), .late(let track),
            .notLate(let track):
            track
        }
    }
}

/// The closed enum of a service's events.
public protocol EventSet: MessageSet {
    var event: any Event { get }
}
