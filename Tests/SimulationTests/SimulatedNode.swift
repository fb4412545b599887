import Contracts
import Domain
import FoundationEssentials
import Host
import Kernel
import Messaging
import Sealing
import Store
import Support

/// A process of the simulated county: takes frames, gives frames, may crash at any moment and come back.
protocol SimulatedNode: AnyObject {
    var peer: PeerIdentity { get }
    var service: ServiceName { get }
    /// The logs that the node follows.
    var follows: [ServiceName] { get }
    var isUp: Bool { get }

    func receive(_ frame: Frame)
    func tick()
    func takeFrames() -> [Frame]
    /// When it has to be ticked at the latest; nil while it is down.
    var nextDue: SteadyInstant? { get }
    func crash()
    func restart() throws
    /// The whole log, for the checks in the end.
    func log() throws -> [LogRecord]
    /// Where the log stands; nil while the node is down or has none.
    var head: LogHead? { get }
    /// How far the node has followed each other log; empty while it is down.
    func offsets() throws -> [String: StreamOffset]
}

/// A service with its real core and loop and a real SQLite file, and the memory network in the place of sockets: what
/// `ServiceProcess` does with threads, one step after the other.
final class ServiceNode<Logic: ServiceLogic>: SimulatedNode {
    let service = Logic.name
    let follows = Logic.follows.map(\.stream)
    private(set) var peer: PeerIdentity
    private let world: World
    private let kinds = Logic.answers
    private let tools: ServiceTools
    private var lives = 0
    private var loop: WriterLoop<Logic>?
    private var endpoint: Endpoint?
    private var fetches: [Ticket: ServiceName] = [:]
    private var batches = LogBatches()
    private(set) var crashes = 0

    init(_ world: World) throws {
        self.world = world
        tools = ServiceTools(sealer: Sealer(SealingKey.random()), randomness: world.randomness)
        peer = PeerIdentity([])
        try restart()
    }

    private var clock: ManualClock { world.clock }
    private var store: WritableStore? { loop?.store }

    var isUp: Bool { loop != nil }

    var nextDue: SteadyInstant? {
        guard let loop, let endpoint else { return nil }
        let wait = loop.waitInMilliseconds(at: clock.instant().milliseconds)
        return min(endpoint.nextDue, clock.instant().advanced(byMilliseconds: Int64(wait)))
    }

    func restart() throws {
        guard loop == nil else { return }
        lives += 1
        // A new life is a new peer to the broker, as a new socket is.
        peer = PeerIdentity(Array("\(service.rawValue)/\(lives)".utf8))
        let (world, tools) = (world, tools)
        let loop = WriterLoop<Logic> {
            ServiceCore(
                store: try WritableStore(
                    path: "\(world.folder)/\(Logic.name.rawValue).sqlite", stream: Logic.name.rawValue,
                    migrations: ServiceCore<Logic>.migrations, clock: world.clock, randomness: world.randomness,
                    durability: .none), tools: tools)
        }
        try loop.begin(at: world.clock.instant().milliseconds)
        var endpoint = Endpoint(
            registration: Registration(
                service: service.rawValue, instance: "\(service.rawValue)-1",
                role: loop.store == nil ? .reader : .writer, streams: follows.map(\.rawValue),
                writerEpoch: UInt64(loop.store?.writerEpoch ?? 0), answers: kinds),
            randomness: world.randomness, startedAt: clock.now(), now: clock.instant())
        endpoint.start(now: clock.instant())
        self.loop = loop
        self.endpoint = endpoint
        fetches = [:]
        batches = LogBatches()
    }

    func crash() {
        guard let loop else { return }
        loop.close()
        self.loop = nil
        endpoint = nil
        crashes += 1
    }

    func receive(_ frame: Frame) { endpoint?.receive(frame, now: clock.instant()) }

    func tick() {
        endpoint?.tick(now: clock.instant())
        guard let loop, let events = endpoint?.takeEvents() else { return }
        var inputs: [WriterInput] = []
        for event in events {
            switch event {
            case .request(let request) where request.message == FetchLog.name: answerFetch(request)
            case .request(let request) where kinds[request.message] == .query:
                inputs += answer(request)
            case .request(let request): inputs.append(.request(request))
            case .heads(let heads): inputs.append(.heads(heads))
            case .answered(let ticket, let result):
                guard let stream = fetches.removeValue(forKey: ticket) else { continue }
                let reply = try? result.get()
                inputs.append(.fetched(stream, reply?.status == .done ? reply?.body : nil))
            case .connected, .disconnected, .refused: break
            }
        }
        guard let outputs = try? loop.turn(inputs, at: clock.instant().milliseconds) else { return crash() }
        // What was committed is durable; nobody has heard of it.
        let isWork = outputs.contains { if case .fetch = $0 { false } else { true } }
        if isWork, world.randomness.number(below: 1000) < world.crashAfterCommitPerThousand { return crash() }
        for output in outputs { carryOut(output) }
    }

    private func carryOut(_ output: WriterOutput) {
        switch output {
        case .replies(let replies): for reply in replies { endpoint?.reply(reply, now: clock.instant()) }
        case .handBack(let request): endpoint?.handBack(request.token, now: clock.instant())
        case .announce(let head): endpoint?.announce(head, now: clock.instant())
        case .fetch(let stream, let request):
            if let ticket = endpoint?.ask(request, now: clock.instant()) { fetches[ticket] = stream }
        case .tookOver(let writerEpoch): endpoint?.become(.writer, writerEpoch: writerEpoch, now: clock.instant())
        // The simulated county has no readers beside its writers.
        case .noteElsewhere, .applied, .tell: break
        }
    }

    /// From the snapshot; an answer that shows somebody's data leaves with the commit that says who looked.
    private func answer(_ request: IncomingRequest) -> [WriterInput] {
        let logic = Logic(tools: tools)
        guard let store,
            let answer = try? store.commit({ try QueryAnswer.pending(logic, request, $0, now: clock.now()) })
        else { return [] }
        if let note = answer.looked { return [.looked(note, reply: answer.reply)] }
        endpoint?.reply(answer.reply, now: clock.instant())
        return []
    }

    private func answerFetch(_ request: IncomingRequest) {
        guard let store, let body = try? store.commit({ try batches.answer(request, $0) }) else { return }
        endpoint?.reply(OutgoingReply(token: request.token, status: .done, body: body), now: clock.instant())
    }

    func takeFrames() -> [Frame] { endpoint?.takeFrames() ?? [] }

    func log() throws -> [LogRecord] {
        try look { try $0.events(after: 0, limit: 1_000_000, byteLimit: 1 << 30) } ?? []
    }

    var head: LogHead? { store?.head }

    func offsets() throws -> [String: StreamOffset] {
        try look { transaction in
            let pairs = try follows.map(\.rawValue).compactMap { stream in
                try transaction.offset(of: stream).map { (stream, $0) }
            }
            return Dictionary(uniqueKeysWithValues: pairs)
        } ?? [:]
    }

    /// Reads the store between the steps, for the checks in the end.
    func look<T>(_ body: (Transaction) throws -> T) throws -> T? { try store?.commit(body) }
}
