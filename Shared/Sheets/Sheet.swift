/// The formats that are read and written.
public enum SheetFormat: String, Codable, Sendable {
    case xlsx
    case csv
}

/// A sheet's filled cells as text. All text lies in one array of bytes, because a hundred thousand rows of single
/// strings would take several times the memory; `row(at:)` makes strings of one row at a time.
public struct Sheet: Sendable {
    /// The worksheet's name; for csv the file's name.
    public let name: String
    public let format: SheetFormat

    let bytes: [UInt8]
    let cells: [SheetCell]
    let rows: [SheetRowEntry]
    /// The columns that the sender does not see, counted from 0.
    let hiddenColumns: Set<Int>

    /// Rows that hold at least one filled cell.
    public var rowCount: Int { rows.count }

    /// The row as people see it in a spreadsheet program, counted from 1.
    public func number(ofRow index: Int) -> Int { Int(rows[index].number) }

    /// The texts of a row up to its last filled cell; empty cells are empty texts.
    public func row(at index: Int) -> [String] {
        (0..<Int(rows[index].count)).map { text(row: index, column: $0) }
    }

    /// The text of a cell; empty when the row ends before it.
    public func text(row: Int, column: Int) -> String {
        withBytes(row: row, column: column) { String(decoding: $0, as: UTF8.self) }
    }

    func cell(row: Int, column: Int) -> SheetCell {
        let entry = rows[row]
        return column < Int(entry.count) ? cells[Int(entry.first) + column] : SheetCell()
    }

    func isEmpty(row: Int, column: Int) -> Bool { cell(row: row, column: column).isEmpty }

    func withBytes<Result>(row: Int, column: Int, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Result) -> Result {
        let cell = cell(row: row, column: column)
        return bytes.withUnsafeBufferPointer { body($0[Int(cell.start)..<Int(cell.start) + cell.length]) }
    }
}

/// What a file holds: its sheets in order.
public struct SheetBook: Sendable {
    /// Those that the sender sees.
    public let visible: [Sheet]
    /// Those that only a program sees: drop-down lists, last year's data, and at times people.
    public let hidden: [Sheet]
    /// The names of sheets beyond the number that is read.
    public let unread: [String]
}

/// What a cell held before it became text. Only an xlsx file knows.
enum SheetCellKind: UInt8 {
    case text
    case number
    case date
}

/// A cell's place in the bytes of its sheet.
struct SheetCell {
    var start: UInt32 = 0
    /// The length in bytes, then one bit for `isStruck`, one for `isRepeated`, then two for the kind: eight bytes a
    /// cell in all.
    private var lengthAndKind: UInt32 = 0

    init() {}

    init(start: Int, length: Int, kind: SheetCellKind) {
        self.start = UInt32(start)
        lengthAndKind = UInt32(length) << 4 | UInt32(kind.rawValue)
    }

    var length: Int { Int(lengthAndKind >> 4) }
    /// True where a merged area gave the cell the text of another.
    var isRepeated: Bool {
        get { lengthAndKind & 4 != 0 }
        set { lengthAndKind = newValue ? lengthAndKind | 4 : lengthAndKind & ~4 }
    }
    /// True where the text is shown struck out.
    var isStruck: Bool {
        get { lengthAndKind & 8 != 0 }
        set { lengthAndKind = newValue ? lengthAndKind | 8 : lengthAndKind & ~8 }
    }
    var kind: SheetCellKind { SheetCellKind(rawValue: UInt8(lengthAndKind & 3)) ?? .text }
    var isEmpty: Bool { length == 0 }
}

struct SheetRowEntry {
    var number: Int32
    var first: Int32
    var count: Int32
    var marks: Marks = []

    /// What is odd about a whole row.
    struct Marks: OptionSet {
        let rawValue: UInt8
        static let hidden = Marks(rawValue: 1)
        static let openQuote = Marks(rawValue: 2)
    }
}
