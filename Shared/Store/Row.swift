import Domain

/// One row of a result. Columns are counted from 0, in the order of the SELECT.
///
/// A row is valid only while its `map` closure runs: SQLite overwrites it with the next one, and reading it later fails
/// with `.misuse`. The typed readers fail with `.statement` when the column holds another type or NULL; they never
/// convert, because a silent 0 or "" in place of a missing value would be believed.
public struct Row {
    private let statement: Statement
    private let turn: UInt64

    init(_ statement: Statement) {
        self.statement = statement
        turn = statement.turn
    }

    public var columnCount: Int { statement.columnCount }

    /// The value of a column whatever its type; NULL for a column that is not there or a row that has gone.
    public subscript(column: Int) -> SQLValue { (try? value(column)) ?? .null }

    public func integer(_ column: Int) throws(StoreError) -> Int64 {
        if case .integer(let value) = try value(column) { return value }
        throw unexpected(column, "integer")
    }

    public func int(_ column: Int) throws(StoreError) -> Int { Int(try integer(column)) }

    public func text(_ column: Int) throws(StoreError) -> String {
        if case .text(let value) = try value(column) { return value }
        throw unexpected(column, "text")
    }

    public func blob(_ column: Int) throws(StoreError) -> [UInt8] {
        if case .blob(let value) = try value(column) { return value }
        throw unexpected(column, "blob")
    }

    /// True for 1, false for 0; any other integer is an error.
    public func bool(_ column: Int) throws(StoreError) -> Bool {
        switch try integer(column) {
        case 0: return false
        case 1: return true
        default: throw unexpected(column, "0 or 1")
        }
    }

    public func timestamp(_ column: Int) throws(StoreError) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: try integer(column))
    }

    public func isNull(_ column: Int) throws(StoreError) -> Bool { try value(column) == .null }

    public func optionalInteger(_ column: Int) throws(StoreError) -> Int64? {
        try isNull(column) ? nil : try integer(column)
    }

    public func optionalInt(_ column: Int) throws(StoreError) -> Int? {
        try isNull(column) ? nil : try int(column)
    }

    public func optionalText(_ column: Int) throws(StoreError) -> String? {
        try isNull(column) ? nil : try text(column)
    }

    public func optionalBlob(_ column: Int) throws(StoreError) -> [UInt8]? {
        try isNull(column) ? nil : try blob(column)
    }

    public func optionalBool(_ column: Int) throws(StoreError) -> Bool? {
        try isNull(column) ? nil : try bool(column)
    }

    public func optionalTimestamp(_ column: Int) throws(StoreError) -> Timestamp? {
        try isNull(column) ? nil : try timestamp(column)
    }

    /// The value of a column whatever its type.
    public func value(_ column: Int) throws(StoreError) -> SQLValue {
        guard statement.isOnRow, statement.turn == turn else {
            throw StoreError.misuse("在查询的闭包之外读取了行")
        }
        guard column >= 0, column < statement.columnCount else {
            throw StoreError(.statement, "查询没有第 \(column) 列（从 0 起），这是程序的错误：请报告给开发人员。")
        }
        return statement.value(Int32(column))
    }

    private func unexpected(_ column: Int, _ wanted: String) -> StoreError {
        StoreError(.statement, "查询的第 \(column) 列（从 0 起）不是所要的类型 \(wanted)，这是程序的错误：请报告给开发人员。")
    }
}
