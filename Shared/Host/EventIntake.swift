import Contracts
import Domain
import Messaging
import Sealing
import Store

/// Takes in other services' events: each takes effect exactly once, in order, with the offset moved in the same
/// transaction. An event that cannot be applied parks its key; the others go on.
struct EventIntake<Logic: ServiceLogic> {
    let logic: Logic

    func apply(_ batch: EventBatch, from stream: ServiceName, _ transaction: Transaction) throws -> Effect {
        do {
            return try transaction.attempt { try applyAll(batch, from: stream, transaction) }
        } catch let broken as BrokenChain {
            return .halted(stream: stream, reason: "日志第 \(broken.seq) 条校验不符，须先核对")
        }
    }

    private func applyAll(
        _ batch: EventBatch, from stream: ServiceName, _ transaction: Transaction
    ) throws -> Effect {
        let offset = try transaction.offset(of: stream.rawValue)
        if let offset, offset.epoch != batch.epoch {
            return .halted(stream: stream, reason: "日志已换代（可能从备份恢复），须先核对")
        }
        var seq = offset?.seq ?? 0
        var hash = offset?.hash ?? LogChain.genesis(stream: stream.rawValue, epoch: batch.origin)
        // An answer that came twice repeats events that are applied already.
        let fresh = batch.items.drop { $0.seq <= seq }
        guard let first = fresh.first else {
            if batch.head < seq { return .halted(stream: stream, reason: "日志比已取用的短，须先核对") }
            return .applied(stream: stream, epoch: batch.epoch, seq: seq, head: batch.head)
        }
        guard first.seq == seq + 1 else { return .fetchAgain(stream: stream) }
        var parked = try parkedKeys(of: stream, transaction)
        for item in fresh {
            let expected = LogChain.hash(
                previous: hash, seq: item.seq, at: item.at, name: item.name, version: item.version, key: item.key,
                actor: item.actor, bodyDigest: item.bodyDigest)
            // The hash covers the body by its digest: without this check another body would pass under the same hash.
            let isBodyTrue = item.body.map { SM3.digest($0) == item.bodyDigest } ?? true
            guard item.seq == seq + 1, expected == item.hash, isBodyTrue else {
                throw BrokenChain(seq: item.seq)
            }
            try take(item, from: stream, parked: &parked, transaction)
            seq = item.seq
            hash = item.hash
        }
        try transaction.setOffset(StreamOffset(epoch: batch.epoch, seq: seq, hash: hash), of: stream.rawValue)
        return .applied(stream: stream, epoch: batch.epoch, seq: seq, head: batch.head)
    }

    private func take(
        _ item: EventBatch.Item, from stream: ServiceName, parked: inout Set<String>, _ transaction: Transaction
    ) throws {
        guard let body = item.body else { return }
        guard !parked.contains(item.key) else {
            return try park(item, body, from: stream, cause: "排在同一对象的搁置事件之后", transaction)
        }
        do {
            try transaction.attempt {
                try deliver(item.name, item.version, item.key, item.seq, item.at, body, stream, transaction)
            }
        } catch let error as StoreError where !error.isCausedByWork {
            // Not the event's fault: nothing of the batch is kept, and it is fetched again.
            throw error
        } catch {
            parked.insert(item.key)
            try park(item, body, from: stream, cause: Self.cause(of: error), transaction)
        }
    }

    private func deliver(
        _ name: String, _ version: Int, _ key: String, _ seq: Int64, _ at: Timestamp, _ body: [UInt8],
        _ stream: ServiceName, _ transaction: Transaction
    ) throws {
        // What was parked may come from a log that is no longer followed.
        guard let following = Logic.follows.first(where: { $0.stream == stream }) else { throw UnknownEvent() }
        let officer = Officer(user: stream.rawValue, role: .systemOperator)
        let event = ReceivedEvent(
            stream: stream, seq: seq, at: at, key: key, kind: EventKind(name: name, version: version))
        try following.apply(logic, event, body: body, WriteContext(officer: officer, transaction: transaction))
    }

    private func parkedKeys(of stream: ServiceName, _ transaction: Transaction) throws -> Set<String> {
        Set(
            try transaction.rows(
                "SELECT DISTINCT key FROM parked WHERE stream = ? AND discarded IS NULL", stream.rawValue
            ) { try $0.text(0) })
    }

    private func park(
        _ item: EventBatch.Item, _ body: [UInt8], from stream: ServiceName, cause: String, _ transaction: Transaction
    ) throws {
        try transaction.execute(
            "INSERT INTO parked(stream, seq, key, at, name, version, body, cause) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            stream.rawValue, item.seq, item.key, item.at.millisecondsSinceEpoch, item.name, item.version, body, cause)
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
            WHERE stream = ? AND key = ? AND discarded IS NULL ORDER BY seq
            """, settle.stream, settle.key
        ) { row in
            (
                try row.integer(0), try row.timestamp(1), try row.text(2), try row.int(3), try row.blob(4)
            )
        }
        guard !events.isEmpty else { throw Self.nothingParked }
        for (seq, at, name, version, body) in events {
            do {
                try deliver(name, version, settle.key, seq, at, body, stream, transaction)
            } catch let error where (error as? StoreError)?.isCausedByWork ?? true {
                throw Refusal(
                    "parked.still-failing", .conflict, "第 \(seq) 条事件仍不能处理，请先排除原因后再重放。",
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

/// A log whose hashes do not join on. What was applied of the batch before it is undone.
struct BrokenChain: Error {
    let seq: Int64
}
