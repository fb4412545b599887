import Domain
import Kernel

/// A service's store, open for writing: its state, its log, its offsets and its command results in one SQLite file.
///
/// One writer for each file: a kernel lock elects it, and a number in the file (`writer_epoch`) fences one that was
/// paused and has been replaced. Only the writer carries the write-ahead log into the main file, because SQLite
/// before 3.51.3 can damage a log that two connections carry over at once.
///
/// Confined to one thread at a time, and so not Sendable. No other code of the process may open the file except through
/// this module (see `Connection`).
public final class WritableStore {
    /// Where the log stands after the last commit; always what the file says.
    public private(set) var head: LogHead
    /// Which writer of this store this is, counted from 1. A newer writer has a higher number.
    public let writerEpoch: Int64

    let connection: Connection
    private let clock: any WallClock
    private var lock: FileLock?
    private var isCommitting = false
    private var closesAfterCommit = false
    /// Why nothing may be written any more.
    private var refusal: StoreError?
    private var checkpoint = CheckpointPlan()
    private let callers = CallerNumbers()
    private let path: String
    private let files: FileIdentity?

    /// Takes the writer's lock, opens or creates the store, migrates it and becomes its writer.
    ///
    /// - Parameters:
    ///   - path: The file. Its folder must exist.
    ///   - stream: The service whose store it is.
    ///   - migrations: All migrations of the service since its first release, in order.
    ///
    /// Throws `.locked`, `.missing` (no folder), `.noAccess`, `.foreign`, `.newer`, `.damaged`, `.wrongStream`,
    /// `.chainBroken`, `.migrationChanged`, `.migrationFailed`, `.busy`, `.full`, `.unsuitableFileSystem`.
    public init(
        path: String, stream: String, migrations: [Migration], clock: any WallClock, randomness: any Randomness,
        durability: Durability = .full
    ) throws(StoreError) {
        let path = FileStatus.canonical(path)
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let lock = try WriterElection.lock(besideStoreAt: path, file: file)
        try StoreOpening.checkLength(path: path, file: file)
        let connection = try Connection(path: path, mode: .create)
        // Not before it is whole: see `becomeWriter`.
        connection.leaveLogOnClose(true)
        let isStore = try StoreOpening.isStore(connection)
        try StoreOpening.configure(connection)
        try connection.run(durability == .full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF")
        let now = clock.now()
        if isStore {
            try StoreOpening.checkLastPage(connection, path: path)
        } else {
            try Self.create(connection, stream: stream, epoch: LogEpoch.first(chance: randomness.number()), at: now)
        }
        let identity = try StoreOpening.checkStream(connection, expected: stream)
        try Self.useWriteAheadLog(connection)
        try LogReader.checkEnd(connection, head: identity.head)
        try MigrationLedger(connection: connection, migrations: migrations).migrate(at: now)
        writerEpoch = try Self.becomeWriter(connection)
        connection.leaveLogOnClose(false)
        head = identity.head
        self.connection = connection
        self.clock = clock
        self.lock = lock
        self.path = path
        files = FileStatus.identity(path)
    }

    deinit { close() }

    /// One commit for many pieces of work (group commit). When it returns, everything in it is on disk; when it throws,
    /// nothing of it happened.
    ///
    /// Throws what `body` throws; `.fenced` when a newer writer has taken over; `.busy`, `.full` and the like when the
    /// commit fails, which undoes all of it: the store can be used on. After `.unsynced` it cannot: whether the
    /// commit outlives a power cut nobody knows, and the store has to be opened anew.
    public func commit<R>(_ body: (Transaction) throws -> R) throws -> R {
        if let refusal { throw refusal }
        guard !isCommitting else { throw StoreError.misuse("在一次提交之中又开始了另一次提交") }
        isCommitting = true
        defer {
            isCommitting = false
            if closesAfterCommit { close() }
        }
        connection.forgetLoss()
        try connection.run("BEGIN IMMEDIATE")
        let result: R
        let newHead: LogHead
        do {
            let identity = try StoreIdentity.read(connection)
            guard identity.writerEpoch == writerEpoch else {
                let fenced = StoreError.fenced(connection.file)
                refusal = fenced
                throw fenced
            }
            let transaction = Transaction(connection, now: clock.now(), head: identity.head, callers: callers)
            defer { transaction.end() }
            result = try body(transaction)
            newHead = try transaction.finish()
        } catch {
            undo()
            throw error
        }
        do {
            try connection.run("COMMIT")
        } catch {
            undo()
            // The error leaves open what SQLite made of the commit; the file knows.
            if let identity = try? StoreIdentity.read(connection) { head = identity.head }
            if error.resultCode == ResultCode.failedSync { try overwriteDoubtful() }
            throw error
        }
        head = newHead
        return result
    }

    /// After a failed sync the frames of the commit may be on the disk or not, and whoever reads the log anew would
    /// believe them. A commit that changes nothing takes their place.
    private func overwriteDoubtful() throws {
        do {
            try connection.run("BEGIN IMMEDIATE")
            try connection.run("UPDATE store_identity SET writer_epoch = writer_epoch + 1")
            try connection.run("UPDATE store_identity SET writer_epoch = writer_epoch - 1")
            try connection.run("COMMIT")
        } catch {
            connection.rollBack()
            let unsynced = StoreError.unsynced(connection.file)
            refusal = unsynced
            throw unsynced
        }
    }

    private func undo() {
        connection.rollBack()
        callers.forget()
    }

    /// Carries the write-ahead log into the main file when it has grown past 4 MiB; call it between commits.
    ///
    /// It never waits for readers. A failure is harmless, as the log keeps everything, and is tried again later.
    /// - Parameter idle: There is nothing else to do: carry over all, empty the log's file and give back memory.
    /// - Returns: True when the whole log is in the main file.
    @discardableResult
    public func checkpointIfNeeded(idle: Bool = false) -> Bool {
        guard refusal == nil, !isCommitting else { return false }
        // An idle service asks every second: without a commit since, there is nothing to look at.
        if idle, connection.framesInWriteAheadLog == 0 { return true }
        checkpoint.look(frames: connection.framesInWriteAheadLog)
        guard idle || checkpoint.isDue(frames: connection.framesInWriteAheadLog) else { return false }
        // A replaced writer must keep its hands off: the newer one may be doing the same.
        guard let identity = try? StoreIdentity.read(connection), identity.writerEpoch == writerEpoch else {
            return false
        }
        let mode = checkpoint.mode(frames: connection.framesInWriteAheadLog, idle: idle)
        let isComplete = connection.checkpoint(mode: mode.sqlite, patienceInMilliseconds: mode.patienceInMilliseconds)
        checkpoint.done(frames: connection.framesInWriteAheadLog)
        if idle { connection.releaseMemory() }
        return isComplete
    }

    /// How many commits wrote something. One that changed nothing succeeds on a full disk as well.
    public var writtenCommits: UInt64 { connection.writtenCommits }

    /// Whether the files at the store's path are still the ones that are written to. False once one was moved away,
    /// deleted or replaced: then what is committed from now on is lost when the process ends.
    public var isInPlace: Bool { FileStatus.identity(path) == files }

    /// Carries over what can be, closes the file and then lets go of the lock. Idempotent. Inside a commit it takes
    /// effect when that is over.
    public func close() {
        if isCommitting {
            closesAfterCommit = true
            return
        }
        checkpointIfNeeded(idle: true)
        connection.close()
        // Only now: the next writer must not find this connection still at work.
        lock = nil
        refusal = StoreError.closed(connection.file)
    }

    /// Lets a test meet a full disk: the file may grow to this many pages.
    func limitPages(_ count: Int) throws { _ = try connection.integer("PRAGMA max_page_count = \(count)") }
}

extension WritableStore {
    private static func create(
        _ connection: Connection, stream: String, epoch: UInt64, at moment: Timestamp
    ) throws(StoreError) {
        try connection.run("BEGIN IMMEDIATE")
        try connection.runScript(StoreSchema.creation)
        try StoreIdentity.create(connection, stream: stream, epoch: epoch, at: moment)
        try connection.run("COMMIT")
    }

