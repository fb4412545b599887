import Contracts
import Domain
import FoundationEssentials
import Glibc
import Host
import Kernel
import Messaging
import Store
import Support

/// A process of the simulated county: takes frames, gives frames, may end at any moment and come back.
protocol SimulatedNode: AnyObject {
    var peer: PeerIdentity { get }
    var service: ServiceName { get }
    /// The logs that the node follows.
    var follows: [ServiceName] { get }
    var clock: ManualClock { get }
    var isUp: Bool { get }
    var disk: SimulatedDisk? { get }
    /// Until when it stands still; nil when it does not.
    var hangsUntil: SteadyInstant? { get }
    /// The number of this writer; nil for one that does not write.
    var writerEpoch: Int64? { get }
    /// Why it takes no commands; nil when it does, or is no writer.
    var complaint: Refusal? { get }
    /// Where its store lies.
    var storePath: String { get }
    var instance: Int { get }
    /// How often it was started.
    var lives: Int { get }

    func receive(_ frame: Frame)
    func tick()
    func takeFrames() -> [Frame]
    /// In how long it has to be ticked at the latest.
    var waitInMilliseconds: Int64 { get }
    /// The end of the process, as by `kill -9`: nothing more comes of it.
    func crash()
    func restart() throws
    /// Stands still, with its connection to the bus or only its writer.
    func hang(forMilliseconds: Int64, withBus: Bool)
    /// Takes the lock's file away from under the writer, as a person does who tidies up.
    func loseLock()

    // What its store says, for the checks.
    func log() throws -> [LogRecord]
    var head: LogHead? { get }
    func offsets() throws -> [String: StreamOffset]
    /// What waits in it, which must stay bounded.
    var outstanding: Int { get }
}

/// One instance of a service: its real core and loop, a real store on a simulated disk, and the memory network in the
/// place of sockets. It does what `ServiceProcess` does with threads, one step after the other.
final class ServiceNode<Logic: ServiceLogic>: SimulatedNode {
    let service = Logic.name
    let follows = Logic.follows.map(\.stream)
    let clock: ManualClock
    let disk: SimulatedDisk?
    private(set) var peer = PeerIdentity([])
    private(set) var hangsUntil: SteadyInstant?
    private let world: World
    private let kinds = Logic.answers
    let instance: Int
    private let storage: SimulatedDisk
    private let tools: ServiceTools
    private var isBusHung = false
    private(set) var lives: Int
    private var loop: WriterLoop<Logic>?
    private var endpoint: Endpoint?
    private var reader: ReadableStore?
    private var fetches: [Ticket: ServiceName] = [:]
    private var batches = LogBatches()
    /// What came while it stood still.
    private var waiting: [Frame] = []

    /// - Parameter lives: how many its predecessor had, when it takes the place of another program.
    init(_ world: World, instance: Int = 1, clock: ManualClock? = nil, lives: Int = 0) throws {
        self.world = world
        self.lives = lives
        self.instance = instance
        self.clock = clock ?? world.clock()
        storage = try world.disk(of: Logic.name)
        disk = storage
        tools = try world.tools(of: Logic.name)
        if storage.isEmpty, !world.beginsWithoutStores { storage.putBack(try FirstStart.files(of: Logic.self)) }
        try restart()
    }

    var isUp: Bool { loop != nil }
    var writerEpoch: Int64? { loop?.store?.writerEpoch }
    var complaint: Refusal? { loop?.complaint }
    private var now: SteadyInstant { clock.instant() }
    private var owner: String { "\(service.rawValue)-\(instance)/\(lives)" }
    var storePath: String { "\(storage.folder)/\(service.rawValue).sqlite" }
    private var isHung: Bool { hangsUntil.map { $0 > now } ?? false }

    var waitInMilliseconds: Int64 {
        guard let loop, let endpoint else { return 1000 }
        if isHung, isBusHung { return 1000 }
        let bus = endpoint.nextDue.milliseconds(since: now)
        return isHung ? bus : min(bus, Int64(loop.waitInMilliseconds(at: now.milliseconds)))
    }

    func restart() throws {
        guard loop == nil else { return }
        lives += 1
        storage.owner = owner
        // A new life is a new peer to the broker, as a new socket is.
        peer = PeerIdentity(Array(owner.utf8))
        let loop = WriterLoop<Logic> { [weak self] in try self?.open() }
        let failuresBefore = storage.failures
        do {
            try loop.begin(at: now.milliseconds)
        } catch  where storage.isCut || storage.failures > failuresBefore {
            // The power or the disk failed in the midst of it: the process ends, and is started again.
            storage.kill(owner)
            return
        }
        var endpoint = Endpoint(
            registration: Registration(
                service: service.rawValue, instance: "\(service.rawValue)-\(instance)",
                role: loop.store == nil ? .reader : .writer, streams: Logic.heardStreams,
                writerEpoch: UInt64(loop.store?.writerEpoch ?? 0), answers: kinds),
            randomness: world.randomness, startedAt: clock.now(), now: now)
        endpoint.start(now: now)
        self.loop = loop
        self.endpoint = endpoint
    }

    private func open() throws -> ServiceCore<Logic>? {
        let store: WritableStore
        do {
            store = try WritableStore(
                path: storePath, stream: service.rawValue, migrations: ServiceCore<Logic>.migrations, clock: clock,
                randomness: world.randomness)
        } catch  where error.code == .locked {
            return nil
        }
        let mark = world.keepsMarks ? StoreMarkFile(besideStoreAt: storePath) : nil
        let core = ServiceCore<Logic>(store: store, tools: tools, mark: mark)
        world.opened(service, writerEpoch: store.writerEpoch, head: core.head)
        return core
    }

