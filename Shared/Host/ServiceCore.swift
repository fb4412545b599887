import Contracts
import Domain
import FoundationEssentials
import Kernel
import Messaging
import Store

/// A piece of work for the writer.
public enum Work: Sendable {
    public typealias Reply = OutgoingReply

    /// A command.
    case request(IncomingRequest)
    /// A query was answered from a snapshot: who looked is written down, and only then does the answer leave.
    case looked(NoteLooked, reply: Reply)
    /// Events that a fetch brought.
    case events(stream: ServiceName, EventBatch)
    /// The clock has moved on.
    case wake
    /// One more piece of what is unfinished.
    case proceed
}

/// What follows from a piece of work once it is durable.
public enum Effect: Sendable {
    case reply(ReplyToken, status: ReplyStatus, context: [UInt8], body: [UInt8])
    /// The log has grown.
    case head(StreamHead)
    case applied(stream: ServiceName, epoch: UInt64, seq: Int64, head: Int64)
    /// The events could not be kept for now, or do not join on: fetch again.
    case fetchAgain(stream: ServiceName)
    /// Events that were passed over are taken in; there are more after `next`, or it is nil.
    case tookAgain(stream: ServiceName, next: Int64?)
    case halted(stream: ServiceName, reason: Halt)
    /// Something that was begun is not finished: go on with it in the next turn.
    case unfinished
    /// A piece of work failed by a fault of the program or of stored data; nothing of it was kept. For the log: no
    /// values.
    case fault(String)
}

/// The writer's side of a service: takes what is waiting, one savepoint each, one commit, then the effects. Knows
/// neither threads nor sockets, so that a process and a simulation run the same code.
public final class ServiceCore<Logic: ServiceLogic> {
    public let store: WritableStore
    let logic: Logic
    let tools: ServiceTools
    let intake: EventIntake<Logic>
    private let kinds = Logic.answers
    private let guardian: StoreGuardian
    private var own = OwnLog(Logic.name, settled: [])
    /// Why the last commit failed, when that may pass by itself; nil once one has written something.
    private var passingFault: Refusal?

    /// - Parameter mark: what stands beside the store; nil where nothing is to outlive it.
    public init(store: WritableStore, tools: ServiceTools, mark: StoreMarkFile? = nil) {
        self.store = store
        self.tools = tools
        guardian = StoreGuardian(mark)
        logic = Logic(tools: tools)
        intake = EventIntake(logic: logic)
    }

    public static var migrations: [Migration] { HostSchema.migrations + Logic.migrations }

    public var head: StreamHead {
        StreamHead(stream: Logic.name.rawValue, epoch: store.head.epoch, seq: store.head.seq)
    }

    /// Why the service takes no commands, no events and does nothing by the clock: its store is gone, or its log is
    /// shorter than it was. Nil when it works.
    public var closed: Refusal? {
        guard !guardian.hasVanished, let witness = own.witness(against: store.head) else { return guardian.closed }
        return LogRefusal.behindOthers.naming([
            "\(witness.follower.chinese)已见到第 \(witness.seq) 条，本服务只有 \(store.head.seq) 条"
        ])
    }

    /// What an operator is to know: that the service is closed, or that its last commit failed.
    public var complaint: Refusal? { closed ?? passingFault }

    /// Takes in what others tell of how far they have followed this service's log.
    public func learn(_ heads: [StreamHead]) {
        own.learn(heads)
        guard let witness = own.witness(against: store.head), witness.epoch == store.head.epoch else { return }
        guardian.isKnown(upTo: witness.seq, of: store.head)
    }

    /// Looks once a second whether the store is still there, and notes how far it has grown.
    /// - Parameter now: in milliseconds, of a steady clock.
    public func lookAfterStore(at now: Int64) { guardian.look(store, at: now) }

    public func close() {
        guardian.finish(store.head)
        store.close()
    }

    /// Where each followed log stands applied in the store. Called once when the service begins.
    /// - Throws: when the store is none of the service's own.
    public func subscriptions() throws -> Subscriptions {
        try guardian.begin(store.head)
        var subscriptions = Subscriptions()
        try store.commit { transaction in
            own.settle(try Reconciling.settledEpochs(transaction))
            for following in Logic.follows {
                let stream = following.stream
                let offset = try transaction.offset(of: stream.rawValue)
                let due = try PassedOver.due(stream, knows: following.knows, transaction)
                subscriptions.start(stream, epoch: offset?.epoch, applied: offset?.seq ?? 0, again: due?.seq)
            }
        }
        return subscriptions
    }

    /// Runs the work in one commit.
    /// - Parameter now: on the clock by which the endpoint said when requests expire.
    /// - Returns: the effects, to be let out only now that everything is durable. When the disk is full or busy, every
    ///   request is answered with that and nothing is kept.
    /// - Throws: `StoreError` when the store can't go on at all (fenced, damaged): the process has to end.
    public func run(_ works: [Work], now: SteadyInstant) throws -> [Effect] {
        let before = store.head
        let writtenBefore = store.writtenCommits
        let closed = self.closed
        do {
            var effects = try store.commit { transaction in
                var effects = try works.flatMap { try perform($0, closed, transaction, now) }
                if closed == nil, try Unfinished.next(transaction) != nil { effects.append(.unfinished) }
                return effects
            }
            if store.writtenCommits != writtenBefore { passingFault = nil }
            if store.head.epoch != before.epoch {
                own.settle(try store.commit { try Reconciling.settledEpochs($0) })
                guardian.reconciled(store.head)
            }
            if store.head.seq != before.seq { effects.append(.head(head)) }
            return effects
        } catch let error as StoreError where error.isPassing {
            passingFault = Answering.refusal(for: error)
            return works.compactMap { refuse($0, for: error) }
        }
    }

