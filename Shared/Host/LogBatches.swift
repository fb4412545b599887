import Contracts
import Domain
import Messaging
import Store

/// Pieces of the own log for those who follow it. Several services follow one log and ask for the same piece one after
/// the other: it is read and packed once for all who may see the same of it.
///
/// Confined to one thread.
public struct LogBatches {
    private struct Key: Equatable {
        var epoch: UInt64
        var after: Int64
        var limit: Int
    }

    private struct Kept {
        var key: Key
        /// Where the log stood when the piece was read: one that did not reach its limit holds until the log grows.
        var head: Int64
        var isFull: Bool
        var records: [LogRecord]
        /// The packed events, by the names of those whose bodies are withheld.
        var packed: [Set<String>: [UInt8]] = [:]
    }

    /// A piece has at most 2 MiB, so all that is kept stays within some tens.
    private static let mostKept = 4
    private static let bytesInOneBatch = 2 << 20

    /// The last piece used stands last.
    private var kept: [Kept] = []
    /// How many pieces were packed.
    private(set) var packings = 0

    public init() {}

    /// A piece of the log, with the bodies that the asker may not see left out.
    public mutating func answer(_ request: IncomingRequest, _ snapshot: Snapshot) throws -> [UInt8] {
        let fetch = try Answering.decode(FetchLog.self, from: request)
        guard let reader = ServiceName(rawValue: request.caller) else { throw CommonRefusal.roleNotEntitled }
        let head = try snapshot.head()
        var batch = EventBatch(epoch: head.epoch, origin: head.origin, head: head.seq, items: [])
        var after = fetch.after
        if let epoch = fetch.epoch, epoch != head.epoch {
            // Of a former epoch the reader is given what comes after the place where it joins on.
            guard let joint = try Reconciling.joint(of: epoch, after: after, snapshot) else { return batch.bytes() }
            after = joint
        }
        let key = Key(epoch: head.epoch, after: after, limit: max(1, min(fetch.limit, 5000)))
        var piece = try take(key, head.seq) ?? read(key, head.seq, snapshot)
        let withheld = Set(piece.records.map(\.name)).filter { name in
            name != EpochBegan.name && !AccessTable.maySee(reader, event: name)
        }
        let items: [UInt8]
        if let packed = piece.packed[withheld] {
            items = packed
        } else {
            batch.items = piece.records.map { record in
                EventBatch.Item(
                    seq: record.seq, at: record.at, version: record.version, name: record.name, key: record.key,
                    actor: record.actor, bodyDigest: record.bodyDigest, hash: record.hash,
                    body: withheld.contains(record.name) ? nil : record.body)
            }
            items = batch.packedItems()
            piece.packed[withheld] = items
            packings += 1
        }
        kept.append(piece)
        if kept.count > Self.mostKept { kept.removeFirst() }
        return batch.packedHead(count: piece.records.count) + items
    }

    /// Takes out what is kept and still holds.
    private mutating func take(_ key: Key, _ head: Int64) -> Kept? {
        guard let index = kept.firstIndex(where: { $0.key == key }) else { return nil }
        let piece = kept.remove(at: index)
        return piece.head == head || (piece.isFull && piece.head < head) ? piece : nil
    }

    private func read(_ key: Key, _ head: Int64, _ snapshot: Snapshot) throws -> Kept {
        let records = try snapshot.events(after: key.after, limit: key.limit, byteLimit: Self.bytesInOneBatch)
        let isFull = records.last.map { $0.seq < head } ?? false
        return Kept(key: key, head: head, isFull: isFull, records: records)
    }
}
