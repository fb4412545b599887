import Domain

/// One person's row as it was sent. Nothing is checked yet.
public struct RosterRow: Hashable, Sendable {
    /// The row in the file, counted from 1 as spreadsheet programs show it.
    public let sheetRow: Int
    /// The filled cells of known columns: trimmed, full-width digits and letters made narrow. A date that the file
    /// stores as one is ISO text (`1955-12-31`, or `1955-12` when only the month is shown); a date typed as text stays
    /// as it is, for `RosterDate.parse`. A number of more than fifteen digits keeps its exponent (`5.32529195512E+17`).
    public let cells: [RosterColumn: String]
    /// All cells under `RosterTable.headings`, unchanged.
    public let original: [String]

    public init(sheetRow: Int, cells: [RosterColumn: String], original: [String]) {
        self.sheetRow = sheetRow
        self.cells = cells
        self.original = original
    }

    /// The cell's text; empty when there is none.
    public subscript(column: RosterColumn) -> String { cells[column] ?? "" }
}

/// A roster that was found in a sheet.
public struct RosterTable: Sendable {
    /// A filled row that names nobody.
    public struct SkippedRow: Hashable, Sendable {
        public enum Reason: String, Codable, Sendable {
            /// 合计, 总计, 小计
            case total
            /// 填表人, 审核人, 备注：… below the table
            case note
            /// The header again, as it is printed on each page.
            case repeatedHeader = "repeated-header"
            /// Nothing but a number in the 序号 column.
            case onlySerialNumber = "only-serial-number"
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
    /// The header in one line, as the set-aside file repeats it.
    public let headings: [String]
    /// What each heading means; nil for those that are not known.
    public let columns: [RosterColumn?]
    public let skippedRows: [SkippedRow]
    public let rows: RosterRows

    /// Headings that are not known, in order, without the one that counts the rows.
    public let unrecognizedColumns: [String]
}

/// The rows of a roster, made one at a time from the sheet they lie in: a hundred thousand at once would take hundreds
/// of megabytes.
public struct RosterRows: RandomAccessCollection, Sendable {
    let sheet: Sheet
    /// Indexes among the sheet's rows.
    let rowIndexes: [Int]
    /// The columns of the sheet that belong to the roster, with what they mean.
    let columns: [(index: Int, column: RosterColumn?)]
    /// For date columns typed as decimal numbers, whether January's ".1" really is October; see `MonthColumn`.
    let months: [RosterColumn: MonthColumn]

    public var startIndex: Int { 0 }
    public var endIndex: Int { rowIndexes.count }

    public subscript(position: Int) -> RosterRow {
        let row = rowIndexes[position]
        var cells: [RosterColumn: String] = [:]
        cells.reserveCapacity(columns.count)
        var original: [String] = []
        original.reserveCapacity(columns.count)
        for (index, column) in columns {
            let text = sheet.text(row: row, column: index)
            original.append(text)
            guard let column, !text.isEmpty else { continue }
            var value = TextForm.trimming(TextForm.narrowingLettersAndDigits(text))
            if let month = months[column] {
                value = month.resolving(value, kind: sheet.cell(row: row, column: index).kind, format: sheet.format)
            }
            cells[column] = value
        }
        return RosterRow(sheetRow: sheet.number(ofRow: row), cells: cells, original: original)
    }
}
