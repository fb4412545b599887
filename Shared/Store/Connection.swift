import CSQLite

/// How much a commit must outlive.
public enum Durability: Sendable {
    /// Every commit survives power loss: `synchronous=FULL`, the write-ahead log is synced at each commit.
    case full
    /// Nothing is synced: for simulations on a memory file system only.
    case none
}

/// One connection of SQLite with its prepared statements, confined to one thread at a time.
///
/// The file must not be opened by other means in this process: closing any descriptor of it would drop SQLite's own
/// locks (sqlite.org/howtocorrupt.html, section 2.2). That is why even the header is read through SQLite here.
final class Connection {
    enum Mode { case readOnly, readWrite, create }

    /// The last path component, for messages.
    let file: String
    private var handle: OpaquePointer?
    private var statements: [String: Statement] = [:]
    private var useCount: UInt64 = 0
    /// Frames in the write-ahead log after the last commit (sqlite.org/c3ref/wal_hook.html).
    private(set) var framesInWriteAheadLog = 0
    /// Steps of SQLite's machine in all statements given back so far.
    private(set) var steps = 0
    /// Commits of this connection that wrote something.
    private(set) var writtenCommits: UInt64 = 0
    /// Why SQLite gave up the present transaction by itself, when it did (sqlite.org/lang_transaction.html, section 3).
    private(set) var causeOfLoss: StoreError?

    private static let cachedStatementLimit = 96
    private static let patienceInMilliseconds: Int32 = 2000