    func crash() {
        guard loop != nil else { return }
        // First, so that closing the store in an orderly way has no effect any more.
        storage.kill(owner)
        loop = nil
        endpoint = nil
        reader = nil
        fetches = [:]
        batches = LogBatches()
        waiting = []
        hangsUntil = nil
        world.figures.crashes += 1
    }

    func hang(forMilliseconds span: Int64, withBus: Bool) {
        hangsUntil = now.advanced(byMilliseconds: span)
        isBusHung = withBus
        world.figures.hangs += 1
    }

    func loseLock() { unlink("\(storePath).lock") }

    func receive(_ frame: Frame) {
        if isHung, isBusHung { return waiting.append(frame) }
        endpoint?.receive(frame, now: now)
    }

    func tick() {
        if isHung, isBusHung { return }
        for frame in waiting { endpoint?.receive(frame, now: now) }
        waiting = []
        endpoint?.tick(now: now)
        if isHung { return }
        hangsUntil = nil
        guard let loop, let events = endpoint?.takeEvents() else { return }
        storage.owner = owner
        let inputs = events.compactMap(take)
        let outputs: [WriterOutput]
        do {
            outputs = try loop.turn(inputs, at: now.milliseconds)
        } catch {
            if let writerEpoch, world.isReplaced(service, writerEpoch: writerEpoch) { world.figures.fenced += 1 }
            return crash()
        }
        // Without power nothing leaves the machine. And what was committed is durable when nobody has heard of it yet.
        if storage.isCut || (!outputs.isEmpty && world.chance(perThousand: world.faults.crashAfterCommitPerThousand)) {
            return crash()
        }
        for output in outputs { carryOut(output) }
    }

    private func take(_ event: EndpointEvent) -> WriterInput? {
        switch event {
        case .request(let request) where kinds[request.message] == .query:
            return answer(request)
        case .request(let request): return .request(request)
        case .heads(let heads): return .heads(heads)
        case .answered(let ticket, let result):
            guard let stream = fetches.removeValue(forKey: ticket) else { return nil }
            let reply = try? result.get()
            return .fetched(stream, reply?.status == .done ? reply?.body : nil)
        case .connected, .disconnected, .refused: return nil
        }
    }

    private func carryOut(_ output: WriterOutput) {
        switch output {
        case .replies(let replies):
            if let writerEpoch { world.committed(service, writerEpoch: writerEpoch) }
            for reply in replies { endpoint?.reply(reply, now: now) }
        case .handBack(let request): endpoint?.handBack(request.token, now: now)
        case .announce(let head):
            // Positions in followed logs are announced as well.
            if head.stream == service.rawValue { world.announced(service, head) }
            endpoint?.announce(head, now: now)
        case .fetch(let stream, let request):
            if let ticket = endpoint?.ask(request, now: now) { fetches[ticket] = stream }
        case .tookOver(let writerEpoch):
            world.figures.successions += 1
            endpoint?.become(.writer, writerEpoch: writerEpoch, now: now)
        case .applied(let stream, let seq): world.applied(stream, seq)
        // Nobody in the simulated county looks at people's data at a standby.
        case .noteElsewhere, .tell: break
        }
    }

    /// From the snapshot; an answer that shows somebody's data leaves with the commit that says who looked.
    private func answer(_ request: IncomingRequest) -> WriterInput? {
        do {
            let store = try readable()
            if request.message == FetchLog.name {
                let body = try store.read { try batches.answer(request, $0) }
                endpoint?.reply(OutgoingReply(token: request.token, status: .done, body: body), now: now)
                return nil
            }
            let answer = try store.read {
                try QueryAnswer.pending(Logic(tools: tools), tools, request, $0, now: clock.now())
            }
            if let note = answer.looked { return .looked(note, reply: answer.reply) }
            endpoint?.reply(answer.reply, now: now)
        } catch {
            reader = nil
            let body = (try? JSONCoding.bytes(CommonRefusal.storeBusy)) ?? []
            endpoint?.reply(OutgoingReply(token: request.token, status: .refused, body: body), now: now)
        }
        return nil
    }

    func takeFrames() -> [Frame] { isHung && isBusHung ? [] : endpoint?.takeFrames() ?? [] }

    // MARK: For the checks

    func log() throws -> [LogRecord] {
        try look { try $0.events(after: 0, limit: 1_000_000, byteLimit: 1 << 30) } ?? []
    }

    var head: LogHead? { loop?.store?.head }

    func offsets() throws -> [String: StreamOffset] {
        try look { transaction in
            let pairs = try follows.map(\.rawValue).compactMap { stream in
                try transaction.offset(of: stream).map { (stream, $0) }
            }
            return Dictionary(uniqueKeysWithValues: pairs)
        } ?? [:]
    }

    var outstanding: Int { (endpoint?.openAsks ?? 0) + (endpoint?.requestsInHand ?? 0) + waiting.count }

    /// Reads the store between the steps; nil while the node does not write, or its disk has no room even for a reader.
    func look<T>(_ body: (Snapshot) throws -> T) throws -> T? {
        guard loop?.store != nil else { return nil }
        storage.owner = owner
        do {
            return try readable().read(body)
        } catch let error as StoreError where error.code == .full {
            reader = nil
            return nil
        }
    }

    /// Changes the store between the steps.
    func change(_ body: (Transaction) throws -> Void) throws {
        storage.owner = owner
        do {
            try loop?.store?.commit(body)
        } catch let error as StoreError where error.code == .fenced {
            // Another writes meanwhile, and this one has only not noticed yet.
            crash()
            throw error
        }
    }

    private func readable() throws -> ReadableStore {
        let store =
            try reader
            ?? ReadableStore(path: storePath, stream: service.rawValue, migrations: ServiceCore<Logic>.migrations)
        reader = store
        return store
    }
}
