import Contracts
import Domain
import Messaging
import Sealing
import Store

/// Takes in other services' events: each takes effect exactly once, in order, with the offset moved in the same
/// transaction. An event that cannot be applied parks its key; the others go on. One that this program does not know is
/// passed over and taken in by one that does.
struct EventIntake<Logic: ServiceLogic> {
    let logic: Logic

    func apply(_ batch: EventBatch, from stream: ServiceName, _ transaction: Transaction) throws -> Effect {
        guard let following = Self.following(stream) else { return .fetchAgain(stream: stream) }
        do {
            return try transaction.attempt {
                let hasOtherEpoch = try transaction.offset(of: stream.rawValue).map { $0.epoch != batch.epoch } ?? false
                if !hasOtherEpoch, let due = try PassedOver.due(stream, knows: following.knows, transaction) {
                    return try takeAgain(batch, due, following, transaction)
                }
                return try takeNew(batch, following, transaction)
            }
        } catch let halt as Halt {
            return .halted(stream: stream, reason: halt)
        }
    }

    private static func following(_ stream: ServiceName) -> Following<Logic>? {
        Logic.follows.first { $0.stream == stream }
    }

    private func takeNew(
        _ batch: EventBatch, _ following: Following<Logic>, _ transaction: Transaction
    ) throws -> Effect {
        let stream = following.stream
        let offset = try transaction.offset(of: stream.rawValue)
        var chain: FollowedChain
        if let offset, offset.epoch != batch.epoch {
            chain = try join(batch, of: stream, from: offset, transaction)
        } else {
            chain = FollowedChain(
                seq: offset?.seq ?? 0,
                hash: offset?.hash ?? LogChain.genesis(stream: stream.rawValue, epoch: batch.origin))
        }
        if batch.head < chain.seq { throw Halt.shorter }
        // An answer that came twice repeats events that are applied already.
        let fresh = batch.items.drop { $0.seq <= chain.seq }
        guard let first = fresh.first else {
            return .applied(stream: stream, epoch: batch.epoch, seq: chain.seq, head: batch.head)
        }
        guard first.seq == chain.seq + 1 else { return .fetchAgain(stream: stream) }
        var parked = try parkedKeys(of: stream, transaction)
        for item in fresh {
            let previous = chain.hash
            try chain.join(item)
            if item.kind == EpochBegan.kind { continue }
            if item.body != nil, !following.knows.contains(item.kind) {
                try PassedOver.note(item, of: stream, previous: previous, transaction)
            } else {
                try take(item, of: batch.epoch, following, parked: &parked, transaction)
            }
        }
        try transaction.setOffset(
            StreamOffset(epoch: batch.epoch, seq: chain.seq, hash: chain.hash), of: stream.rawValue)
        return .applied(stream: stream, epoch: batch.epoch, seq: chain.seq, head: batch.head)
    }

    /// The log has begun a new epoch. Where its events continue the chain that was followed, nothing was lost for this
    /// follower. Where they begin before what it has applied, the log itself says from which epochs it goes on, and
    /// after which event: what was applied beyond stays applied, and is noted for a person to decide about.
    private func join(
        _ batch: EventBatch, of stream: ServiceName, from offset: StreamOffset, _ transaction: Transaction
    ) throws -> FollowedChain {
        guard let first = batch.items.first else { throw Halt.otherEpoch }
        var chain = FollowedChain(seq: offset.seq, hash: offset.hash)
        if (try? chain.join(first)) != nil { return FollowedChain(seq: offset.seq, hash: offset.hash) }
        guard first.kind == EpochBegan.kind, let body = first.body,
            let began = try? JSONCoding.value(EpochBegan.self, from: body), let hash = Hex.decode(began.hash),
            began.replaces.contains(offset.epoch), began.seq < offset.seq
        else { throw Halt.otherEpoch }
        try Reconciling.note(offset, of: stream, after: began.seq, transaction)
        return FollowedChain(seq: began.seq, hash: hash)
    }

