import Domain

extension Snapshot {
    /// The records after `seq` in order, at most `limit` and at most about `byteLimit` bytes (`LogRecord.sizeInBytes`).
    ///
    /// One record comes back even when it alone is larger, so that a reader always gets on. Empty at the end.
    public func events(after seq: Int64, limit: Int, byteLimit: Int) throws -> [LogRecord] {
        try check()
        let statement = try connection.borrow(LogReader.select + " WHERE seq > ? ORDER BY seq LIMIT ?")
        defer { connection.giveBack(statement) }
        try statement.bind(1, seq)
        try statement.bind(2, Int64(max(0, limit)))
        var records: [LogRecord] = []
        var sizeInBytes = 0
        while try statement.step() {
            let record = LogReader.record(statement)
            sizeInBytes += record.sizeInBytes
            if sizeInBytes > byteLimit, !records.isEmpty { break }
            records.append(record)
        }
        return records
    }
}

enum LogReader {
    static let select = "SELECT seq, at, name, version, key, actor, body, body_digest, hash FROM log"

    /// The record on which a statement that begins with `select` stands.
    static func record(_ statement: Statement) -> LogRecord {
        LogRecord(
            seq: statement.integer(0), at: Timestamp(millisecondsSinceEpoch: statement.integer(1)),
            name: statement.text(2), version: Int(statement.integer(3)), key: statement.text(4),
            actor: statement.text(5), body: statement.blob(6), bodyDigest: statement.blob(7), hash: statement.blob(8))
    }

    /// The last record but `back`; nil when the log is not that long.
    static func last(_ connection: Connection, back: Int64 = 0) throws(StoreError) -> LogRecord? {
        let statement = try connection.borrow(select + " ORDER BY seq DESC LIMIT 1 OFFSET ?")
        defer { connection.giveBack(statement) }
        try statement.bind(1, back)
        return try statement.step() ? record(statement) : nil
    }

    /// Compares the head with the end of the log. Only the end is looked at, so opening costs the same at any length;
    /// the whole chain is the business of `StoreInspection`.
    static func checkEnd(_ connection: Connection, head: LogHead) throws(StoreError) {
        guard let last = try last(connection) else {
            let genesis = LogChain.genesis(stream: head.stream, epoch: head.origin)
            if head.seq == 0, head.hash == genesis { return }
            throw StoreError.chainBroken(connection.file, "日志为空，应有 \(head.seq) 条")
        }
        guard last.seq == head.seq, last.hash == head.hash else {
            throw StoreError.chainBroken(connection.file, "末条为第 \(last.seq) 条，应为第 \(head.seq) 条")
        }
        let previous =
            try LogReader.last(connection, back: 1)?.hash
            ?? LogChain.genesis(stream: head.stream, epoch: head.origin)
        guard LogChain.hash(previous: previous, record: last) == last.hash else {
            throw StoreError.chainBroken(connection.file, "第 \(last.seq) 条的摘要不符")
        }
    }
}
