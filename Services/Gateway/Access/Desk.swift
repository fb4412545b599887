import Contracts
import Domain
import FoundationEssentials
import Host
import Kernel
import Messaging
import Store
import Synchronization

/// Where the pages' questions and orders go out, on behalf of the account that is signed in.
final class Desk: Sendable {
    /// How long a person waits for a service before the page says that it is busy.
    static let patienceInMilliseconds: Int64 = 10_000
    private static let patienceForManyInMilliseconds: Int64 = 60_000

    private let process: ServiceProcess<GatewayLogic>
    private let clock: any WallClock
    let unread = UnreadMessages()
    /// Rosters on their way to the registry.
    let uploads = RosterUploads()
    /// Rosters that are looked at before they go in.
    let previews = RosterPreviews()
    /// A workbook of thousands takes seconds: few at a time, and one of an account.
    let exports = Turns(2, share: 1, mostWaiting: 64, waitingShare: 8)
    /// What is done for many, on its way to the services.
    let runs = RunKeeper()
    let signedIn = SignedIn()
    /// Whether people come by https only.
    private let isSecure: Bool
    /// Connections for reading the gateway's own figures; taken by one thread at a time and given back.
    private let readers = Mutex<[ReadableStore]>([])

    init(process: ServiceProcess<GatewayLogic>, clock: any WallClock = SystemClock(), isSecure: Bool = false) {
        self.process = process
        self.clock = clock
        self.isSecure = isSecure
    }

    var now: Timestamp { clock.now() }
    var today: CalendarDay { CalendarDay(clock.now()) }

    /// Asks the service that the query's name begins with.
    /// - Throws: the service's `Refusal`, or a `BusFailure`.
    func ask<Q: Query>(
        _ query: Q, as acting: Acting, patienceInMilliseconds: Int64 = Desk.patienceInMilliseconds
    ) throws -> Q.Reply {
        let reply = try send(Q.name, Q.version, query, acting, nil, patienceInMilliseconds)
        return try JSONCoding.value(Q.Reply.self, from: reply.body)
    }

    /// Orders, and waits until the gateway's own figures show what was done.
    /// - Parameter number: the same for each sending of one form, so that a double click is one command.
    /// - Throws: the service's `Refusal`, or a `BusFailure`.
    @discardableResult
    func order<C: Command>(_ command: C, as acting: Acting, number: CommandNumber) throws -> C.Reply {
        let (reply, position) = try place(command, as: acting, number: number)
        if let position { waitUntilShown(position, of: C.self) }
        return reply
    }

    /// Orders, and does not wait for the gateway's own figures.
    /// - Returns: the answer, and what to give to `waitUntilShown`.
    func place<C: Command>(
        _ command: C, as acting: Acting, number: CommandNumber
    ) throws -> (reply: C.Reply, position: LogPosition?) {
        let reply = try send(C.name, C.version, command, acting, number)
        return (try JSONCoding.value(C.Reply.self, from: reply.body), LogPosition(bytes: reply.context))
    }

    /// Orders many things of one kind at once, see `Each`.
    func placeEach<C: Command>(
        _ commands: [C], as acting: Acting, number: CommandNumber
    ) throws -> [ItemOutcome<C.Reply>] {
        let reply = try send(
            Each<C>.name, Each<C>.version, Each(items: commands), acting, number, Self.patienceForManyInMilliseconds)
        return try JSONCoding.value(ItemOutcomes<C.Reply>.self, from: reply.body).outcomes
    }

    /// Asks a service a question that every service answers.
    func ask<Reply: Decodable>(
        _ service: ServiceName, _ name: String, _ message: some Encodable, as acting: Acting
    ) throws -> Reply {
        try JSONCoding.value(Reply.self, from: send(name, 1, message, acting, nil, to: service).body)
    }

    /// Waits, not for long, until the gateway's own figures show what was done up to there.
    func waitUntilShown<C: Command>(_ position: LogPosition, of command: C.Type) {
        guard let service = Self.service(of: C.name) else { return }
        _ = process.applied.wait(for: service, seq: position.seq, timeoutInMilliseconds: 2000)
    }

