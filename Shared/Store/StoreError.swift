/// What went wrong in a store: a stable code for programs and a message for people that says what to do.
///
/// Messages name the file by its last path component and never hold a bound value, so they may be logged and shown.
public struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Stable identifiers: a code is never renamed and a retired one is never used again.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no store at the path (or no folder to create it in).
        case missing = "store.missing"
        /// A file is already where a new one was to be written.
        case exists = "store.exists"
        /// Another program holds SQLite's own lock for longer than the two seconds of patience.
        case busy = "store.busy"
        /// The disk is full or fails: what was acknowledged stays, the present work is undone. Not the work's fault.
        case full = "store.disk-full"
        /// The disk could not say that a commit is safe (fsync): nobody knows whether it is. The store has to be opened
        /// anew, and what the file then says holds.
        case unsynced = "store.unsynced"
        /// The file is no database any more, or its pages contradict each other.
        case damaged = "store.damaged"
        /// A database of another program: its `application_id` is not ours.
        case foreign = "store.foreign"
        /// Written by a newer program: a format or a migration that this one does not know.
        case newer = "store.newer"
        /// Written by an older program, and the opener may not migrate (a reader): wait for the writer.
        case older = "store.older"
        /// A store of ours, but of another service.
        case wrongStream = "store.wrong-stream"
        /// Another writer, in this process or elsewhere, holds the writer's lock.
        case locked = "store.locked"
        /// A newer writer has taken over: this one must stop and may not answer.
        case fenced = "store.fenced"
        /// The log contradicts itself: a missing or altered record, or a head that does not match.
        case chainBroken = "store.chain-broken"
        /// The text of an applied migration has changed, or its place in the order.
        case migrationChanged = "store.migration-changed"
        /// A migration does not run, or leaves a table that is not STRICT, or dangling references.
        case migrationFailed = "store.migration-failed"
        /// A rule of the schema refuses the row (unique, foreign key, check, not null, column type).
        case constraint = "store.constraint"
        /// The result of this command identity is already there.
        case resultExists = "store.result-exists"
        /// SQLite does not accept the statement, or its values do not fit.
        case statement = "store.statement"
        /// The account under which the process runs may not read or write the file or its folder.
        case noAccess = "store.no-access"
        /// The file system cannot carry a write-ahead log (some network file systems).
        case unsuitableFileSystem = "store.unsuitable-file-system"
        /// The machine has no memory left.
        case memory = "store.memory"
        /// The caller breaks the contract of this module: a fault of the program.
        case misuse = "store.misuse"
        /// The store has been closed.
        case closed = "store.closed"
    }

    public let code: Code
    /// Chinese, one or two sentences: what happened and what to do.
    public let message: String
    /// SQLite's extended result code (sqlite.org/rescode.html), when SQLite reported the error.
    public let resultCode: Int32?

    init(_ code: Code, _ message: String, resultCode: Int32? = nil) {
        self.code = code
        self.message = message
        self.resultCode = resultCode
    }

    public var description: String { "\(code.rawValue): \(message)" }

    /// Two rows would have had the same unique or primary key.
    public var isUniqueViolation: Bool {
        resultCode == ResultCode.uniqueConstraint || resultCode == ResultCode.primaryKeyConstraint
            || resultCode == ResultCode.rowConstraint
    }

    /// A row would have pointed at one that is not there, or one still pointed at would have gone.
    public var isReferenceViolation: Bool { resultCode == ResultCode.foreignKeyConstraint }

    /// The piece of work itself is at fault and would fail again. All other errors lie with the store or the machine:
    /// the work is to be held back until that is put right, and never to be set aside as faulty.
    public var isCausedByWork: Bool {
        switch code {
        case .constraint, .resultExists, .statement, .misuse: true
        default: false
        }
    }
}
