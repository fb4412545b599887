import Contracts
import Domain
import FoundationEssentials
import Store

/// What a service does with the events of one other service's log. The host decodes them; the closed enum of the
/// producer's events says which there are.
public struct Following<Logic: ServiceLogic>: Sendable {
    /// Whose log is followed. `AccessTable.mayRead` must allow it.
    public let stream: ServiceName
    /// The events that this program knows; one of another name or version was written by a newer one.
    let knows: Set<EventKind>
    private let take: @Sendable (Logic, ReceivedEvent, [UInt8], WriteContext) throws -> Void

    /// - Parameter apply: Takes in one event. An error parks the event's key.
    public init<Events: MessageSet>(
        _ stream: ServiceName, _ events: Events.Type,
        apply: @escaping @Sendable (Logic, Events, ReceivedEvent, WriteContext) throws -> Void
    ) {
        self.stream = stream
        knows = Set(events.table.map { EventKind(name: $0.name, version: $0.version) })
        take = { logic, event, body, context in
            guard let entry = Events.entry(event.kind.name, version: event.kind.version) else { throw UnknownEvent() }
            try apply(logic, entry.decode(Data(body)), event, context)
        }
    }

    /// - Throws: `UnknownEvent`, a `DecodingError`, or what the service throws.
    func apply(_ logic: Logic, _ event: ReceivedEvent, body: [UInt8], _ context: WriteContext) throws {
        try take(logic, event, body, context)
    }
}

/// An event's name with its version: what a program knows or does not know.
public struct EventKind: Hashable, Sendable {
    public let name: String
    public let version: Int

    public init(name: String, version: Int) {
        self.name = name
        self.version = version
    }
}

/// What goes with one event of another service's log, beside its content.
public struct ReceivedEvent: Sendable {
    public let stream: ServiceName
    public let seq: Int64
    public let at: Timestamp
    public let key: String
    public let kind: EventKind

    public init(stream: ServiceName, seq: Int64, at: Timestamp, key: String, kind: EventKind) {
        self.stream = stream
        self.seq = seq
        self.at = at
        self.key = key
        self.kind = kind
    }
}

/// An event whose name and version this program does not know: it was written by a newer one.
struct UnknownEvent: Error {}