    private func perform(
        _ work: Work, _ closed: Refusal?, _ transaction: Transaction, _ now: SteadyInstant
    ) throws -> [Effect] {
        switch work {
        case .request(let request) where closed != nil && request.message != ReconcileLog.name:
            let body = closed.map(Answering.body) ?? []
            return [.reply(request.token, status: .refused, context: [], body: body)]
        case .looked(_, let reply) where closed?.slug == LogRefusal.vanished.slug:
            let body = Answering.body(CommonRefusal.notRecorded)
            return [.reply(reply.token, status: .refused, context: [], body: body)]
        case .events(let stream, _) where closed != nil: return [.fetchAgain(stream: stream)]
        case .wake where closed != nil, .proceed where closed != nil: return []
        case .request(let request):
            let (outcome, fault) = try answer(request, transaction, now)
            let position = LogPosition(seq: try transaction.head().seq).bytes
            let reply = Effect.reply(request.token, status: outcome.status, context: position, body: outcome.body)
            return [reply] + (fault.map { [.fault($0)] } ?? [])
        case .looked(let note, let reply):
            try Looked.save(note, transaction)
            return [.reply(reply.token, status: reply.status, context: reply.context, body: reply.body)]
        case .events(let stream, let batch):
            return [try intake.apply(batch, from: stream, transaction)]
        case .wake:
            let officer = Officer(user: Logic.name.rawValue, role: .systemOperator)
            do {
                try transaction.attempt {
                    // After a fault that may pass, whether it has passed is known only once something is written.
                    if passingFault != nil {
                        try Reconciling.touch(transaction)
                    }
                    try logic.wake(WriteContext(officer: officer, transaction: transaction))
                    if !(Logic.self is any ProjectingLogic.Type) {
                        try LookedDays.close(transaction, by: Logic.name.rawValue)
                    }
                    try Retention.prune(transaction)
                }
                return []
            } catch let error where !Self.endsCommit(error) {
                return [.fault("定时处理未成：\(Self.kind(of: error))")]
            }
        case .proceed: return try proceed(transaction)
        }
    }

    private func proceed(_ transaction: Transaction) throws -> [Effect] {
        guard let entry = try Unfinished.next(transaction) else { return [] }
        do {
            let isDone = try transaction.attempt {
                try logic.proceed(entry.work, WriteContext(entry.ordered.acting, transaction))
            }
            if isDone { try Unfinished.finish(entry, transaction) }
            return []
        } catch let error where !Self.endsCommit(error) {
            try Unfinished.rest(entry, transaction)
            return [.fault("\(entry.work.name) 未成，稍后再试：\(Self.kind(of: error))")]
        }
    }

    private func refuse(_ work: Work, for error: StoreError) -> Effect? {
        switch work {
        case .request(let request):
            let refusal = Answering.refusal(for: error)
            return .reply(request.token, status: .refused, context: [], body: Answering.body(refusal))
        case .looked(_, let reply):
            let refusal = Answering.refusal(for: error)
            return .reply(reply.token, status: .refused, context: [], body: Answering.body(refusal))
        case .events(let stream, _): return .fetchAgain(stream: stream)
        case .wake, .proceed: return nil
        }
    }

    private func answer(
        _ request: IncomingRequest, _ transaction: Transaction, _ now: SteadyInstant
    ) throws -> (outcome: (status: ReplyStatus, body: [UInt8]), fault: String?) {
        var outcome: (status: ReplyStatus, body: [UInt8])
        do {
            switch kinds[request.message] {
            case .command where request.message == NoteLooked.name:
                try Looked.save(try Answering.decode(NoteLooked.self, from: request), transaction)
                outcome = (.done, try JSONCoding.bytes(Done()))
            case .command where request.message.hasSuffix(EachRule.suffix):
                return try each(request, transaction, now)
            case .command: outcome = try command(request, transaction, now)
            case .query, nil: throw CommonRefusal.unknownMessage
            }
        } catch let refusal as Refusal {
            outcome = (.refused, Answering.body(refusal))
        } catch let error where !Self.endsCommit(error) {
            // One request's fault must not end the process and with it everybody's work. Nothing is stored under the
            // command's number, so that it can be asked again once the fault is mended.
            outcome = (.refused, Answering.body(CommonRefusal.internalFault))
            return (outcome, "\(request.message) 未成：\(Self.kind(of: error))")
        }
        return (outcome, nil)
    }

    /// The store cannot go on, or not now: nothing of the commit may stand.
    static func endsCommit(_ error: any Error) -> Bool {
        (error as? StoreError).map { !$0.isCausedByWork } ?? false
    }

    /// A cause without values.
    static func kind(of error: any Error) -> String {
        (error as? StoreError)?.code.rawValue ?? String(describing: type(of: error))
    }
}

/// The place in the answering service's log that an answer speaks of; goes in the answer's context, so that a reader
/// can wait until it has followed that far.
public struct LogPosition: Sendable {
    public let seq: Int64

    public init(seq: Int64) { self.seq = seq }

    public init?(bytes: [UInt8]) {
        guard let seq = Int64(String(decoding: bytes, as: UTF8.self)) else { return nil }
        self.seq = seq
    }

    public var bytes: [UInt8] { Array(String(seq).utf8) }
}

extension StoreError {
    /// The disk or the machine, not the work and not the store's content: it may pass, and then all goes on.
    var isPassing: Bool {
        switch code {
        case .busy, .full, .memory: true
        default: false
        }
    }
}