    /// Events that were passed over come once more, among others that were applied: only the former are taken.
    private func takeAgain(
        _ batch: EventBatch, _ due: PassedOver.Due, _ following: Following<Logic>, _ transaction: Transaction
    ) throws -> Effect {
        let stream = following.stream
        let offset = try transaction.offset(of: stream.rawValue)
        if batch.head < due.last { throw Halt.shorter }
        let fresh = batch.items.drop { $0.seq <= due.seq }.prefix { $0.seq <= due.last }
        guard let first = fresh.first, first.seq == due.seq + 1 else { return .fetchAgain(stream: stream) }
        var chain = FollowedChain(seq: due.seq, hash: due.hash)
        var parked = try parkedKeys(of: stream, transaction)
        for item in fresh {
            try chain.join(item)
            guard due.includes(item) else { continue }
            try take(item, of: batch.epoch, following, parked: &parked, transaction)
        }
        if chain.seq == offset?.seq, chain.hash != offset?.hash { throw Halt.broken(at: chain.seq) }
        try PassedOver.advance(due, of: stream, to: chain.seq, hash: chain.hash, transaction)
        let next = try PassedOver.due(stream, knows: following.knows, transaction)
        return .tookAgain(stream: stream, next: next?.seq)
    }

    private func take(
        _ item: EventBatch.Item, of epoch: UInt64, _ following: Following<Logic>, parked: inout Set<String>,
        _ transaction: Transaction
    ) throws {
        guard let body = item.body else { return }
        let event = ReceivedEvent(
            stream: following.stream, seq: item.seq, at: item.at, key: item.key, kind: item.kind)
        guard !parked.contains(item.key) else {
            return try park(event, body, of: epoch, cause: "排在同一对象的搁置事件之后", transaction)
        }
        do {
            try transaction.attempt { try deliver(event, body, following, transaction) }
        } catch let error where Self.isProgramFault(error) {
            throw Halt.programFault(at: item.seq, Self.cause(of: error))
        } catch let error as StoreError where !error.isCausedByWork {
            // Not the event's fault: nothing of the batch is kept, and it is fetched again.
            throw error
        } catch {
            try park(event, body, of: epoch, cause: Self.cause(of: error), transaction)
            // An event that a person has discarded before stays discarded, and holds up nobody.
            if transaction.changedRows > 0 { parked.insert(item.key) }
        }
    }

    private func deliver(
        _ event: ReceivedEvent, _ body: [UInt8], _ following: Following<Logic>, _ transaction: Transaction
    ) throws {
        let officer = Officer(user: event.stream.rawValue, role: .systemOperator)
        try following.apply(
            logic, event, body: body,
            WriteContext(ActingOfficer(officer), transaction, mayEmit: !(Logic.self is any ProjectingLogic.Type))
        )
    }

    private func parkedKeys(of stream: ServiceName, _ transaction: Transaction) throws -> Set<String> {
        Set(
            try transaction.rows(
                "SELECT DISTINCT key FROM parked WHERE stream = ? AND discarded IS NULL", stream.rawValue
            ) { try $0.text(0) })
    }

