import Contracts
import Domain
import Kernel
import Messaging
import Store

/// What reaches the writer of a service.
public enum WriterInput: Sendable {
    case request(IncomingRequest)
    /// A query was answered from a snapshot: who looked is written down, and only then does the answer leave.
    case looked(NoteLooked, reply: OutgoingReply)
    case heads([StreamHead])
    /// The answer to a fetch that the loop asked for; nil when there was none.
    case fetched(ServiceName, [UInt8]?)
}

/// What the writer wants done, in order. Its owner carries it out, and may die before any of it: nobody has heard of
/// anything yet, and what is durable is found again.
public enum WriterOutput: Sendable {
    case replies([OutgoingReply])
    /// This instance does not write: the broker is to find the one that does.
    case handBack(IncomingRequest)
    /// Nor does it write down who looked: the note goes to the one that does, and then the answer leaves.
    case noteElsewhere(NoteLooked, reply: OutgoingReply)
    /// The own log has grown, or is made known.
    case announce(StreamHead)
    /// A followed log stands applied up to here.
    case applied(ServiceName, seq: Int64)
    /// Ask, and give the answer as ``WriterInput/fetched(_:_:)``.
    case fetch(ServiceName, OutgoingRequest)
    /// The predecessor is gone and this instance writes now.
    case tookOver(writerEpoch: UInt64)
    /// For the log: no values.
    case tell(String)
}

/// All that the writer of a service decides: when it takes over, what goes into one commit, what is let out after it,
/// what is fetched, when the clock's work is due and when the write-ahead log is carried over.
///
/// Knows neither threads nor sockets and reads no clock of its own; times are those of a steady clock, in milliseconds.
/// `ServiceProcess` runs it on a thread, the simulation step by step.
public final class WriterLoop<Logic: ServiceLogic> {
    /// How much may share one commit.
    public static var largestTurn: Int { 512 }
    /// How often a standby looks whether the lock is free: the next writer is there within a second.
    static var standbyPauseInMilliseconds: Int64 { 250 }
    /// What a fault that may pass (no room, no memory) grows the pause to.
    static var longestPauseInMilliseconds: Int64 { 10_000 }
    static var wakeIntervalInMilliseconds: Int64 { 60_000 }
    /// After so long without work the write-ahead log is carried over whole and memory given back.
    static var idleAfterInMilliseconds: Int64 { 1000 }

    private let open: () throws -> ServiceCore<Logic>?
    private var core: ServiceCore<Logic>?
    private var subscriptions = Subscriptions()
    private var pauseInMilliseconds = standbyPauseInMilliseconds
    private var nextOpening: Int64 = .min
    private var nextWake: Int64 = .min
    private var idleAt: Int64 = 0
    /// Something that a command began goes on in the next turn, at once.
    private var isUnfinished = false
    private var outputs: [WriterOutput] = []
    private var nextPositions: Int64 = .min
    private var announced: [StreamHead] = []
    private var lastTold = ""

    /// - Parameter open: takes the writer's lock and opens the store; nil while another holds the lock. What it throws
    ///   and may pass (`StoreError.isPassing`) is tried again with a growing pause; all else ends the process.
    public init(open: @escaping () throws -> ServiceCore<Logic>?) { self.open = open }

    /// Nil while another instance writes.
    public var store: WritableStore? { core?.store }

    /// What an operator is to know of the writer; nil when all is well, and for a standby.
    public var complaint: Refusal? { core?.complaint }

    /// Where each followed log stands; empty for a standby.
    public var followed: [FollowedStream] { core == nil ? [] : subscriptions.followed() }

    /// Tries for the lock before the instance is known on the bus, so that it registers in the right role at once.
    /// - Throws: what prevents a start and does not pass by itself.
    public func begin(at now: Int64) throws { try tryToOpen(at: now) }

    /// Takes in what has come, commits it, and does what is due.
    /// - Returns: what is to be done now that everything is durable.
    /// - Throws: when the store can't go on (fenced, damaged): the process has to end, and nothing may be let out.
    public func turn(_ inputs: [WriterInput], at now: Int64) throws -> [WriterOutput] {
        if let core {
            try write(inputs, core, at: now)
        } else {
            for input in inputs { turnAway(input) }
            if now >= nextOpening {
                try tryToOpen(at: now)
                if let core { outputs.insert(.tookOver(writerEpoch: UInt64(core.store.writerEpoch)), at: 0) }
            }
        }
        defer { outputs.removeAll() }
        return outputs
    }

    /// How long the next turn may be put off when nothing comes.
    public func waitInMilliseconds(at now: Int64) -> Int {
        if isUnfinished { return 1 }
        let due = core == nil ? nextOpening : min(nextWake, idleAt, subscriptions.nextRetry ?? .max)
        return Int(max(1, min(1000, max(due, now) - now)))
    }

