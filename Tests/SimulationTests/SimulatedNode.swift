import Contracts
import Domain
import FoundationEssentials
import Host
import Messaging
import Sealing
import Store
import Support

/// A process of the simulated county: takes frames, gives frames, may crash at any moment and come back.
protocol SimulatedNode: AnyObject {
    var peer: PeerIdentity { get }
    var service: ServiceName { get }
    var isUp: Bool { get }

    func receive(_ frame: Frame)
    func tick()
    func takeFrames() -> [Frame]
    /// When it has to be ticked at the latest; nil while it is down.
    var nextDue: Timestamp? { get }
    func crash()
    func restart() throws
    /// The whole log, for the checks in the end.
    func log() throws -> [LogRecord]
    /// Where the log stands; nil while the node is down or has none.
    var head: LogHead? { get }
    /// How far the node has followed each other log; empty while it is down.
    func offsets() throws -> [String: StreamOffset]
}

/// A service with its real core and a real SQLite file, and the memory network in the place of sockets. It does what
/// `ServiceProcess` does with threads, one step after the other.
final class ServiceNode<Logic: ServiceLogic>: SimulatedNode {
    let service = Logic.name
    private(set) var peer: PeerIdentity
    private let folder: String
    private let clock: ManualClock
    private let randomness: SeededRandomness
    private let tools: ServiceTools
    /// How many of a thousand commits are followed by a crash before anybody hears of them.
    private let crashAfterCommitPerThousand: Int
    private var lives = 0
    private var core: ServiceCore<Logic>?
    private var endpoint: Endpoint?
    private var subscriptions = Subscriptions()
    private var fetches: [Ticket: ServiceName] = [:]
    private var nextWake: Timestamp
    private(set) var crashes = 0

    init(
        folder: String, clock: ManualClock, randomness: SeededRandomness, crashAfterCommitPerThousand: Int
    ) throws {
        self.folder = folder
        self.clock = clock
        self.randomness = randomness
        self.crashAfterCommitPerThousand = crashAfterCommitPerThousand
        tools = ServiceTools(sealer: Sealer(SealingKey.random()), randomness: randomness)
        peer = PeerIdentity([])
        nextWake = clock.now()
        try restart()
    }

    var isUp: Bool { core != nil }
    var nextDue: Timestamp? { endpoint?.nextDue }

    func restart() throws {
        guard core == nil else { return }
        lives += 1
        // A new life is a new peer to the broker, as a new socket is.
        peer = PeerIdentity(Array("\(service.rawValue)/\(lives)".utf8))
        let store = try WritableStore(
            path: "\(folder)/\(service.rawValue).sqlite", stream: service.rawValue,
            migrations: ServiceCore<Logic>.migrations, clock: clock, randomness: randomness, durability: .none)
        let core = ServiceCore<Logic>(store: store, tools: tools)
        subscriptions = try core.subscriptions()
        var endpoint = Endpoint(
            registration: Registration(
                service: service.rawValue, instance: "\(service.rawValue)-1", role: .writer,
                streams: AccessTable.follows(service).map(\.rawValue), writerEpoch: UInt64(store.writerEpoch)),
            randomness: randomness, now: clock.now())
        endpoint.start(now: clock.now())
        endpoint.announce(core.head, now: clock.now())
        self.core = core
        self.endpoint = endpoint
        fetches = [:]
    }

    func crash() {
        guard let core else { return }
        core.store.close()
        self.core = nil
        endpoint = nil
        crashes += 1
    }

    func receive(_ frame: Frame) {
        endpoint?.receive(frame, now: clock.now())
        work()
    }

    func tick() {
        endpoint?.tick(now: clock.now())
        work()
    }

    func takeFrames() -> [Frame] { endpoint?.takeFrames() ?? [] }

    func log() throws -> [LogRecord] {
        guard let core else { return [] }
        return try core.store.commit { try $0.events(after: 0, limit: 1_000_000, byteLimit: 1 << 30) }
    }

