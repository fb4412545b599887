import Domain

/// A view of the store at one moment. Valid only inside the closure that received it; later use fails with `.misuse`.
public class Snapshot {
    let connection: Connection
    private var isOver = false

    private let stepsBefore: Int

    init(_ connection: Connection) {
        self.connection = connection
        stepsBefore = connection.steps
    }

    /// How many steps SQLite's machine has made for this view so far: what a question costs, the same on every machine.
    public var steps: Int { connection.steps - stepsBefore }

    /// The closure is over.
    func end() { isOver = true }

    /// Checked before each use. Outside a transaction every statement would be one of its own, so when SQLite has given
    /// the transaction up (disk full, for example) nothing more may run, and the cause is thrown again.
    func check() throws(StoreError) {
        if isOver { throw StoreError.misuse("在闭包结束之后使用了快照或事务") }
        guard connection.isInTransaction else {
            throw connection.causeOfLoss ?? StoreError.misuse("事务中途被语句结束")
        }
    }

    /// A statement for SQL of the service, to be given back. Transactions, files and settings are this module's own
    /// business.
    func borrow(_ sql: String) throws(StoreError) -> Statement {
        try check()
        let statement = try connection.borrow(sql)
        if statement.isControl {
            connection.giveBack(statement)
            throw Connection.controlRefused
        }
        return statement
    }

    /// All rows of a query, each turned into a value by `map`.
    ///
    /// - Parameter values: One for each `?` of the statement, in order.
    public func rows<T>(_ sql: String, _ values: any SQLBindable..., map: (Row) throws -> T) throws -> [T] {
        try rows(sql, values: values, map: map)
    }

    /// The same for values that come as an array.
    public func rows<T>(_ sql: String, values: [any SQLBindable], map: (Row) throws -> T) throws -> [T] {
        let statement = try borrow(sql)
        defer { connection.giveBack(statement) }
        try statement.bind(values)
        var results: [T] = []
        while try statement.step() { results.append(try map(Row(statement))) }
        return results
    }

    /// The first row of a query; nil when there is none.
    public func first<T>(_ sql: String, _ values: any SQLBindable..., map: (Row) throws -> T) throws -> T? {
        try first(sql, values: values, map: map)
    }

    /// The same for values that come as an array.
    public func first<T>(_ sql: String, values: [any SQLBindable], map: (Row) throws -> T) throws -> T? {
        let statement = try borrow(sql)
        defer { connection.giveBack(statement) }
        try statement.bind(values)
        return try statement.step() ? try map(Row(statement)) : nil
    }

    /// The integer in the first column of the first row; nil when there is no row or it holds NULL.
    public func scalar(_ sql: String, _ values: any SQLBindable...) throws -> Int64? {
        try scalar(sql, values: values)
    }

    /// The same for values that come as an array.
    public func scalar(_ sql: String, values: [any SQLBindable]) throws -> Int64? {
        try first(sql, values: values) { row in try row.optionalInteger(0) } ?? nil
    }

    /// Where the log stands in this view.
    public func head() throws -> LogHead {
        try check()
        return try StoreIdentity.read(connection).head
    }

    /// How far this service has applied `stream`; nil before the first time.
    public func offset(of stream: String) throws -> StreamOffset? {
        try first("SELECT epoch, seq, hash FROM stream_offsets WHERE stream = ?", stream) { row in
            try Self.offset(row, from: 0)
        }
    }

    /// How far this service has applied each stream.
    public func offsets() throws -> [String: StreamOffset] {
        let pairs = try rows("SELECT stream, epoch, seq, hash FROM stream_offsets") { row in
            (try row.text(0), try Self.offset(row, from: 1))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private static func offset(_ row: Row, from column: Int) throws(StoreError) -> StreamOffset {
        StreamOffset(
            epoch: UInt64(bitPattern: try row.integer(column)), seq: try row.integer(column + 1),
            hash: try row.blob(column + 2))
    }

    /// The stored answer to a command; nil when it has not been carried out, or its result has been purged.
    public func result(for id: CommandIdentity) throws -> StoredResult? {
        try check()
        guard let caller = try number(ofCaller: id.caller) else { return nil }
        let statement = try connection.borrow(
            "SELECT status, body, request_digest FROM command_results WHERE caller = ? AND session = ? AND counter = ?")
        defer { connection.giveBack(statement) }
        try statement.bind(1, caller)
        try statement.bind(2, Int64(bitPattern: id.session))
        try statement.bind(3, id.counter)
        guard try statement.step() else { return nil }
        return StoredResult(
            status: Int(statement.integer(0)), body: statement.blob(1), requestDigest: statement.integer(2))
    }

    /// A caller's text is kept once; results point at it by a small number. Nil for one that has no results.
    func number(ofCaller name: String) throws(StoreError) -> Int64? {
        let statement = try connection.borrow("SELECT id FROM command_callers WHERE name = ?")
        defer { connection.giveBack(statement) }
        try statement.bind(1, name)
        return try statement.step() ? statement.integer(0) : nil
    }
}