    private func park(
        _ event: ReceivedEvent, _ body: [UInt8], of epoch: UInt64, cause: String, _ transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO parked(stream, epoch, seq, key, at, name, version, body, cause)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(stream, epoch, seq) DO NOTHING
            """, event.stream.rawValue, Int64(bitPattern: epoch), event.seq, event.key,
            event.at.millisecondsSinceEpoch, event.kind.name, event.kind.version, body, cause)
    }

    /// Replays a parked key's events in order, or marks them as discarded with the reason.
    func settle(_ settle: SettleParked, _ context: WriteContext) throws {
        guard context.officer.role == .systemOperator else { throw CommonRefusal.roleNotEntitled }
        guard let stream = ServiceName(rawValue: settle.stream) else {
            throw CommonRefusal.malformed.naming(["stream"])
        }
        let transaction = context.transaction
        if let reason = settle.discardReason {
            try transaction.execute(
                "UPDATE parked SET discarded = ? WHERE stream = ? AND key = ? AND discarded IS NULL", reason,
                settle.stream, settle.key)
            guard transaction.changedRows > 0 else { throw Self.nothingParked }
            return
        }
        let events = try transaction.rows(
            """
            SELECT seq, at, name, version, body FROM parked
            WHERE stream = ? AND key = ? AND discarded IS NULL ORDER BY epoch, seq
            """, settle.stream, settle.key
        ) { row in
            (
                event: ReceivedEvent(
                    stream: stream, seq: try row.integer(0), at: try row.timestamp(1), key: settle.key,
                    kind: EventKind(name: try row.text(2), version: try row.int(3))),
                body: try row.blob(4)
            )
        }
        guard !events.isEmpty else { throw Self.nothingParked }
        for (event, body) in events {
            do {
                // What was parked may come from a log that is no longer followed.
                guard let following = Self.following(stream) else { throw UnknownEvent() }
                try deliver(event, body, following, transaction)
            } catch let error where (error as? StoreError)?.isCausedByWork ?? true {
                throw Refusal(
                    "parked.still-failing", .conflict, "第 \(event.seq) 条事件仍不能处理，请先排除原因后再重放。",
                    details: [Self.cause(of: error)])
            }
        }
        try transaction.execute(
            "DELETE FROM parked WHERE stream = ? AND key = ? AND discarded IS NULL", settle.stream, settle.key)
    }

    private static var nothingParked: Refusal {
        Refusal("parked.unknown", .notFound, "没有搁置该对象的事件，请用 jieli parked 列出后核对服务名、来源和对象。")
    }

    /// How many keys of each log are parked; logs without any are left out.
    static func counts(_ snapshot: Snapshot) throws -> [String: Int] {
        let rows = try snapshot.rows(
            "SELECT stream, count(DISTINCT key) FROM parked WHERE discarded IS NULL GROUP BY stream"
        ) { (try $0.text(0), try $0.int(1)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    static func list(_ snapshot: Snapshot) throws -> ParkedKeys {
        ParkedKeys(
            rows: try snapshot.rows(
                """
                SELECT stream, key, min(seq), count(*), cause FROM parked WHERE discarded IS NULL
                GROUP BY stream, key ORDER BY stream, min(seq)
                """
            ) { row in
                ParkedKey(
                    stream: try row.text(0), key: try row.text(1), firstSeq: try row.integer(2),
                    events: Int(try row.integer(3)),
                    cause: try row.text(4))
            })
    }

    /// The program would fail on every such event: a person whose event it is has nothing to do with it.
    private static func isProgramFault(_ error: any Error) -> Bool {
        switch error {
        case let error as StoreError: [.statement, .misuse].contains(error.code)
        case is EmitsWhileProjecting: true
        default: false
        }
    }

    /// A cause without values: a refusal's slug, or the kind of error.
    private static func cause(of error: any Error) -> String {
        switch error {
        case let refusal as Refusal: refusal.slug
        case let error as StoreError: error.code.rawValue
        case is DecodingError: "事件内容无法识别"
        case is UnknownEvent: "不认识的事件，请先升级程序"
        default: String(describing: type(of: error))
        }
    }
}

/// Where a followed log stands, while its events are held against its chain of hashes.
private struct FollowedChain {
    var seq: Int64
    var hash: [UInt8]

    /// - Throws: a `Halt` when the event is not the next one, or was altered.
    mutating func join(_ item: EventBatch.Item) throws {
        let expected = LogChain.hash(
            previous: hash, seq: item.seq, at: item.at, name: item.name, version: item.version, key: item.key,
            actor: item.actor, bodyDigest: item.bodyDigest)
        // The hash covers the body by its digest: without this check another body would pass under the same hash.
        let isBodyTrue = item.body.map { SM3.digest($0) == item.bodyDigest } ?? true
        guard item.seq == seq + 1, expected == item.hash, isBodyTrue else { throw Halt.broken(at: item.seq) }
        seq = item.seq
        hash = item.hash
    }
}
