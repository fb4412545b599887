import Domain
import Store

/// Events of one log on their way to a reader. The layout is in docs/protocol.md, "Batches of events".
public struct EventBatch: Sendable, Equatable {
    public struct Item: Sendable, Equatable {
        public var seq: Int64
        public var at: Timestamp
        public var version: Int
        public var name: String
        public var key: String
        public var actor: String
        public var bodyDigest: [UInt8]
        public var hash: [UInt8]
        /// Nil when the reader may not see it.
        public var body: [UInt8]?

        var kind: EventKind { EventKind(name: name, version: version) }

        public init(
            seq: Int64, at: Timestamp, version: Int, name: String, key: String, actor: String, bodyDigest: [UInt8],
            hash: [UInt8], body: [UInt8]?
        ) {
            self.seq = seq
            self.at = at
            self.version = version
            self.name = name
            self.key = key
            self.actor = actor
            self.bodyDigest = bodyDigest
            self.hash = hash
            self.body = body
        }
    }

    public var epoch: UInt64
    /// The epoch in which the log was born; the chain of hashes begins from it.
    public var origin: UInt64
    /// The log's last event when the batch was read.
    public var head: Int64
    public var items: [Item]

    public init(epoch: UInt64, origin: UInt64, head: Int64, items: [Item]) {
        self.epoch = epoch
        self.origin = origin
        self.head = head
        self.items = items
    }

    public func bytes() -> [UInt8] { packedHead(count: items.count) + packedItems() }

    /// What stands before the events.
    func packedHead(count: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.number(epoch)
        writer.number(origin)
        writer.number(UInt64(bitPattern: head))
        writer.number(UInt32(count))
        return writer.bytes
    }

    func packedItems() -> [UInt8] {
        var writer = ByteWriter()
        for item in items {
            writer.number(UInt64(bitPattern: item.seq))
            writer.number(UInt64(bitPattern: item.at.millisecondsSinceEpoch))
            writer.number(UInt16(item.version))
            writer.text(item.name)
            writer.text(item.key)
            writer.text(item.actor)
            writer.bytes += item.bodyDigest
            writer.bytes += item.hash
            writer.number(item.body == nil ? UInt32.max : UInt32(item.body?.count ?? 0))
            writer.bytes += item.body ?? []
        }
        return writer.bytes
    }

    /// Nil when the bytes are not a batch.
    public init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let epoch: UInt64 = reader.number(), let origin: UInt64 = reader.number(),
            let head: UInt64 = reader.number(), let count: UInt32 = reader.number()
        else { return nil }
        self.epoch = epoch
        self.origin = origin
        self.head = Int64(bitPattern: head)
        items = []
        for _ in 0..<count {
            guard let seq: UInt64 = reader.number(), let at: UInt64 = reader.number(),
                let version: UInt16 = reader.number(), let name = reader.text(), let key = reader.text(),
                let actor = reader.text(), let digest = reader.slice(32), let hash = reader.slice(32),
                let length: UInt32 = reader.number()
            else { return nil }
            var body: [UInt8]?
            if length != .max {
                guard let slice = reader.slice(Int(length)) else { return nil }
                body = slice
            }
            items.append(
                Item(
                    seq: Int64(bitPattern: seq), at: Timestamp(millisecondsSinceEpoch: Int64(bitPattern: at)),
                    version: Int(version), name: name, key: key, actor: actor, bodyDigest: digest, hash: hash,
                    body: body))
        }
        guard reader.isAtEnd else { return nil }
    }
}

/// Writes big-endian numbers and texts with a two-byte length.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func number<N: FixedWidthInteger>(_ value: N) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func text(_ text: String) {
        number(UInt16(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads what `ByteWriter` wrote; every read is bounded, so that damaged bytes give nil instead of a trap.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number<N: FixedWidthInteger>() -> N? {
        let size = MemoryLayout<N>.size
        guard bytes.count - position >= size else { return nil }
        var value: N = 0
        for offset in 0..<size { value = value << 8 | N(truncatingIfNeeded: bytes[position + offset]) }
        position += size
        return value
    }

    mutating func slice(_ count: Int) -> [UInt8]? {
        guard count >= 0, bytes.count - position >= count else { return nil }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    mutating func text() -> String? {
        guard let length: UInt16 = number(), let slice = slice(Int(length)) else { return nil }
        return String(validating: slice, as: UTF8.self)
    }
}