    init(path: String, mode: Mode) throws(StoreError) {
        file = path.split(separator: "/").last.map(String.init) ?? path
        // No mutex: a connection is confined to one thread. No shared cache: it would weaken isolation between
        // connections of one process. No URI names: a path is a path, whatever its characters.
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE
        switch mode {
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        case .readWrite: flags |= SQLITE_OPEN_READWRITE
        case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        }
        let result = sqlite3_open_v2(path, &handle, flags, nil)
        guard result == SQLITE_OK else {
            let error = error(result)
            // SQLite hands out a handle even when opening failed, and it must be closed.
            close()
            throw result & 0xFF == SQLITE_CANTOPEN && !FileStatus.exists(path) ? StoreError.missing(file) : error
        }
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Self.patienceInMilliseconds)
    }

    deinit { close() }

    /// Finalizes all statements and closes. Idempotent.
    func close() {
        for statement in statements.values { statement.finalize() }
        statements = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    var isOpen: Bool { handle != nil }

    // MARK: Statements

    /// A statement for `sql`, to be given back. Kept prepared between uses, because preparing costs more than running.
    func borrow(_ sql: String) throws(StoreError) -> Statement {
        useCount += 1
        if let statement = statements[sql], !statement.isBorrowed {
            statement.isBorrowed = true
            statement.lastUse = useCount
            return statement
        }
        let statement = try prepare(sql)
        statement.isBorrowed = true
        statement.lastUse = useCount
        if statements[sql] == nil {
            if statements.count >= Self.cachedStatementLimit { evict() }
            statements[sql] = statement
        }
        return statement
    }

    func giveBack(_ statement: Statement) {
        steps &+= statement.takeSteps()
        statement.reset()
        statement.isBorrowed = false
    }

    /// Drops the statement unused for longest, so that SQL built from many pieces does not fill the memory.
    private func evict() {
        let idle = statements.filter { !$0.value.isBorrowed }
        guard let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        statements[oldest.key] = nil
    }

    private func prepare(_ sql: String) throws(StoreError) -> Statement {
        var rest = Array(sql.utf8)[...]
        guard let statement = try prepare(next: &rest) else {
            throw StoreError(.statement, "语句是空的，这是程序的错误：请报告给开发人员。")
        }
        guard rest.allSatisfy({ " \n\t\r;".utf8.contains($0) }) else {
            throw StoreError(.statement, "一次只能执行一条语句，这是程序的错误：请报告给开发人员。")
        }
        return statement
    }

    /// Prepares the first statement of `rest` and takes it away; nil when only space and comments are left.
    private func prepare(next rest: inout ArraySlice<UInt8>) throws(StoreError) -> Statement? {
        guard isOpen else { throw StoreError.closed(file) }
        var prepared: OpaquePointer?
        var read = 0
        let result = rest.withUnsafeBytes { bytes in
            let start = bytes.bindMemory(to: CChar.self).baseAddress
            var tail: UnsafePointer<CChar>?
            let result = sqlite3_prepare_v3(
                handle, start, Int32(clamping: bytes.count), UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
            if let tail, let start { read = tail - start }
            return result
        }
        guard result == SQLITE_OK else { throw error(result, compiling: true) }
        rest = rest.dropFirst(read)
        if let prepared { return Statement(handle: prepared, connection: self) }
        return nil
    }

    /// Runs one statement without values.
    func run(_ sql: String) throws(StoreError) {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        try statement.run()
    }

    /// Runs several statements, as a migration has them.
    ///
    /// - Parameter control: Whether they may begin and end transactions and change settings.
    func runScript(_ sql: String, control: Bool = true) throws(StoreError) {
        var rest = Array(sql.utf8)[...]
        while !rest.isEmpty {
            guard let statement = try prepare(next: &rest) else { continue }
            if !control, statement.isControl { throw Self.controlRefused }
            try statement.run()
        }
    }

    static let controlRefused = StoreError.misuse("语句既不读也不写数据（如 COMMIT、PRAGMA）")

    /// The first column of the first row; nil for NULL or no row.
    func integer(_ sql: String) throws(StoreError) -> Int64? {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        guard try statement.step() else { return nil }
        let value = statement.value(0)
        // To its end, because a statement that writes is committed there, and may fail there.
        try statement.run()
        guard case .integer(let integer) = value else { return nil }
        return integer
    }

    /// The first column of every row as text.
    func texts(_ sql: String) throws(StoreError) -> [String] {
        let statement = try borrow(sql)
        defer { giveBack(statement) }
        var texts: [String] = []
        while try statement.step() { texts.append(statement.text(0)) }
        return texts
    }

    /// Makes this database a copy of `source`, page by page, in one view of it (sqlite.org/c3ref/backup_finish.html).
    func copyAll(of source: Connection) throws(StoreError) {
        guard let backup = sqlite3_backup_init(handle, "main", source.handle, "main") else {
            throw error(sqlite3_errcode(handle))
        }
        let result = sqlite3_backup_step(backup, -1)
        sqlite3_backup_finish(backup)
        if result != SQLITE_DONE { throw error(result) }
    }

    // MARK: State of the connection

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }
    var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }
    var changedRows: Int { Int(sqlite3_changes(handle)) }

    func forgetLoss() { causeOfLoss = nil }

    /// Ends the present transaction without a trace. It is over afterwards, also when SQLite had ended it before.
    func rollBack() {
        if isInTransaction { try? run("ROLLBACK") }
    }

    /// Ends the present transaction because of `cause`: whatever follows in it fails with the same error.
    func abandon(because cause: StoreError) {
        rollBack()
        causeOfLoss = cause
    }

    /// The error for SQLite's last result, with SQLite's words where they cannot hold a value.
    func error(_ result: Int32, compiling: Bool = false) -> StoreError {
        let extended = handle == nil ? result : sqlite3_extended_errcode(handle)
        let code = extended & 0xFF == result & 0xFF ? extended : result
        let own = handle != nil && (compiling || ResultCode.namingTheSchemaOnly.contains(code))
        let remark = own ? String(cString: sqlite3_errmsg(handle)) : String(cString: sqlite3_errstr(code))
        let error = StoreError.sqlite(code, file: file, remark: remark)
        if handle != nil, !isInTransaction, causeOfLoss == nil { causeOfLoss = error }
        return error
    }

    // MARK: The write-ahead log

    /// Counts the frames after each commit. Replaces SQLite's automatic checkpoint, which uses the same hook.
    func countWriteAheadFrames() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            handle,
            { context, _, _, frames in
                guard let context else { return SQLITE_OK }
                let connection = Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue()
                connection.framesInWriteAheadLog = Int(frames)
                connection.writtenCommits += 1
                return SQLITE_OK
            }, context)
    }

    /// Carries the write-ahead log into the main file. True when all of it is there.
    func checkpoint(mode: Int32, patienceInMilliseconds: Int32) -> Bool {
        var frames: Int32 = -1
        var carried: Int32 = -1
        sqlite3_busy_timeout(handle, patienceInMilliseconds)
        defer { sqlite3_busy_timeout(handle, Self.patienceInMilliseconds) }
        let result = sqlite3_wal_checkpoint_v2(handle, "main", mode, &frames, &carried)
        if frames >= 0 { framesInWriteAheadLog = Int(frames) }
        return result == SQLITE_OK && frames == carried
    }

    /// Whether closing leaves the write-ahead log as it is, instead of carrying it over when nobody else has it open.
    func leaveLogOnClose(_ leaves: Bool) { _ = jieli_sqlite3_leave_log_on_close(handle, leaves ? 1 : 0) }

    /// Writes the write-ahead log over itself, so that the next sync writes all of it. Only inside a transaction that
    /// holds the lock for writing: nobody else may change the log meanwhile.
    func rewriteLog() throws(StoreError) {
        var pointer: UnsafeMutablePointer<sqlite3_file>?
        let result = sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &pointer)
        guard result == SQLITE_OK, let log = pointer, let methods = log.pointee.pMethods?.pointee else {
            throw error(result == SQLITE_OK ? SQLITE_IOERR : result)
        }
        var length: sqlite3_int64 = 0
        try check(methods.xFileSize(log, &length))
        let piece = UnsafeMutableRawPointer.allocate(byteCount: Self.logPieceInBytes, alignment: 16)
        defer { piece.deallocate() }
        var offset: sqlite3_int64 = 0
        while offset < length {
            let count = Int32(min(Int64(Self.logPieceInBytes), length - offset))
            try check(methods.xRead(log, piece, count, offset))
            try check(methods.xWrite(log, piece, count, offset))
            offset += Int64(count)
        }
    }

    private static let logPieceInBytes = 64 * 1024

    private func check(_ result: Int32) throws(StoreError) {
        if result != SQLITE_OK {
            throw StoreError.sqlite(result, file: file, remark: String(cString: sqlite3_errstr(result)))
        }
    }

    /// Gives back the memory that caches hold at the moment.
    func releaseMemory() { sqlite3_db_release_memory(handle) }
}