    private static func useWriteAheadLog(_ connection: Connection) throws(StoreError) {
        guard try connection.texts("PRAGMA journal_mode = WAL") == ["wal"] else {
            throw StoreError(.unsuitableFileSystem, "\(connection.file) 所在的文件系统不支持预写日志：请改放到本机磁盘。")
        }
        try connection.run("PRAGMA wal_autocheckpoint = 0")
        connection.countWriteAheadFrames()
    }

    /// Fences every earlier writer and returns this one's number.
    ///
    /// The same sync makes all safe that was found in the write-ahead log. After a failed sync the system takes for
    /// written what is not (fsync(2)): what the last writer left there can be read, and no later sync would write it. A
    /// power cut would then leave a log with a hole, of which SQLite believes the part before; and once the log was
    /// carried over, that part would even undo what the main file has of the rest.
    private static func becomeWriter(_ connection: Connection) throws(StoreError) -> Int64 {
        try connection.run("BEGIN IMMEDIATE")
        do throws(StoreError) {
            try connection.rewriteLog()
            let number = try connection.integer(
                "UPDATE store_identity SET writer_epoch = writer_epoch + 1 RETURNING writer_epoch")
            guard let number else { throw StoreError.damaged(connection.file, "缺少身份行") }
            try connection.run("COMMIT")
            return number
        } catch {
            connection.rollBack()
            throw error
        }
    }
}
