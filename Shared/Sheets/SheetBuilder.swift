import Domain

/// Collects the cells of one sheet, row by row, and keeps the limits.
struct SheetBuilder {
    /// The cells from `first` to `last`, both counted from 0, rows as numbered in the file from 1.
    struct Merge {
        var rows: ClosedRange<Int>
        var columns: ClosedRange<Int>
    }

    private let limits: SheetLimits
    private(set) var bytes: [UInt8]
    private var cells: [SheetCell] = []
    private var rows: [SheetRowEntry] = []
    private var rowNumber = 0
    private var rowStart = 0
    private var rowMarks: SheetRowEntry.Marks = []
    private var hiddenColumns: Set<Int> = []

    /// `bytes` may already hold texts that cells share.
    init(bytes: [UInt8] = [], limits: SheetLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The number of the row that is being filled, or was last.
    var currentRow: Int { rowNumber }

    /// Starts a row. A number that does not follow the one before is replaced by the next.
    mutating func beginRow(_ number: Int?) {
        let next = rowNumber + 1
        rowNumber = number.map { max($0, next) } ?? next
        rowStart = cells.count
        rowMarks = []
    }

    /// Marks the current row.
    mutating func mark(_ mark: SheetRowEntry.Marks) { rowMarks.insert(mark) }

    mutating func hide(columns: ClosedRange<Int>) {
        hiddenColumns.formUnion(columns.clamped(to: 0...max(0, limits.columns - 1)))
    }

    /// Puts text behind the others and tells its place; a text of blanks only is an empty cell.
    mutating func add(_ text: some Collection<UInt8>, kind: SheetCellKind) throws(SheetError) -> SheetCell {
        guard text.count <= limits.cellInBytes else { throw .textTooLong(row: rowNumber) }
        guard !Self.isBlank(text) else { return SheetCell() }
        let start = bytes.count
        bytes.append(contentsOf: text)
        return SheetCell(start: start, length: text.count, kind: kind)
    }

    /// Sets a cell of the current row; the column counts from 0.
    mutating func set(_ cell: SheetCell, column: Int) throws(SheetError) {
        guard !cell.isEmpty else { return }
        guard column < limits.columns else { throw .tooManyColumns(limit: limits.columns) }
        let index = rowStart + column
        guard index < limits.cells else { throw .tooManyCells(limit: limits.cells) }
        while cells.count <= index { cells.append(SheetCell()) }
        cells[index] = cell
    }

    /// Ends the current row; a row without filled cells leaves no trace but its number.
    mutating func endRow() throws(SheetError) {
        guard cells.count > rowStart else { return }
        guard rows.count < limits.sheetRows else { throw .tooManyRows(limit: limits.dataRows) }
        rows.append(
            SheetRowEntry(
                number: Int32(clamping: rowNumber), first: Int32(rowStart), count: Int32(cells.count - rowStart),
                marks: rowMarks))
    }

    consuming func sheet(name: String, format: SheetFormat) -> Sheet {
        Sheet(name: name, format: format, bytes: bytes, cells: cells, rows: rows, hiddenColumns: hiddenColumns)
    }

    /// Gives every cell of a merged area the text of its first cell, in the rows that exist: a township that is merged
    /// down a column belongs to each of its rows, and a heading that is merged over two belongs to both.
    mutating func fill(_ merges: [Merge]) throws(SheetError) {
        var fills: [Int: [(columns: ClosedRange<Int>, cell: SheetCell)]] = [:]
        var filled = 0
        for merge in merges {
            let first = firstRow(from: merge.rows.lowerBound)
            guard first < rows.count, Int(rows[first].number) == merge.rows.lowerBound,
                merge.columns.lowerBound < Int(rows[first].count)
            else { continue }
            var cell = cells[Int(rows[first].first) + merge.columns.lowerBound]
            cell.isRepeated = true
            let lastColumn = min(merge.columns.upperBound, limits.columns - 1)
            guard !cell.isEmpty, lastColumn >= merge.columns.lowerBound else { continue }
            let columns = merge.columns.lowerBound...lastColumn
            var row = first
            while row < rows.count, merge.rows.contains(Int(rows[row].number)) {
                filled += columns.count
                guard filled <= limits.cells else { throw .tooManyCells(limit: limits.cells) }
                fills[row, default: []].append((columns, cell))
                row += 1
            }
        }
        guard !fills.isEmpty else { return }
        try rebuild(fills)
    }

    private mutating func rebuild(
        _ fills: [Int: [(columns: ClosedRange<Int>, cell: SheetCell)]]
    ) throws(SheetError) {
        var rebuilt: [SheetCell] = []
        rebuilt.reserveCapacity(cells.count)
        for index in rows.indices {
            let first = rebuilt.count
            rebuilt.append(contentsOf: cells[Int(rows[index].first)..<Int(rows[index].first + rows[index].count)])
            for (columns, cell) in fills[index] ?? [] {
                while rebuilt.count <= first + columns.upperBound { rebuilt.append(SheetCell()) }
                for column in columns { rebuilt[first + column] = cell }
            }
            guard rebuilt.count <= limits.cells else { throw .tooManyCells(limit: limits.cells) }
            rows[index].first = Int32(first)
            rows[index].count = Int32(rebuilt.count - first)
        }
        cells = rebuilt
    }

    /// The index of the first row whose number is at least `number`.
    private func firstRow(from number: Int) -> Int {
        var range = 0..<rows.count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range =
                Int(rows[middle].number) < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }

    /// Decided by the first byte for nearly every cell; only bytes that may begin a rare blank need decoding.
    private static func isBlank(_ text: some Collection<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        guard first <= 0x20 || first == 0xC2 || first == 0xE1 || first == 0xE2 || first == 0xE3 || first == 0xEF else {
            return false
        }
        return String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy(TextForm.isBlank)
    }
}
