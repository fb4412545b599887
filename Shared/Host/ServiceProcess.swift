import Contracts
import Domain
import Glibc
import Kernel
import Messaging
import Sealing
import Store
import Synchronization

/// One instance of a service as a process: a thread for the bus, one for writing, one for queries, one for those who
/// follow the log. The first instance that gets the store's lock writes; the others answer queries and take over when
/// it is gone.
public final class ServiceProcess<Logic: ServiceLogic>: BusHandler, Sendable {
    public let options: ServiceOptions
    public let tools: ServiceTools
    /// How far this instance has applied the logs it follows.
    public let applied = AppliedPositions()
    private let clock: any WallClock
    private let curve: CurveKeyPair
    private let brokerPublicKey: String
    private let writing: WorkQueue<WriterInput>
    private let reading = WorkQueue<IncomingRequest>()
    private let logServer = LogServer()
    private let kinds = Logic.answers
    private let pulse: WriterPulse
    private let connection = Mutex<BusConnection?>(nil)
    private let role = Mutex<InstanceRole>(.reader)
    private let following = Mutex<(followed: [FollowedStream], logSeq: Int64, closed: Refusal?)>(([], 0, nil))
    private let threads = Mutex<[OwnThread]>([])
    private let startedAt: Timestamp

    public init(options: ServiceOptions, clock: any WallClock = SystemClock()) throws {
        self.options = options
        self.clock = clock
        startedAt = clock.now()
        let writing = WorkQueue<WriterInput>()
        self.writing = writing
        pulse = WriterPulse { writing.count }
        let keys = KeyFolder(options.keys)
        curve = try CurveKeyPair.read(path: keys.curveFile(Logic.name)).keys
        brokerPublicKey = try keys.publicKey(of: .bus)
        tools = ServiceTools(
            sealer: Sealer(try SealingKey.load(from: keys.sealingFile(Logic.name))),
            randomness: SystemRandomness(), officers: try keys.officerCheck(),
            signature: Logic.signs ? try SignatureKey.load(from: keys.signatureFile(Logic.name)) : nil)
        try Folders.make(options.data)
    }

    public var storePath: String { "\(options.data)/\(Logic.name.rawValue).sqlite" }

    /// Whether this is the instance that writes.
    public var isWriter: Bool { role.withLock { $0 == .writer } }

    /// The connection to the bus, once started.
    public var bus: BusConnection {
        guard let connection = connection.withLock({ $0 }) else { preconditionFailure("the process is not started") }
        return connection
    }

    public func start() throws {
        let loop = WriterLoop { [self] in try openAsWriter() }
        try loop.begin(at: MonotonicClock.milliseconds())
        if loop.store != nil { role.withLock { $0 = .writer } }
        let connection = BusConnection(
            configuration: BusConfiguration(
                address: options.bus, brokerPublicKey: brokerPublicKey, publicKey: curve.publicKey,
                secretKey: curve.secretKey),
            registration: Registration(
                service: Logic.name.rawValue, instance: "\(Logic.name.rawValue)-\(options.instance)",
                role: role.withLock { $0 }, streams: Logic.heardStreams,
                writerEpoch: UInt64(loop.store?.writerEpoch ?? 0), answers: kinds),
            clock: clock, randomness: tools.randomness, handler: self, pulse: pulse)
        self.connection.withLock { $0 = connection }
        try connection.start()
        // The writing connection moves to its thread once, here; nobody else touches it.
        let handedOver = Handed(loop)
        try run("writer") { [self] in write(handedOver.take()) }
        try run("reader") { [self] in read() }
        try run("log") { [self] in
            logServer.run(
                open: openToRead, reply: { bus.replies([$0]) }, failed: { log("读取日志未成：\(describe($0))") })
        }
        WriterWatchdog.start(pulse) { [self] in dieHung(afterMilliseconds: $0) }
    }

    private func run(_ name: String, _ work: @escaping @Sendable () -> Void) throws {
        guard let thread = OwnThread(name: name, work) else { throw BusSetupError.resources }
        threads.withLock { $0.append(thread) }
    }

