/// What an inspection of a store found.
public struct VerificationReport: Sendable, Equatable {
    public struct Finding: Sendable, Equatable {
        public enum Kind: String, Sendable {
            /// A record is missing from the log.
            case gap = "store.verify.gap"
            /// The content of a record does not have its digest.
            case content = "store.verify.content"
            /// The hash of a record does not follow from the record and the one before.
            case chain = "store.verify.chain"
            /// The stored head is not the last record.
            case head = "store.verify.head"
            /// The log can't be read on from here.
            case unreadable = "store.verify.unreadable"
            /// SQLite's integrity check complains of a page, an index or a column.
            case integrity = "store.verify.integrity"
            /// A row points at one that is not there.
            case reference = "store.verify.reference"
        }

        public let kind: Kind
        /// The record concerned, for findings in the log.
        public let seq: Int64?
        /// Chinese, for people.
        public let message: String
    }

    /// Where the log stands according to the store.
    public var head: LogHead
    /// Records read in the log.
    public var recordCount: Int64 = 0
    /// Command results kept.
    public var resultCount: Int64 = 0
    /// Names of the migrations run, in order.
    public var migrations: [String] = []
    public var offsets: [String: StreamOffset] = [:]
    /// Those in the log first, in its order. At most 20 of each kind: more would only repeat.
    public var findings: [Finding] = []

    static let findingLimit = 20

    init(head: LogHead) { self.head = head }

    public var isSound: Bool { findings.isEmpty }

    /// The first record of the log that does not check; nil when all do. Records before it are proven.
    public var firstBadSeq: Int64? { findings.lazy.compactMap(\.seq).first }
}
