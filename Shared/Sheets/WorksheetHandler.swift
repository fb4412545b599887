import Domain

/// A worksheet part: rows of cells, then the merged areas.
final class WorksheetHandler: XMLHandler {
    private enum CellType {
        case number, sharedString, text, boolean, isoDate
    }

    private(set) var builder: SheetBuilder
    private let sharedStrings: [SheetCell]
    private let formats: [NumberFormat]
    private let isStruck: [Bool]
    private let awaitsCalculation: Bool
    private let numbers: CellNumber

    private var merges: [SheetBuilder.Merge] = []
    private var column = -1
    private var type = CellType.number
    private var format = NumberFormat.general
    private var isCellStruck = false
    private var value: [UInt8] = []
    /// Nil when the cell holds none.
    private var formula: [UInt8]?
    private var isInFormula = false
    private var isInValue = false
    private var isInReading = false

    init(
        builder: consuming SheetBuilder, sharedStrings: [SheetCell], styles: StylesHandler, numbers: CellNumber,
        awaitsCalculation: Bool
    ) {
        self.builder = builder
        self.sharedStrings = sharedStrings
        formats = styles.formats
        isStruck = styles.isStruck
        self.awaitsCalculation = awaitsCalculation
        self.numbers = numbers
    }

    /// The finished sheet.
    func sheet(name: String) throws(SheetError) -> Sheet {
        try builder.fill(merges)
        return builder.sheet(name: name, format: .xlsx)
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        switch name {
        case "c": startCell(attributes)
        case "v": isInValue = true
        case "f":
            formula = []
            isInFormula = true
        case "t": isInValue = !isInReading
        case "rPh": isInReading = true
        case "row":
            column = -1
            builder.beginRow(attributes.bytes("r").flatMap(Self.number))
            if attributes.isTrue("hidden") { builder.mark(.hidden) }
        case "col":
            if attributes.isTrue("hidden"), let first = attributes.number("min"), let last = attributes.number("max"),
                first >= 1, first <= last
            {
                builder.hide(columns: first - 1...last - 1)
            }
        case "mergeCell":
            if let area = attributes.bytes("ref").flatMap(Self.area) { merges.append(area) }
        default: break
        }
    }

    override func end(_ name: XMLName) {
        switch name {
        case "v", "t": isInValue = false
        case "f": isInFormula = false
        case "rPh": isInReading = false
        case "c": attempt { () throws(SheetError) in try endCell() }
        case "row": attempt { () throws(SheetError) in try builder.endRow() }
        default: break
        }
    }

    override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInValue { value.append(contentsOf: bytes) }
        if isInFormula { formula?.append(contentsOf: bytes) }
    }

    private func startCell(_ attributes: XMLAttributes) {
        value.removeAll(keepingCapacity: true)
        formula = nil
        // A cell may leave out its place; then it follows the one before.
        column = attributes.bytes("r").flatMap { Self.reference($0)?.column } ?? column + 1
        let style = attributes.bytes("s").flatMap(Self.number) ?? 0
        format = formats.indices.contains(style) ? formats[style] : .general
        isCellStruck = isStruck.indices.contains(style) && isStruck[style]
        switch attributes.bytes("t")?.first {
        case UInt8(ascii: "s"): type = attributes.bytes("t")?.count == 1 ? .sharedString : .text
        case UInt8(ascii: "b"): type = .boolean
        case UInt8(ascii: "d"): type = .isoDate
        case UInt8(ascii: "i"), UInt8(ascii: "e"): type = .text
        default: type = .number
        }
    }

    private func endCell() throws(SheetError) {
        if let formula, lacksValue {
            // What is to be computed is no value: it stands there as the formula that it is, and is told as such.
            try put(builder.add(Array("=".utf8) + formula, kind: .text))
            return
        }
        guard !value.isEmpty else { return }
        let cell: SheetCell
        switch type {
        case .sharedString:
            guard let index = decimal(value), sharedStrings.indices.contains(index) else { throw .damaged }
            cell = sharedStrings[index]
        case .text: cell = try builder.add(unescaped(value), kind: .text)
        case .boolean: cell = try builder.add(value == Array("1".utf8) ? "TRUE".utf8 : "FALSE".utf8, kind: .text)
        case .isoDate:
            let day = value.suffix(9).elementsEqual("T00:00:00".utf8) ? value.dropLast(9) : value[...]
            cell = try builder.add(day, kind: .date)
        case .number:
            let (text, kind) = numbers.text(value, format: format)
            cell = try builder.add(text, kind: kind)
        }
        try put(cell)
    }

    private func put(_ cell: SheetCell) throws(SheetError) {
        var cell = cell
        cell.isStruck = isCellStruck
        try builder.set(cell, column: column)
    }

    /// True for a formula that no spreadsheet program has computed: a script wrote it without a value, or with the zero
    /// that some libraries put in its place. An empty text is a value.
    private var lacksValue: Bool {
        guard type == .number else { return false }
        return value.isEmpty || (awaitsCalculation && value == Array("0".utf8))
    }

    /// `AB12` → column 27, row 12; nil for anything else, and for places outside any spreadsheet.
    static func reference(_ text: UnsafeBufferPointer<UInt8>) -> (column: Int, row: Int)? {
        reference(text[...])
    }

    private static func reference(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> (column: Int, row: Int)? {
        var column = 0
        var row = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0: column = column * 26 + Int(byte) - 64
            case UInt8(ascii: "0")...UInt8(ascii: "9"): row = row * 10 + Int(byte) - 48
            case UInt8(ascii: "$"): break
            default: return nil
            }
            guard column <= 16_384, row <= 1_048_576 else { return nil }
        }
        return column > 0 && row > 0 ? (column - 1, row) : nil
    }

    /// `A1:C3`.
    private static func area(_ text: UnsafeBufferPointer<UInt8>) -> SheetBuilder.Merge? {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), let first = reference(text[..<colon]),
            let last = reference(text[(colon + 1)...]), first.row <= last.row, first.column <= last.column
        else { return nil }
        return SheetBuilder.Merge(rows: first.row...last.row, columns: first.column...last.column)
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int? { decimal(text) }
}

/// The number that ASCII digits spell; nil when a byte is no digit, nothing is there, or no sheet has such a number.
func decimal(_ bytes: some Collection<UInt8>) -> Int? {
    guard (1...9).contains(bytes.count) else { return nil }
    var value = 0
    for byte in bytes {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}