    /// In order: no new requests, what is in hand ends, the store is closed.
    public func stop() {
        connection.withLock { $0 }?.stop()
        writing.close()
        reading.close()
        logServer.close()
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    // MARK: The bus's thread

    public func received(_ request: IncomingRequest) {
        switch kinds[request.message] {
        case .query where request.message == FetchLog.name: logServer.push(request)
        case .query: reading.push(request)
        case .command, nil: writing.push(.request(request))
        }
    }

    public func heads(_ heads: [StreamHead]) { writing.push(.heads(heads)) }

    public func refused(_ failure: BusFailure) { log("总线拒绝登记：\(failure.slug) \(failure.message)") }

    // MARK: The writer's thread

    private func openAsWriter() throws -> ServiceCore<Logic>? {
        let store: WritableStore
        let mark = StoreMarkFile(besideStoreAt: storePath)
        try mark.requireStore()
        do {
            store = try WritableStore(
                path: storePath, stream: Logic.name.rawValue, migrations: ServiceCore<Logic>.migrations, clock: clock,
                randomness: tools.randomness)
        } catch  where error.code == .locked {
            return nil
        }
        try SealCheck.run(store, tools.sealer, keyFile: KeyFolder(options.keys).sealingFile(Logic.name))
        try SealedResults.sealOldOnes(store, tools.sealer)
        return ServiceCore(store: store, tools: tools, mark: mark)
    }

    private func write(_ loop: WriterLoop<Logic>) {
        defer { pulse.stop() }
        do {
            publish(loop)
            while let inputs = writing.take(
                limit: WriterLoop<Logic>.largestTurn,
                timeoutInMilliseconds: loop.waitInMilliseconds(at: MonotonicClock.milliseconds()))
            {
                // Opening a store may take as long as it takes; only whoever writes has to go on.
                if loop.store != nil { pulse.start() }
                pulse.begin()
                for output in try loop.turn(inputs, at: MonotonicClock.milliseconds()) { carryOut(output) }
                pulse.end()
                publish(loop)
            }
            loop.close()
        } catch {
            die(error)
        }
    }

    /// What the instance says of itself when it is asked.
    private func publish(_ loop: WriterLoop<Logic>) {
        following.withLock { $0 = (loop.followed, loop.store?.head.seq ?? 0, loop.complaint) }
    }

    private func carryOut(_ output: WriterOutput) {
        switch output {
        case .replies(let replies): bus.replies(replies)
        case .handBack(let request): bus.handBack([request.token])
        case .noteElsewhere(let note, let reply): sendNote(note, then: reply)
        case .announce(let head): bus.announce(head)
        case .applied(let stream, let seq): applied.set(stream, seq)
        case .fetch(let stream, let request):
            bus.ask(request) { [writing] result in
                let reply = try? result.get()
                writing.push(.fetched(stream, reply?.status == .done ? reply?.body : nil))
            }
        case .tookOver(let writerEpoch):
            role.withLock { $0 = .writer }
            log("接任写入者")
            bus.become(.writer, writerEpoch: writerEpoch)
        case .tell(let what): log(what)
        }
    }

    // MARK: The reader's thread

    /// Quick answers go out together; none waits longer than this for one that takes its time.
    private var togetherInMilliseconds: Int64 { 1 }

    private func read() {
        var store: ReadableStore?
        let logic = Logic(tools: tools)
        while let requests = reading.take(limit: 64, timeoutInMilliseconds: 60_000) {
            var replies: [OutgoingReply] = []
            var begun = MonotonicClock.milliseconds()
            for request in requests {
                defer {
                    let now = MonotonicClock.milliseconds()
                    if now - begun >= togetherInMilliseconds {
                        bus.replies(replies)
                        replies = []
                        begun = now
                    }
                }
                do {
                    if request.message == ServiceStatusQuery.name {
                        // An instance tells how it is even when its store cannot be read.
                        if store == nil { store = try? openToRead() }
                        let parked = store.flatMap { try? $0.read { try EventIntake<Logic>.counts($0) } } ?? [:]
                        replies.append(reply(request, .done, try JSONCoding.bytes(status(parked))))
                        continue
                    }
                    let opened = try store ?? openToRead()
                    store = opened
                    let answer = try answer(request, logic, opened)
                    if let note = answer.looked {
                        letOut(answer.reply, after: note)
                    } else {
                        replies.append(answer.reply)
                    }
                } catch {
                    log("查询 \(request.message) 未成：\(describe(error))")
                    store = nil
                    let refusal = (error as? StoreError).map(Answering.refusal) ?? CommonRefusal.internalFault
                    replies.append(reply(request, .refused, Answering.body(refusal)))
                }
            }
            bus.replies(replies)
        }
    }

    private func openToRead() throws -> ReadableStore {
        try ReadableStore(
            path: storePath, stream: Logic.name.rawValue, migrations: ServiceCore<Logic>.migrations)
    }

    private func answer(
        _ request: IncomingRequest, _ logic: Logic, _ store: ReadableStore
    ) throws -> PendingAnswer {
        try store.read { snapshot in
            try QueryAnswer.pending(logic, tools, request, snapshot, now: clock.now())
        }
    }

    /// Lets an answer out once it is durable who looked: by this instance's own writer, or over the bus by another's.
    private func letOut(_ reply: OutgoingReply, after note: NoteLooked) {
        if role.withLock({ $0 == .writer }) {
            writing.push(.looked(note, reply: reply))
        } else {
            sendNote(note, then: reply)
        }
    }

    private func sendNote(_ note: NoteLooked, then reply: OutgoingReply) {
        guard let body = try? JSONCoding.bytes(note) else { return }
        let request = OutgoingRequest(
            service: Logic.name.rawValue, message: NoteLooked.name, body: body,
            command: bus.nextCommandNumber(), timeoutInMilliseconds: 10_000)
        bus.ask(request) { [weak self] result in
            var reply = reply
            if case .success(let noted) = result, noted.status == .done {
                self?.bus.replies([reply])
                return
            }
            reply.status = .refused
            reply.body = Answering.body(CommonRefusal.notRecorded)
            self?.bus.replies([reply])
        }
    }

    private func reply(_ request: IncomingRequest, _ status: ReplyStatus, _ body: [UInt8]) -> OutgoingReply {
        OutgoingReply(token: request.token, status: status, body: body)
    }

    private func status(_ parked: [String: Int]) -> ServiceStatus {
        var following = following.withLock { $0 }
        for index in following.followed.indices {
            following.followed[index].parkedKeys = parked[following.followed[index].stream] ?? 0
        }
        return ServiceStatus(
            service: Logic.name, instance: "\(Logic.name.rawValue)-\(options.instance)",
            role: role.withLock { $0.rawValue }, processIdentifier: getpid(),
            uptimeInMilliseconds: clock.now().milliseconds(since: startedAt),
            residentMemoryInKibibytes: ProcessMemory.residentInKibibytes(getpid()) ?? 0,
            queued: writing.count + reading.count + logServer.count, logSeq: following.logSeq,
            followed: following.followed, closed: following.closed,
            freeDiskInKibibytes: FreeDisk.inKibibytes(at: options.data))
    }

    // MARK: Ends

    /// Fenced, damaged: this process must not go on. The supervisor starts another. The other threads are at work, so
    /// nothing is cleared up under them.
    private func die(_ error: any Error) -> Never {
        log("停止运行：\(describe(error))")
        _exit(70)
    }

    /// Threads go on while it ends: nothing of theirs is to be cleaned up.
    private func dieHung(afterMilliseconds milliseconds: Int64) {
        log("写入线程已 \(milliseconds / 1000) 秒没有进展而有工作在等待（bus.writer-hung），本进程结束，由其他实例或重新启动的实例接任")
        _exit(70)
    }

    private func describe(_ error: any Error) -> String {
        (error as? StoreError).map { "\($0.code.rawValue) \($0.message)" } ?? String(describing: type(of: error))
    }

    private func log(_ message: String) { ServiceLog.write("\(Logic.name.rawValue)-\(options.instance)", message) }
}

/// Hands a value that is not Sendable to another thread, once.
private final class Handed<Value>: @unchecked Sendable {
    private var value: Value?
    init(_ value: Value) { self.value = value }
    func take() -> Value {
        defer { value = nil }
        guard let value else { preconditionFailure("taken twice") }
        return value
    }
}
