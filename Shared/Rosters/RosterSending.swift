import Contracts
import Domain
import Messaging
import Sealing
import Sheets

/// The way of a roster into the registry: opened by its file's digest, its rows sent in batches, closed. The command
/// line and the web page go this one way.
///
/// The same file twice changes nothing. A sending that was broken off goes on where the registry stands; its batches
/// bear numbers that follow from the file, so that a batch whose answer was lost is not taken twice.
public struct RosterSending: Sendable {
    public struct Outcome: Sendable {
        /// How the roster stands now. `isRepeat` when the same file was imported before.
        public var summary: RosterSummary
        /// The rows that this sending set aside; of an earlier part, ask `GetSetAside`.
        public var setAside: [SetAsideRow]
        /// What this sending noted about rows that were registered.
        public var noted: [NotedRow] = []
        /// The row from which a broken-off sending went on; 0 for a new one.
        public var resumedAt: Int
    }

    /// The most rows that go at a time: few enough for other requests to come in between.
    public static let rowsInOneBatch = 500
    /// About as many bytes go at a time: rows are as wide as the enterprise made them, and a message has its limit.
    public static let bytesInOneBatch = 1 << 20

    public let fileName: String
    /// SM3 of the file's bytes in hexadecimal, by which the registry knows the file again; for a further roster of the
    /// same file, of that and the roster's place.
    public let fileDigest: String
    public let table: RosterTable
    private let fileNotes: [RosterNote]
    private let takesHiddenRows: Bool

    init(
        table: RosterTable, fileName: String, fileDigest: String, fileNotes: [RosterNote] = [],
        takesHiddenRows: Bool = false
    ) {
        self.table = table
        self.fileName = fileName
        self.fileDigest = fileDigest
        self.fileNotes = fileNotes
        self.takesHiddenRows = takesHiddenRows
    }

    /// Reads a file that holds one roster, as this system's own programs write it.
    /// - Throws: `Refusal` of kind invalid that says what is wrong with the file and what to do.
    public init(bytes: [UInt8], fileName: String) throws(Refusal) {
        let delivery = try RosterDelivery(bytes: bytes, fileName: fileName)
        guard let roster = delivery.rosters.first, delivery.rosters.count == 1 else {
            throw Refusal("roster.several", .invalid, "文件中有多份名册，请拆成几个文件。")
        }
        if let refusal = roster.refusal { throw refusal }
        self = roster
    }

    /// Why this roster cannot go in as it is; nil when it can.
    public var refusal: Refusal? {
        table.missing.isEmpty ? nil : RosterDelivery.refusal(.missingColumns(table))
    }

    /// What is to be said of the file, kept with the roster for good.
    public var notes: [RosterNote] {
        var notes = fileNotes + table.notes
        let hidden = takesHiddenRows ? table.rows.hiddenCount : 0
        if hidden > 0 {
            notes.append(
                RosterNote("roster.note.hidden-rows", "按上传人的选择，表格中筛选掉或隐藏的 \(hidden) 行一并导入", isLoss: false))
        }
        return notes
    }

    public func opening(enterprise: String) -> OpenRoster {
        OpenRoster(
            enterprise: enterprise, fileName: fileName, fileDigest: fileDigest, headings: table.headings,
            rowCount: table.rows.count, notes: notes)
    }

    /// Sends what the registry does not have yet, and closes the roster.
    /// - Parameters:
    ///   - opened: the registry's answer to `opening`. A roster that is closed already is left as it is.
    ///   - add, close: carry out a command, and ask again while the registry restarts.
    ///   - progress: told of the rows that the registry has, after each batch.
    public func send(
        to opened: RosterSummary, add: (AddRosterRows, CommandNumber) throws -> RowsOutcome,
        close: (CloseRoster, CommandNumber) throws -> RosterSummary, progress: (Int) -> Void
    ) throws -> Outcome {
        var outcome = Outcome(summary: opened, setAside: [], resumedAt: opened.received)
        guard opened.state == .open else { return outcome }
        var first = min(opened.received, table.rows.count)
        while first < table.rows.count {
            let batch = batch(of: opened.roster, from: first)
            let taken = try add(batch, number(of: opened, first))
            outcome.setAside += taken.setAside
            outcome.noted += taken.noted ?? []
            first += batch.rows.count
            progress(first)
        }
        outcome.summary = try close(CloseRoster(roster: opened.roster), number(of: opened, table.rows.count))
        return outcome
    }

    func batch(of roster: Int64, from first: Int) -> AddRosterRows {
        var rows: [RosterRowInput] = []
        var sizeInBytes = 0
        for row in table.rows[first...].prefix(Self.rowsInOneBatch) {
            let input = input(row)
            sizeInBytes += Self.sizeInBytes(input)
            // One row goes even when it alone is larger, so that a sending always gets on.
            if sizeInBytes > Self.bytesInOneBatch, !rows.isEmpty { break }
            rows.append(input)
        }
        return AddRosterRows(
            roster: roster, firstRow: first, columns: table.columns.map { $0?.rawValue ?? "" }, rows: rows)
    }

    /// A row as it goes to the registry.
    private func input(_ row: RosterRow) -> RosterRowInput {
        let differing = differing(row)
        return RosterRowInput(
            sheetRow: row.sheetRow, cells: differing.isEmpty ? nil : differing, original: row.original,
            problem: row.problem == .hidden && takesHiddenRows ? nil : row.problem)
    }

    /// About what a row takes in a message: its texts, and for each what stands around it.
    private static func sizeInBytes(_ row: RosterRowInput) -> Int {
        let original = row.original.reduce(0) { $0 + $1.utf8.count + 4 }
        return (row.cells ?? [:]).reduce(original + 32) { $0 + $1.key.utf8.count + $1.value.utf8.count + 8 }
    }

    /// The cells that were read as something else than what stands there.
    private func differing(_ row: RosterRow) -> [String: String] {
        var cells: [String: String] = [:]
        for (index, column) in table.columns.enumerated() {
            guard let column, row[column] != row.original[index] else { continue }
            cells[column.rawValue] = row[column]
        }
        return cells
    }

    /// Follows from the file, its roster and the first row alone. The roster is among them, because after undoing one
    /// the same file makes another.
    private func number(of roster: RosterSummary, _ first: Int) -> CommandNumber {
        let digest = SM3.digest(Array("\(roster.enterprise) \(fileDigest) \(roster.roster)".utf8))
        let session = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return CommandNumber(session: max(1, session), counter: UInt64(first) + 1)
    }
}
