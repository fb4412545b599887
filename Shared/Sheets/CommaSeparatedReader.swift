import Domain

/// Reads separated text (RFC 4180, with what spreadsheet programs add to it): commas, tabs or semicolons, quoted fields
/// with line breaks, `="…"` around digits, `sep=` in the first line.
struct CommaSeparatedReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position: Int

    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    /// `bytes` are UTF-8.
    static func read(_ bytes: [UInt8], name: String, limits: SheetLimits) throws(SheetError) -> Sheet {
        let declared = declaredSeparator(bytes)
        var reader = CommaSeparatedReader(bytes: bytes, separator: declared ?? likelySeparator(bytes), position: 0)
        var builder = SheetBuilder(limits: limits)
        if declared != nil {
            builder.beginRow(nil)
            reader.skipRecord()
        }
        var field: [UInt8] = []
        while !reader.isAtEnd {
            builder.beginRow(nil)
            var column = 0
            var isLast = false
            while !isLast {
                isLast = reader.nextField(into: &field)
                guard field.count <= limits.cellInBytes else { throw .textTooLong(row: builder.currentRow) }
                try builder.set(try builder.add(withoutGuards(field), kind: .text), column: column)
                column += 1
            }
            try builder.endRow()
        }
        return builder.sheet(name: name, format: .csv)
    }

    private var isAtEnd: Bool { position >= bytes.count }

    /// Reads one field and the separator or line break behind it; true when it was the record's last.
    private mutating func nextField(into field: inout [UInt8]) -> Bool {
        field.removeAll(keepingCapacity: true)
        var isQuoted = false
        if position < bytes.count, bytes[position] == Self.quote {
            isQuoted = true
            position += 1
        }
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if isQuoted {
                guard byte == Self.quote else {
                    field.append(byte)
                    continue
                }
                if position < bytes.count, bytes[position] == Self.quote {
                    field.append(byte)
                    position += 1
                } else {
                    isQuoted = false
                }
                continue
            }
            if byte == separator { return false }
            if byte == Self.lineFeed { return true }
            if byte == Self.carriageReturn {
                if position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
                return true
            }
            field.append(byte)
        }
        return true
    }

    private mutating func skipRecord() {
        var field: [UInt8] = []
        while !nextField(into: &field) {}
    }

    /// Takes off what marks a field as text for a spreadsheet: `="0012"`, and the apostrophe before a formula sign.
    private static func withoutGuards(_ field: [UInt8]) -> ArraySlice<UInt8> {
        if field.count >= 3, field[0] == UInt8(ascii: "="), field[1] == quote, field[field.count - 1] == quote {
            return field[2..<field.count - 1]
        }
        if field.count >= 2, field[0] == UInt8(ascii: "'"), CommaSeparatedWriter.startsFormula(field[1...]) {
            return field[1...]
        }
        return field[...]
    }

    /// Excel writes and reads a first line `sep=;`.
    private static func declaredSeparator(_ bytes: [UInt8]) -> UInt8? {
        let line = bytes.prefix { $0 != lineFeed && $0 != carriageReturn }
        guard line.count == 5, line.prefix(4).elementsEqual("sep=".utf8) else { return nil }
        return line[4]
    }

    /// The separator that makes the most headings known, else the one that parts the most fields, among the first
    /// lines.
    private static func likelySeparator(_ bytes: [UInt8]) -> UInt8 {
        var best = (separator: UInt8(ascii: ","), headings: 0, fields: 0)
        for separator in [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")] {
            var reader = CommaSeparatedReader(bytes: Array(bytes.prefix(65_536)), separator: separator, position: 0)
            var headings = 0
            var fields = 0
            var field: [UInt8] = []
            var records = 0
            while !reader.isAtEnd, records < HeaderFinder.rowsSearched {
                var known = 0
                var count = 1
                while true {
                    let isLast = reader.nextField(into: &field)
                    if RosterColumn(heading: String(decoding: field, as: UTF8.self)) != nil { known += 1 }
                    if isLast { break }
                    count += 1
                }
                headings = max(headings, known)
                fields = max(fields, count)
                records += 1
            }
            if (headings, fields) > (best.headings, best.fields) { best = (separator, headings, fields) }
        }
        return best.separator
    }
}
