import Domain
import Sealing

/// One commit under way: reads see its own writes. Valid only inside the closure of `WritableStore.commit`.
public final class Transaction: Snapshot {
    /// Fixed for the whole commit, so that everything in it bears one time.
    public let now: Timestamp
    /// Row number of the last row that `execute` inserted; 0 before the first.
    public private(set) var lastInsertedRow: Int64 = 0
    /// How many rows the last `execute` inserted, changed or deleted.
    public private(set) var changedRows = 0

    private var pendingHead: LogHead
    private let committedSeq: Int64
    private let callers: CallerNumbers

    init(_ connection: Connection, now: Timestamp, head: LogHead, callers: CallerNumbers) {
        self.now = now
        self.callers = callers
        pendingHead = head
        committedSeq = head.seq
        super.init(connection)
    }

    public override func head() throws -> LogHead {
        try check()
        return pendingHead
    }

    override func number(ofCaller name: String) throws(StoreError) -> Int64? {
        if let number = callers[name] { return number }
        let number = try super.number(ofCaller: name)
        if let number { callers[name] = number }
        return number
    }

    /// Runs one statement.
    ///
    /// - Parameter values: One for each `?` of the statement, in order.
    public func execute(_ sql: String, _ values: any SQLBindable...) throws {
        try execute(sql, values: values)
    }

    /// The same for values that come as an array.
    public func execute(_ sql: String, values: [any SQLBindable]) throws {
        let statement = try borrow(sql)
        defer { connection.giveBack(statement) }
        try statement.bind(values)
        try statement.run()
        lastInsertedRow = connection.lastInsertedRow
        changedRows = statement.isReadOnly ? 0 : connection.changedRows
    }

    /// A savepoint: when `body` throws, everything inside is undone (rows, log, head), the error is thrown on, and the
    /// commit can go on with other work. Attempts may be nested.
    ///
    /// When SQLite gives up the whole transaction meanwhile, as it may when the disk is full, nothing can go on: all
    /// further work in it, and the commit, fail with that cause.
    public func attempt<R>(_ body: () throws -> R) throws -> R {
        try check()
        let headBefore = pendingHead
        try connection.run("SAVEPOINT attempt")
        do {
            let result = try body()
            try check()
            try connection.run("RELEASE attempt")
            return result
        } catch {
            pendingHead = headBefore
            try undo()
            throw error
        }
    }

    private func undo() throws(StoreError) {
        callers.forget()
        guard connection.isInTransaction else { return }
        do {
            try connection.run("ROLLBACK TO attempt")
            try connection.run("RELEASE attempt")
        } catch {
            // Half-undone work must not be committed.
            connection.abandon(because: error)
            throw error
        }
    }

    /// Appends an event to the log and returns its seq: one more than the last, in commit order.
    ///
    /// - Parameters:
    ///   - name: The contract's name, at most 65,535 bytes as are `key` and `actor`.
    ///   - version: The contract's version, from 0 to 2³² - 1.
    ///   - key: Whom the event concerns; never an ID number or a name of a person.
    public func append(name: String, version: Int, key: String, actor: String, body: [UInt8]) throws -> Int64 {
        try check()
        guard UInt32(exactly: version) != nil else { throw StoreError.misuse("事件版本超出范围") }
        guard [name, key, actor].allSatisfy({ $0.utf8.count <= LogChain.longestTextInBytes }) else {
            throw StoreError.misuse("事件的名称、键或操作者过长")
        }
        let seq = pendingHead.seq + 1
        let bodyDigest = SM3.digest(body)
        let hash = LogChain.hash(
            previous: pendingHead.hash, seq: seq, at: now, name: name, version: version, key: key, actor: actor,
            bodyDigest: bodyDigest)
        let statement = try connection.borrow("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        defer { connection.giveBack(statement) }
        try statement.bind(1, seq)
        try statement.bind(2, now.millisecondsSinceEpoch)
        try statement.bind(3, name)
        try statement.bind(4, Int64(version))
        try statement.bind(5, key)
        try statement.bind(6, actor)
        try statement.bind(7, body)
        try statement.bind(8, bodyDigest)
        try statement.bind(9, hash)
        try statement.run()
        pendingHead.seq = seq
        pendingHead.hash = hash
        return seq
    }

    /// Gives the log a new epoch, higher than its own and than `others`, which readers may know, after part of it was
    /// lost: readers that had seen records which are gone notice, instead of taking other records under the same
    /// numbers. The chain goes on unchanged.
    public func renewEpoch(above others: UInt64, chance: UInt64) throws -> UInt64 {
        try check()
        let birth = try scalar("SELECT created_at FROM store_identity") ?? 0
        let age = now.milliseconds(since: Timestamp(millisecondsSinceEpoch: birth))
        let renewed = LogEpoch.renewed(pendingHead.origin, ageInMilliseconds: age, chance: chance)
        let epoch = max(renewed, pendingHead.epoch + 1, others + 1)
        try execute("UPDATE store_identity SET epoch = ?", Int64(bitPattern: epoch))
        pendingHead.epoch = epoch
        return epoch
    }

    /// Moves the offset in `stream`, in the same commit as the effect of its events.
    public func setOffset(_ offset: StreamOffset, of stream: String) throws {
        try check()
        let statement = try connection.borrow(
            """
            INSERT INTO stream_offsets VALUES (?, ?, ?, ?)
            ON CONFLICT (stream) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash
            """)
        defer { connection.giveBack(statement) }
        try statement.bind(1, stream)
        try statement.bind(2, Int64(bitPattern: offset.epoch))
        try statement.bind(3, offset.seq)
        try statement.bind(4, offset.hash)
        try statement.run()
    }

    /// Before COMMIT: nothing of a lost transaction may be taken for done, also when `body` swallowed its error.
    func finish() throws(StoreError) -> LogHead {
        try check()
        if pendingHead.seq != committedSeq { try StoreIdentity.writeHead(pendingHead, connection) }
        return pendingHead
    }
}
