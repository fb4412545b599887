import Contracts
import Domain
import Sealing
import Store

/// What a department's service decides. Handlers are synchronous and do no I/O beside their store: so commands share a
/// commit, and a simulation runs them one by one.
public protocol ServiceLogic: Sendable {
    associatedtype Commands: MessageSet
    associatedtype Queries: MessageSet

    static var name: ServiceName { get }
    /// The service's own tables; the host adds its own before them.
    static var migrations: [Migration] { get }
    /// The other services' logs that it follows, with what it does with their events.
    static var follows: [Following<Self>] { get }
    /// Whether it has a key of its own to sign with.
    static var signs: Bool { get }
    /// By what it decides that may be another one day.
    static var parameters: [any AnyParameter] { get }

    init(tools: ServiceTools)

    /// Decides one command and carries it out. Throws a `Refusal`; then nothing of it remains.
    func execute(_ command: Commands, _ context: WriteContext) throws -> any Encodable & Sendable
    /// Answers one query. Throws a `Refusal`.
    func read(_ query: Queries, _ context: ReadContext) throws -> any Encodable & Sendable
    /// What the service remembers of another's log after an event, at most `limit`, oldest first: for the person who
    /// decides what is to become of events that the log itself has lost.
    static func known(
        of stream: ServiceName, after seq: Int64, limit: Int, _ snapshot: Snapshot
    ) throws -> [KnownEvent]
    /// Called about once a minute by the writer, for what falls due by the clock alone.
    func wake(_ context: WriteContext) throws
    /// Makes the open decisions anew that fall on the days of a parameter's new row, which is entered already, and
    /// counts whom it concerns.
    func decideAnew(_ change: ParameterChange, _ context: WriteContext) throws -> ParameterReach
    /// Does one piece of work that was begun with `WriteContext.begin`: so much as takes some tens of milliseconds,
    /// because all others wait meanwhile.
    /// - Returns: true when the work is done.
    func proceed(_ work: LongWork, _ context: WriteContext) throws -> Bool
}

extension ServiceLogic {
    public static func known(
        of stream: ServiceName, after seq: Int64, limit: Int, _ snapshot: Snapshot
    ) throws -> [KnownEvent] { [] }
    public func wake(_ context: WriteContext) throws {}
    public static var signs: Bool { false }
    public static var parameters: [any AnyParameter] { [] }
    public func decideAnew(_ change: ParameterChange, _ context: WriteContext) throws -> ParameterReach {
        ParameterReach()
    }
    /// A service that begins no long work finds none in its store.
    public func proceed(_ work: LongWork, _ context: WriteContext) throws -> Bool { throw UnreadableValue() }
}

/// What the host hands to a service once.
public struct ServiceTools: Sendable {
    public let sealer: Sealer
    public let randomness: any Randomness
    /// Proves who acts.
    public let officers: OfficerCheck
    /// The service's own key to sign with; of those that have one.
    public let signature: SignatureKey?

    public init(
        sealer: Sealer, randomness: any Randomness, officers: OfficerCheck, signature: SignatureKey? = nil
    ) {
        self.sealer = sealer
        self.randomness = randomness
        self.officers = officers
        self.signature = signature
    }
}

/// What a command, an event or a timer works with: the open transaction and who acts.
public struct WriteContext {
    public let transaction: Transaction
    let acting: ActingOfficer
    private let mayEmit: Bool

    public init(officer: Officer, transaction: Transaction) {
        self.init(ActingOfficer(officer), transaction, mayEmit: true)
    }

    init(_ acting: ActingOfficer, _ transaction: Transaction, mayEmit: Bool = true) {
        self.acting = acting
        self.transaction = transaction
        self.mayEmit = mayEmit
    }

    public var officer: Officer { acting.officer }
    public var now: Timestamp { transaction.now }
    public var today: CalendarDay { CalendarDay(transaction.now) }

    /// Appends an event to the service's own log, in the same transaction as the change it tells of.
    public func emit(_ event: some Event) throws {
        guard mayEmit else { throw EmitsWhileProjecting() }
        _ = try transaction.append(
            name: type(of: event).name, version: type(of: event).version, key: event.key, actor: acting.text,
            body: JSONCoding.bytes(event))
    }

    /// Refuses when the thing lies outside the officer's area.
    public func requireArea(enterprise: String?, township: String?) throws {
        guard officer.area.covers(enterprise: enterprise, township: township) else {
            throw CommonRefusal.areaNotEntitled
        }
    }
}

/// What a query works with: a snapshot, and a list of whose data it showed.
public final class ReadContext {
    public let officer: Officer
    public let snapshot: Snapshot
    public let now: Timestamp
    /// Whose personal data the answer shows. The host writes it down with who asked, before the answer leaves.
    private(set) var subjects: [String] = []

    public init(officer: Officer, snapshot: Snapshot, now: Timestamp) {
        self.officer = officer
        self.snapshot = snapshot
        self.now = now
    }

    public var today: CalendarDay { CalendarDay(now) }

    public func looked(at person: PersonID) { subjects.append(person.key) }

    /// The rows of a roster that were set aside hold the data of people who are in no ledger.
    public func looked(atSetAsideOf roster: Int64) { subjects.append("roster:\(roster)") }

    /// Refuses when the thing lies outside the officer's area.
    public func requireArea(enterprise: String?, township: String?) throws {
        guard officer.area.covers(enterprise: enterprise, township: township) else {
            throw CommonRefusal.areaNotEntitled
        }
    }
}
