import CSQLite

/// A prepared statement. It belongs to its connection's cache, which finalizes it once.
final class Statement {
    private(set) var handle: OpaquePointer?
    private unowned let connection: Connection
    /// True between `borrow` and `giveBack`: a nested use of the same SQL needs a statement of its own.
    var isBorrowed = false
    /// The cache's clock at the last use, for eviction.
    var lastUse: UInt64 = 0
    /// Grows with every step and reset, so that a `Row` kept too long is noticed.
    private(set) var turn: UInt64 = 0
    private(set) var isOnRow = false
    let columnCount: Int
    let parameterCount: Int

    init(handle: OpaquePointer, connection: Connection) {
        self.handle = handle
        self.connection = connection
        columnCount = Int(sqlite3_column_count(handle))
        parameterCount = Int(sqlite3_bind_parameter_count(handle))
    }

    deinit { sqlite3_finalize(handle) }

    func finalize() {
        reset()
        sqlite3_finalize(handle)
        handle = nil
    }

    /// True when the statement only reads.
    var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    /// True when the statement neither returns columns nor writes. Such a one can only begin or end transactions,
    /// attach files or change settings (sqlite.org/c3ref/stmt_readonly.html).
    var isControl: Bool { columnCount == 0 && isReadOnly }

    /// How many steps SQLite's machine has made since this was last asked (sqlite.org/c3ref/c_stmtstatus_counter.html).
    func takeSteps() -> Int { Int(sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_VM_STEP, 1)) }

    // MARK: Binding. Positions are counted from 1, as SQLite does.

    func bind(_ values: [any SQLBindable]) throws(StoreError) {
        guard values.count == parameterCount else {
            throw StoreError(
                .statement, "语句需要 \(parameterCount) 个值，却给了 \(values.count) 个，这是程序的错误：请报告给开发人员。")
        }
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            switch value.sqlValue {
            case .null: try check(sqlite3_bind_null(handle, position))
            case .integer(let integer): try bind(position, integer)
            case .text(let text): try bind(position, text)
            case .blob(let bytes): try bind(position, bytes)
            }
        }
    }

    func bind(_ position: Int32, _ integer: Int64) throws(StoreError) {
        try check(sqlite3_bind_int64(handle, position, integer))
    }

    func bind(_ position: Int32, _ text: String) throws(StoreError) {
        var text = text
        // The length is given in bytes, so a zero inside the text is kept.
        let result = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.isEmpty
                    ? sqlite3_bind_text(handle, position, "", 0, Self.copy)
                    : sqlite3_bind_text(
                        handle, position, characters.baseAddress, Int32(clamping: bytes.count), Self.copy)
            }
        }
        try check(result)
    }

    func bind(_ position: Int32, _ bytes: [UInt8]) throws(StoreError) {
        let result = bytes.withUnsafeBytes { content in
            // A null pointer would bind NULL instead of a blob of no bytes (sqlite.org/c3ref/bind_blob.html).
            content.isEmpty
                ? sqlite3_bind_zeroblob(handle, position, 0)
                : sqlite3_bind_blob(handle, position, content.baseAddress, Int32(clamping: content.count), Self.copy)
        }
        try check(result)
    }

    /// SQLITE_TRANSIENT, a cast that Swift does not import: SQLite copies the bytes during the call.
    private static var copy: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    private func check(_ result: Int32) throws(StoreError) {
        if result != SQLITE_OK { throw connection.error(result) }
    }

    // MARK: Running

    /// Runs to the next row; false when there is none.
    func step() throws(StoreError) -> Bool {
        turn &+= 1
        isOnRow = false
        switch sqlite3_step(handle) {
        case SQLITE_ROW:
            isOnRow = true
            return true
        case SQLITE_DONE:
            return false
        case let result:
            throw connection.error(result)
        }
    }

    /// Runs a statement whose rows, if any, do not matter.
    func run() throws(StoreError) {
        while try step() {}
    }

    /// Makes the statement ready for other values and lets go of the present ones.
    func reset() {
        turn &+= 1
        isOnRow = false
        // The result only repeats the error of the last step, which has been thrown.
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    // MARK: Reading the present row. Columns are counted from 0.

    func value(_ column: Int32) -> SQLValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(blob(column))
        // STRICT tables of ours hold no real number; an expression that makes one is cut to whole units.
        case SQLITE_FLOAT: .integer(integer(column))
        default: .null
        }
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func text(_ column: Int32) -> String {
        guard let start = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func blob(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }
}
