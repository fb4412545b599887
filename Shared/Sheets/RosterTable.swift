import Domain

/// One person's row as it was sent. Nothing is checked yet.
public struct RosterRow: Hashable, Sendable {
    /// The row in the file, counted from 1 as spreadsheet programs show it.
    public let sheetRow: Int
    /// The filled cells of known columns: tidied (`TextForm.tidied`), full-width digits and letters made narrow, ditto
    /// marks resolved from the row above. A date that the file stores as one is ISO text (`1955-12-31`, or `1955-12`
    /// when only the month is shown); a date typed as text stays as it is, for `RosterDate.parse`. A number of more
    /// than fifteen digits keeps its exponent (`5.32529195512E+17`). A formula without a value is the formula.
    public let cells: [RosterField: String]
    /// All cells under `RosterTable.headings`, unchanged.
    public let original: [String]
    /// Why the row as a whole is not to be trusted.
    public let problem: RosterRowProblem?

    public init(
        sheetRow: Int, cells: [RosterField: String], original: [String], problem: RosterRowProblem? = nil
    ) {
        self.sheetRow = sheetRow
        self.cells = cells
        self.original = original
        self.problem = problem
    }

    /// The cell's text; empty when there is none.
    public subscript(column: RosterField) -> String { cells[column] ?? "" }
}

/// The rosters of one file.
public struct RosterFile: Sendable {
    public let tables: [RosterTable]
    /// What of the file is in none of them.
    public let notes: [RosterNote]
}

/// A roster that was found in a sheet.
public struct RosterTable: Sendable {
    /// A filled row that names nobody.
    public struct SkippedRow: Hashable, Sendable {
        public enum Reason: String, Codable, CaseIterable, Sendable {
            /// 合计, 总计, 小计
            case total
            /// 填表人, 审核人, 备注：… below the table
            case note
            /// The header again, as it is printed on each page.
            case repeatedHeader = "repeated-header"
            /// Nothing but a number in the 序号 column.
            case onlySerialNumber = "only-serial-number"

            public var chinese: String {
                switch self {
                case .total: "合计行"
                case .note: "表下的说明"
                case .repeatedHeader: "重复的表头"
                case .onlySerialNumber: "只有序号的空行"
                }
            }
        }

        public let sheetRow: Int
        public let reason: Reason

        public init(sheetRow: Int, reason: Reason) {
            self.sheetRow = sheetRow
            self.reason = reason
        }
    }

    public let sheetName: String
    public let format: SheetFormat
    /// What tells this roster from the others of its file: its sheet, its half. Empty when it is the only one.
    public internal(set) var place: String
    /// The row of the header, or of its second line, counted from 1.
    public let headerRow: Int
    /// The header in one line, as the set-aside file repeats it.
    public let headings: [String]
    /// What each heading counts as; nil for those that are not used.
    public let columns: [RosterField?]
    /// What each heading means, also where another column with that meaning counts.
    public let meanings: [RosterField?]
    public let skippedRows: [SkippedRow]
    public let rows: RosterRows
    /// Headings of columns that nothing is taken from, in order, without the one that counts the rows.
    public let unrecognizedColumns: [String]
    /// Required columns that were not found. Such a roster can be shown, not imported.
    public let missing: [RosterField]
    /// What the reader left out, resolved or took in although nobody sees it.
    public internal(set) var notes: [RosterNote]

    /// True for a column that only counts the rows.
    public func isSerial(_ column: Int) -> Bool { Heading.isSerial(headings[column]) }
}

/// The rows of a roster, made one at a time from the sheet they lie in: a hundred thousand at once would take hundreds
/// of megabytes.
public struct RosterRows: RandomAccessCollection, Sendable {
    let sheet: Sheet
    /// Indexes among the sheet's rows.
    let rowIndexes: [Int]
    /// The columns of the sheet that belong to the roster, with what they mean.
    let columns: [(index: Int, column: RosterField?)]
    /// For date columns typed as decimal numbers, whether January's ".1" really is October; see `MonthColumn`.
    let months: [RosterField: MonthColumn]
    /// For each column the row from which a row with a ditto mark takes its text.
    let sources: [Int: [Int: Int]]
    /// How many columns have names; nil where cells beyond them shift nothing.
    let namedColumns: Int?

    public var startIndex: Int { 0 }
    public var endIndex: Int { rowIndexes.count }

    /// How many rows would be set aside only because nobody sees them.
    public var hiddenCount: Int { rowIndexes.count { problem(of: $0) == .hidden } }

    public subscript(position: Int) -> RosterRow {
        let row = rowIndexes[position]
        var cells: [RosterField: String] = [:]
        cells.reserveCapacity(columns.count)
        var original: [String] = []
        original.reserveCapacity(columns.count)
        for (index, column) in columns {
            let text = sheet.text(row: row, column: index)
            original.append(text)
            guard let column, !text.isEmpty else { continue }
            let source = sources[index]?[row] ?? row
            let kind = sheet.cell(row: source, column: index).kind
            var value = source == row ? text : sheet.text(row: source, column: index)
            value = TextForm.tidied(TextForm.narrowingLettersAndDigits(value))
            if let month = months[column]?.resolved(value.utf8, kind: kind, format: sheet.format) { value = month }
            cells[column] = value
        }
        return RosterRow(
            sheetRow: sheet.number(ofRow: row), cells: cells, original: original, problem: problem(of: row))
    }

    private func problem(of row: Int) -> RosterRowProblem? {
        let entry = sheet.rows[row]
        if entry.marks.contains(.openQuote) { return .openQuote }
        if let namedColumns, Int(entry.count) > namedColumns,
            (namedColumns..<Int(entry.count)).contains(where: { !sheet.isEmpty(row: row, column: $0) })
        {
            return .surplusFields
        }
        let isStruck = columns.contains { index, column in
            column.map(RosterField.required.contains) == true && sheet.cell(row: row, column: index).isStruck
        }
        if isStruck { return .struckOut }
        return entry.marks.contains(.hidden) ? .hidden : nil
    }
}
