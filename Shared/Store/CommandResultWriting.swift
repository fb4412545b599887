import Domain

extension Transaction {
    /// Keeps the answer to a command, in the same commit as its effect. Throws `.resultExists` when there is one.
    public func storeResult(_ result: StoredResult, for id: CommandIdentity) throws {
        try check()
        let caller = try internedCaller(id.caller)
        let statement = try connection.borrow("INSERT INTO command_results VALUES (?, ?, ?, ?, ?, ?, ?)")
        defer { connection.giveBack(statement) }
        try statement.bind(1, caller)
        try statement.bind(2, Int64(bitPattern: id.session))
        try statement.bind(3, id.counter)
        try statement.bind(4, Int64(result.status))
        try statement.bind(5, result.body)
        try statement.bind(6, result.requestDigest)
        try statement.bind(7, now.millisecondsSinceEpoch)
        do {
            try statement.run()
        } catch {
            if !error.isUniqueViolation { throw error }
            throw StoreError(
                .resultExists, "\(connection.file) 已有该命令编号的结果，没有改动：请先查询已有结果再执行命令。",
                resultCode: error.resultCode)
        }
    }

    /// Forgets results stored before `moment`, the oldest first, at most `limit` of them; returns how many.
    ///
    /// A caller that repeats a forgotten command would have it carried out again, so `moment` must lie further back
    /// than any caller keeps trying.
    @discardableResult
    public func purgeResults(olderThan moment: Timestamp, limit: Int = 10_000) throws -> Int {
        try execute(
            """
            DELETE FROM command_results WHERE (caller, session, counter) IN (
                SELECT caller, session, counter FROM command_results WHERE at < ? ORDER BY at LIMIT ?)
            """, moment, max(0, limit))
        return changedRows
    }

    private func internedCaller(_ name: String) throws(StoreError) -> Int64 {
        if let number = try number(ofCaller: name) { return number }
        let insert = try connection.borrow("INSERT INTO command_callers (name) VALUES (?)")
        defer { connection.giveBack(insert) }
        try insert.bind(1, name)
        try insert.run()
        return connection.lastInsertedRow
    }
}

/// Numbers of callers met lately, so that each command need not look its caller up twice.
final class CallerNumbers {
    private var numbers: [String: Int64] = [:]
    private static let limit = 1000

    subscript(name: String) -> Int64? {
        get { numbers[name] }
        set {
            if numbers.count >= Self.limit { numbers = [:] }
            numbers[name] = newValue
        }
    }

    /// Whenever work is undone, a caller first met in it is gone from the file.
    func forget() { numbers = [:] }
}