    var head: LogHead? { core?.store.head }

    func offsets() throws -> [String: StreamOffset] {
        try look { transaction in
            let followed = AccessTable.follows(service).map(\.rawValue)
            let pairs = try followed.compactMap { stream in try transaction.offset(of: stream).map { (stream, $0) } }
            return Dictionary(uniqueKeysWithValues: pairs)
        } ?? [:]
    }

    /// Reads the store between the steps, for the checks in the end.
    func look<T>(_ body: (Transaction) throws -> T) throws -> T? { try core?.store.commit(body) }

    private func work() {
        guard let events = endpoint?.takeEvents() else { return }
        var works: [Work] = []
        for event in events {
            switch event {
            case .request(let request) where request.message == FetchLog.name: answerFetch(request)
            case .request(let request) where AccessTable.kind(of: request.message, at: service) == .query:
                works += answer(request)
            case .request(let request): works.append(.request(request))
            case .heads(let heads): subscriptions.learn(heads)
            case .answered(let ticket, let result): works += fetched(ticket, result)
            case .connected, .disconnected, .refused: break
            }
        }
        if clock.now() >= nextWake || nextWake.milliseconds(since: clock.now()) > 60_000 {
            works.append(.wake)
            nextWake = clock.now().advanced(byMilliseconds: 60_000)
        }
        if !works.isEmpty { run(works) }
        fetch()
    }

    private func fetched(_ ticket: Ticket, _ result: Result<BusReply, BusFailure>) -> [Work] {
        guard let stream = fetches.removeValue(forKey: ticket) else { return [] }
        guard case .success(let reply) = result, reply.status == .done, let batch = EventBatch(bytes: reply.body) else {
            subscriptions.failed(stream, at: clock.now())
            return []
        }
        return [.events(stream: stream, batch)]
    }

    private func run(_ works: [Work]) {
        guard let core, let effects = try? core.run(works) else { return crash() }
        if randomness.number(below: 1000) < crashAfterCommitPerThousand { return crash() }
        for effect in effects {
            switch effect {
            case .reply(let token, let status, let context, let body):
                endpoint?.reply(
                    OutgoingReply(token: token, status: status, context: context, body: body), now: clock.now())
            case .head(let head): endpoint?.announce(head, now: clock.now())
            case .applied(let stream, let epoch, let seq, let head):
                subscriptions.applied(stream, epoch: epoch, seq: seq, head: head, at: clock.now())
            case .fetchAgain(let stream): subscriptions.failed(stream, at: clock.now())
            case .halted(let stream, let reason): subscriptions.halt(stream, reason: reason)
            case .fault: break
            }
        }
    }

    /// From the snapshot; an answer that shows somebody's data leaves with the commit that says who looked.
    private func answer(_ request: IncomingRequest) -> [Work] {
        let logic = Logic(tools: tools)
        guard let core,
            let answer = try? core.store.commit({
                try QueryAnswer.pending(logic, request, $0, now: clock.now())
            })
        else { return [] }
        if let note = answer.looked { return [.looked(note, reply: answer.reply)] }
        endpoint?.reply(answer.reply, now: clock.now())
        return []
    }

    private func answerFetch(_ request: IncomingRequest) {
        guard let core, let body = try? core.store.commit({ try QueryAnswer.log(request, $0) }) else { return }
        endpoint?.reply(OutgoingReply(token: request.token, status: .done, body: body), now: clock.now())
    }

    private func fetch() {
        for fetch in subscriptions.due(at: clock.now()) {
            guard let body = try? JSONCoding.bytes(fetch.request),
                let ticket = endpoint?.ask(
                    OutgoingRequest(service: fetch.stream.rawValue, message: FetchLog.name, body: body),
                    now: clock.now())
            else { continue }
            fetches[ticket] = fetch.stream
        }
    }
}