    private func send(
        _ name: String, _ version: Int, _ message: some Encodable, _ acting: Acting, _ number: CommandNumber?,
        _ patienceInMilliseconds: Int64 = Desk.patienceInMilliseconds, to named: ServiceName? = nil
    ) throws -> BusReply {
        guard let service = named ?? Self.service(of: name) else {
            preconditionFailure("a message is named after its service")
        }
        let request = OutgoingRequest(
            service: service.rawValue, message: name, version: UInt16(version), context: try acting.assertion(),
            body: try JSONCoding.bytes(message), command: number,
            timeoutInMilliseconds: patienceInMilliseconds)
        let reply = try process.bus.askAndWait(request)
        if reply.status == .refused { throw try JSONCoding.value(Refusal.self, from: reply.body) }
        return reply
    }

    static func service(of message: String) -> ServiceName? {
        ServiceName(rawValue: String(message.prefix { $0 != "." }))
    }

    /// Whether this instance is the one that writes the gateway's store, and so carries out the runs.
    var isWriter: Bool { process.isWriter }

    /// A number for something that no form and no caller numbers.
    func nextCommandNumber() -> CommandNumber { process.bus.nextCommandNumber() }

    /// The broker's own account of who is there.
    func busStatus() throws -> [UInt8] {
        try process.bus.askAndWait(
            OutgoingRequest(
                service: ServiceName.bus.rawValue, message: "bus.status", timeoutInMilliseconds: 1000)
        ).body
    }

    /// How the writers of all services say they are, asked at once: who does not answer within a second is not in the
    /// answer.
    func look() -> Health.Finding {
        let bus = try? JSONCoding.value(BrokerSnapshot.self, from: busStatus())
        var finding = Health.Finding(
            store: (try? read { try $0.positions() }) != nil, bus: bus, statuses: [:],
            freeDiskInKibibytes: FreeDisk.inKibibytes(at: process.options.data))
        let instances = bus?.instances ?? []
        // Any instance answers: asked a few times, the writer is among them.
        let asked = ServiceName.storing.flatMap { service in
            let own = instances.filter { $0.service == service.rawValue }
            guard own.contains(where: \.isActiveWriter) else { return [ServiceName]() }
            return Array(repeating: service, count: own.count < 2 ? 1 : 3 * own.count)
        }
        let answers = Monitor<(open: Int, statuses: [ServiceName: ServiceStatus])>((asked.count, [:]))
        for service in asked {
            let request = OutgoingRequest(
                service: service.rawValue, message: ServiceStatusQuery.name, body: Array("{}".utf8),
                timeoutInMilliseconds: 1000)
            process.bus.ask(request) { result in
                let status = (try? result.get()).flatMap { try? JSONCoding.value(ServiceStatus.self, from: $0.body) }
                answers.update { answers in
                    answers.open -= 1
                    guard let status else { return }
                    if status.role == InstanceRole.writer.rawValue || answers.statuses[service] == nil {
                        answers.statuses[service] = status
                    }
                }
            }
        }
        finding.statuses =
            answers.wait(forMilliseconds: 2000) { $0.open == 0 ? $0.statuses : nil } ?? answers.read { $0.statuses }
        return finding
    }

    /// Reads the gateway's own figures from a snapshot.
    func read<T>(_ body: (GatewayReads) throws -> T) throws -> T {
        let store: ReadableStore
        if let free = readers.withLock({ $0.popLast() }) {
            store = free
        } else {
            store = try ReadableStore(
                path: process.storePath, stream: ServiceName.gateway.rawValue,
                migrations: ServiceCore<GatewayLogic>.migrations)
        }
        let result = try store.read { try body(GatewayReads($0)) }
        readers.withLock { if $0.count < 4 { $0.append(store) } }
        return result
    }

    /// Waits until something was applied after `version`.
    func waitForChange(after version: UInt64, timeoutInMilliseconds: Int) -> UInt64 {
        process.applied.waitForChange(after: version, timeoutInMilliseconds: timeoutInMilliseconds)
    }

    var sealer: GatewaySealer {
        GatewaySealer(sealer: process.tools.sealer, randomness: process.tools.randomness, isSecure: isSecure)
    }
}