    public func close() {
        core?.close()
        core = nil
    }

    // MARK: Standing by

    private func turnAway(_ input: WriterInput) {
        switch input {
        case .request(let request): outputs.append(.handBack(request))
        case .looked(let note, let reply): outputs.append(.noteElsewhere(note, reply: reply))
        // It follows no log yet.
        case .heads, .fetched: break
        }
    }

    private func tryToOpen(at now: Int64) throws {
        do {
            guard let opened = try open() else {
                pauseInMilliseconds = Self.standbyPauseInMilliseconds
                nextOpening = now + pauseInMilliseconds
                return
            }
            subscriptions = try opened.subscriptions()
            core = opened
        } catch let error as StoreError where error.isPassing {
            nextOpening = now + pauseInMilliseconds
            pauseInMilliseconds = min(2 * pauseInMilliseconds, Self.longestPauseInMilliseconds)
            return tell("暂不能写入，稍后再试：\(error.code.rawValue) \(error.message)")
        }
        if let core { outputs.append(.announce(core.head)) }
        for followed in subscriptions.followed() {
            if let stream = ServiceName(rawValue: followed.stream) {
                outputs.append(.applied(stream, seq: followed.applied))
            }
        }
        nextWake = now
        // What an earlier life of this service left unfinished goes on.
        isUnfinished = true
        idleAt = now + Self.idleAfterInMilliseconds
    }

    /// What is tried again and again is told once, until it is something else.
    private func tell(_ message: String) {
        if message != lastTold { outputs.append(.tell(message)) }
        lastTold = message
    }

    // MARK: Writing

    private func write(_ inputs: [WriterInput], _ core: ServiceCore<Logic>, at now: Int64) throws {
        var works: [Work] = []
        for input in inputs {
            switch input {
            case .request(let request): works.append(.request(request))
            case .looked(let note, let reply): works.append(.looked(note, reply: reply))
            case .heads(let heads):
                subscriptions.learn(heads)
                core.learn(heads)
            case .fetched(let stream, let bytes):
                if let batch = bytes.flatMap(EventBatch.init) {
                    works.append(.events(stream: stream, batch))
                } else {
                    subscriptions.failed(stream, at: now)
                }
            }
        }
        if now >= nextWake {
            works.append(.wake)
            nextWake = now + Self.wakeIntervalInMilliseconds
        }
        if isUnfinished { works.append(.proceed) }
        isUnfinished = false
        core.lookAfterStore(at: now)
        announcePositions(at: now)
        if !works.isEmpty {
            letOut(try core.run(works, now: SteadyInstant(milliseconds: now)), at: now)
            idleAt = now + Self.idleAfterInMilliseconds
        }
        if let closed = core.closed { tell("暂停办理：\(closed.sentence)（\(closed.slug)）") }
        for fetch in subscriptions.due(at: now) {
            outputs.append(
                .fetch(
                    fetch.stream,
                    OutgoingRequest(
                        service: fetch.stream.rawValue, message: FetchLog.name,
                        body: try JSONCoding.bytes(fetch.request))))
        }
        let isIdle = now >= idleAt
        core.store.checkpointIfNeeded(idle: isIdle)
        if isIdle { idleAt = now + Self.idleAfterInMilliseconds }
    }

    /// Those whose logs are followed hear how far, once a second at most: they need it when they have lost something.
    private func announcePositions(at now: Int64) {
        guard now >= nextPositions else { return }
        nextPositions = now + Self.idleAfterInMilliseconds
        let positions = subscriptions.positions(of: Logic.name)
        for position in positions where !announced.contains(position) { outputs.append(.announce(position)) }
        announced = positions
    }

    private func letOut(_ effects: [Effect], at now: Int64) {
        var replies: [OutgoingReply] = []
        for effect in effects {
            switch effect {
            case .reply(let token, let status, let context, let body):
                replies.append(OutgoingReply(token: token, status: status, context: context, body: body))
            case .head(let head): outputs.append(.announce(head))
            case .applied(let stream, let epoch, let seq, let head):
                subscriptions.applied(stream, epoch: epoch, seq: seq, head: head, at: now)
                outputs.append(.applied(stream, seq: seq))
            case .unfinished: isUnfinished = true
            case .fault(let what): outputs.append(.tell(what))
            case .fetchAgain(let stream): subscriptions.failed(stream, at: now)
            case .tookAgain(let stream, let next): subscriptions.tookAgain(stream, next: next)
            case .halted(let stream, let reason):
                subscriptions.halt(stream, reason: reason)
                outputs.append(.tell("停止取用 \(stream.rawValue) 的日志：\(reason)"))
            }
        }
        if !replies.isEmpty { outputs.append(.replies(replies)) }
    }
}
