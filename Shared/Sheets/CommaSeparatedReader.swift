import Domain

/// Reads separated text (RFC 4180, with what spreadsheet programs add to it): commas, tabs or semicolons, quoted fields
/// with line breaks, `="…"` around digits, `sep=` in the first line.
///
/// A quotation mark that is never closed would swallow the lines up to the next one, people and all. Where a field
/// cannot have been meant so, the mark is taken for a character, the lines stay lines, and the row is marked.
struct CommaSeparatedReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position: Int
    /// The most fields of a record so far.
    private var widest = 0
    /// Where the field would have ended that an open mark began: that row is not to be trusted either.
    private var suspect: Int?
    /// How far a quoted field may reach: a cell of a workbook is no longer.
    private let longestInBytes: Int

    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    private init(_ bytes: [UInt8], separator: UInt8, limits: SheetLimits) {
        self.bytes = bytes
        self.separator = separator
        position = 0
        longestInBytes = limits.cellInBytes
    }

    /// `bytes` are UTF-8.
    static func read(_ bytes: [UInt8], name: String, limits: SheetLimits) throws(SheetError) -> Sheet {
        let declared = declaredSeparator(bytes)
        let separator = declared ?? likelySeparator(bytes, limits)
        var reader = CommaSeparatedReader(bytes, separator: separator, limits: limits)
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
                let end = reader.nextField(into: &field)
                isLast = end.isLast
                if end.isBroken { builder.mark(.openQuote) }
                guard field.count <= limits.cellInBytes else { throw .textTooLong(row: builder.currentRow) }
                try builder.set(try builder.add(withoutGuards(field), kind: .text), column: column)
                column += 1
            }
            reader.widest = max(reader.widest, column)
            try builder.endRow()
        }
        return builder.sheet(name: name, format: .csv)
    }

    private var isAtEnd: Bool { position >= bytes.count }

    /// Reads one field and the separator or line break behind it.
    /// - Returns: whether it was the record's last, and whether a quotation mark in it is not what it seems.
    private mutating func nextField(into field: inout [UInt8]) -> (isLast: Bool, isBroken: Bool) {
        field.removeAll(keepingCapacity: true)
        var isBroken = false
        if position < bytes.count, bytes[position] == Self.quote {
            if let end = quotedEnd(from: position + 1) {
                var index = position + 1
                while index < end {
                    field.append(bytes[index])
                    // A doubled mark stands for one.
                    index += bytes[index] == Self.quote ? 2 : 1
                }
                position = end + 1
            } else {
                isBroken = true
            }
        }
        defer {
            if let place = suspect, place < position { suspect = nil }
        }
        while position < bytes.count {
            let byte = bytes[position]
            if position == suspect { isBroken = true }
            position += 1
            if byte == separator { return (false, isBroken) }
            if byte == Self.lineFeed { return (true, isBroken) }
            if byte == Self.carriageReturn {
                if position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
                return (true, isBroken)
            }
            field.append(byte)
        }
        return (true, isBroken)
    }

    /// Where the mark stands that closes a quoted field; nil when none does, or when what lies between cannot be one
    /// field: it goes on behind the closing mark although it spans separators or lines, or it holds whole records.
    private mutating func quotedEnd(from start: Int) -> Int? {
        var index = start
        var parts = false
        while index < bytes.count, index - start <= longestInBytes {
            let byte = bytes[index]
            if byte == Self.quote {
                guard index + 1 < bytes.count, bytes[index + 1] == Self.quote else { break }
                index += 1
            } else if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn {
                parts = true
            }
            index += 1
        }
        guard index < bytes.count, index - start <= longestInBytes else { return nil }
        guard parts else { return index }
        let next = index + 1 < bytes.count ? bytes[index + 1] : Self.lineFeed
        let isClosed = next == separator || next == Self.lineFeed || next == Self.carriageReturn
        guard isClosed, !holdsRecords(bytes[start..<index]) else {
            suspect = index
            return nil
        }
        return index
    }

    /// True when a line behind the first looks like a person of its own: as many separators as the records before, or
    /// digits as long as an identity number.
    private func holdsRecords(_ text: ArraySlice<UInt8>) -> Bool {
        for line in text.split(separator: Self.lineFeed, omittingEmptySubsequences: false).dropFirst() {
            if widest >= 4, line.count(where: { $0 == separator }) >= widest - 1 { return true }
            var digits = 0
            for byte in line {
                digits = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? digits + 1 : 0
                if digits >= 15 { return true }
            }
        }
        return false
    }

    private mutating func skipRecord() {
        var field: [UInt8] = []
        while !nextField(into: &field).isLast {}
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
    private static func likelySeparator(_ bytes: [UInt8], _ limits: SheetLimits) -> UInt8 {
        var best = (separator: UInt8(ascii: ","), headings: 0, fields: 0)
        let beginning = Array(bytes.prefix(65_536))
        for separator in [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")] {
            var reader = CommaSeparatedReader(beginning, separator: separator, limits: limits)
            var headings = 0
            var fields = 0
            var field: [UInt8] = []
            var records = 0
            while !reader.isAtEnd, records < HeaderFinder.rowsSearched {
                var known = 0
                var count = 1
                while true {
                    let isLast = reader.nextField(into: &field).isLast
                    if RosterField(heading: String(decoding: field, as: UTF8.self)) != nil { known += 1 }
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
