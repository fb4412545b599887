import Domain

/// The rows of a sheet under one header, up to the next, on their way to a roster.
struct RosterSection {
    let sheet: Sheet
    let header: RosterHeader
    /// Index among the sheet's filled rows; one behind the last that belongs here.
    let end: Int
    /// False where two halves share each line: then one of them may end before the other.
    let rowsAreComplete: Bool
    let meanings: HeadingMeanings

    func table() -> RosterTable {
        var rowIndexes: [Int] = []
        var skipped: [RosterTable.SkippedRow] = []
        for row in header.firstDataRow..<max(header.firstDataRow, end) {
            if !rowsAreComplete, header.range.allSatisfy({ sheet.isEmpty(row: row, column: $0) }) { continue }
            if let reason = reasonToSkip(row) {
                skipped.append(RosterTable.SkippedRow(sheetRow: sheet.number(ofRow: row), reason: reason))
            } else {
                rowIndexes.append(row)
            }
        }
        let kept = keptColumns()
        let columns = header.columns
        let ditto = dittoMarks(rowIndexes, columns)
        let (months, resolvedMonths) = monthColumns(rowIndexes, columns)
        let last = header.headings.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
        let rows = RosterRows(
            sheet: sheet, rowIndexes: rowIndexes, columns: kept.map { ($0, columns[$0]) }, months: months,
            sources: ditto, namedColumns: sheet.format == .csv && rowsAreComplete ? last : nil)
        let unused = unusedColumns(kept, columns, rowIndexes)
        var table = RosterTable(
            sheetName: sheet.name, format: sheet.format, place: "", headerRow: headerRow,
            headings: kept.map { header.headings[$0] }, columns: kept.map { columns[$0] },
            meanings: kept.map { header.meanings[$0] }, skippedRows: skipped, rows: rows, unrecognizedColumns: unused,
            missing: header.missing, notes: [])
        table.notes = notes(table, kept, columns, ditto, resolvedMonths)
        return table
    }

    private var headerRow: Int {
        header.firstDataRow > 0 ? sheet.number(ofRow: header.firstDataRow - 1) : 1
    }

    /// All columns, except the three that a set-aside file adds: it comes back repaired, and would gain three more.
    /// They stand side by side, so a column of the sender's own that is called 原因 stays.
    private func keptColumns() -> [Int] {
        let added = SetAsideFile.addedHeadings
        let start = header.headings.indices.last { header.headings[$0...].starts(with: added) }
        return header.range.filter { index in
            start.map { !($0..<$0 + added.count).contains(index) } ?? true
        }
    }

    /// Columns that nothing is taken from; those without a heading only where something stands in them.
    private func unusedColumns(_ kept: [Int], _ columns: [RosterField?], _ rows: [Int]) -> [String] {
        kept.filter { columns[$0] == nil && $0 != header.serialColumn }.compactMap { index in
            if !header.headings[index].isEmpty { return header.headings[index] }
            return rows.contains { !sheet.isEmpty(row: $0, column: index) } ? "第 \(index + 1) 列（无列名）" : nil
        }
    }

    /// Only rows without a number of their own are ever skipped; whoever has one is a person, whatever else the row
    /// says. So is a row that says neither total nor note: the import tells its sender what is missing. A total may
    /// count heads where the numbers stand ("12人"): few digits are no number of a person.
    private func reasonToSkip(_ row: Int) -> RosterTable.SkippedRow.Reason? {
        guard let nameColumn = header.index(of: .name), let numberColumn = header.index(of: .identityNumber) else {
            return nil
        }
        // What is merged over the whole line stands in both cells.
        let nameCell = sheet.cell(row: row, column: nameColumn)
        let numberCell = sheet.cell(row: row, column: numberColumn)
        let name = TextForm.removingBlanks(sheet.text(row: row, column: nameColumn))
        if numberCell.isRepeated, numberCell.start == nameCell.start {
            return Self.totals.contains(where: name.hasPrefix) ? .total : .note
        }
        if header.lines.contains(where: { nameColumn < $0.count && TextForm.removingBlanks($0[nameColumn]) == name }),
            header.lines.contains(sheet.row(at: row))
        {
            return .repeatedHeader
        }
        // Nearly every row ends here: its number has digits.
        let digits = Self.digits(sheet, row, numberColumn)
        if digits >= 8 { return nil }
        let texts = header.range.map { sheet.text(row: row, column: $0) }
        let filled = texts.indices.filter { !texts[$0].isEmpty }
        if filled.allSatisfy({ $0 + header.range.lowerBound == header.serialColumn }) { return .onlySerialNumber }
        guard let first = filled.first else { return nil }
        let candidates = [TextForm.removingBlanks(TextForm.narrowing(texts[first])), TextForm.narrowing(name)]
        for candidate in candidates where candidate.count <= 12 {
            if Self.totals.contains(where: candidate.hasPrefix) { return .total }
        }
        guard digits == 0, name.isEmpty || name == TextForm.removingBlanks(texts[first]) else { return nil }
        return candidates.contains { Self.notes.contains(where: $0.hasPrefix) } ? .note : nil
    }

    static func digits(_ sheet: Sheet, _ row: Int, _ column: Int) -> Int {
        sheet.withBytes(row: row, column: column) { bytes in
            bytes.count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        }
    }

    // MARK: What is read from the neighbours

    /// For each column the row from which a ditto mark (同上, 〃) takes its text. Names and numbers have none: whoever
    /// shares them is somebody else.
    private func dittoMarks(_ rows: [Int], _ columns: [RosterField?]) -> [Int: [Int: Int]] {
        var result: [Int: [Int: Int]] = [:]
        for (index, field) in columns.enumerated() {
            guard let field, !RosterField.required.contains(field) else { continue }
            var source: Int?
            for row in rows {
                let isDitto = sheet.withBytes(row: row, column: index) { bytes in
                    guard (1...12).contains(bytes.count), bytes.first.map(Self.mayBeDitto) == true else { return false }
                    return DittoMark.isOne(String(decoding: bytes, as: UTF8.self))
                }
                if !isDitto {
                    source = sheet.isEmpty(row: row, column: index) ? nil : row
                } else if let source {
                    result[index, default: [:]][row] = source
                }
            }
        }
        return result
    }

    /// Nearly every short cell holds digits and ends here.
    private static func mayBeDitto(_ first: UInt8) -> Bool {
        first == 0x20 || first == 0x22 || first == 0x27 || first == 0x2D || (0xE2...0xE5).contains(first)
    }

    private func monthColumns(
        _ rows: [Int], _ columns: [RosterField?]
    ) -> (columns: [RosterField: MonthColumn], resolved: [RosterField: Int]) {
        var result: [RosterField: MonthColumn] = [:]
        var resolved: [RosterField: Int] = [:]
        for field in RosterField.dates {
            guard let index = columns.firstIndex(of: field) else { continue }
            var months = MonthColumn()
            for row in rows {
                let kind = sheet.cell(row: row, column: index).kind
                sheet.withBytes(row: row, column: index) { months.observe($0, kind: kind) }
            }
            result[field] = months
            let known = months
            resolved[field] = rows.count { row in
                let kind = sheet.cell(row: row, column: index).kind
                return sheet.withBytes(row: row, column: index) {
                    known.resolved($0, kind: kind, format: sheet.format) != nil
                }
            }
        }
        return (result, resolved)
    }

    // MARK: What has to be said

    private func notes(
        _ table: RosterTable, _ kept: [Int], _ columns: [RosterField?], _ ditto: [Int: [Int: Int]],
        _ months: [RosterField: Int]
    ) -> [RosterNote] {
        var notes: [RosterNote] = []
        if !table.unrecognizedColumns.isEmpty {
            notes.append(
                RosterNote(
                    "roster.note.unused-columns", "没有采用的列：\(table.unrecognizedColumns.joined(separator: "、"))",
                    isLoss: true))
        }
        if let stray = stray(table.rows.rowIndexes), sheet.format == .xlsx {
            notes.append(
                RosterNote("roster.note.stray-cells", "表头右边没有列名的单元格（\(stray) 行）没有采用", isLoss: true))
        }
        let hidden = kept.filter { sheet.hiddenColumns.contains($0) && columns[$0] != nil }
        if !hidden.isEmpty {
            let headings = hidden.map { header.headings[$0] }.joined(separator: "、")
            notes.append(RosterNote("roster.note.hidden-columns", "表格中隐藏的列也已读取：\(headings)", isLoss: false))
        }
        for (index, rows) in ditto.sorted(by: { $0.key < $1.key }) {
            notes.append(
                RosterNote(
                    "roster.note.ditto", "“\(header.headings[index])”列有 \(rows.count) 处“同上”，按上一行的内容读取", isLoss: false))
        }
        for (field, count) in months.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where count > 0 {
            notes.append(
                RosterNote(
                    "roster.note.months",
                    "“\(field.heading)”列有 \(count) 处“.1”，按同一列中其他月份的写法读作 1 月或 10 月，请抽查", isLoss: false))
        }
        let struck = struckCells(table.rows.rowIndexes, columns)
        if struck > 0 {
            notes.append(
                RosterNote("roster.note.struck-cells", "有 \(struck) 个画了删除线的单元格仍按其内容读取，请核对", isLoss: false))
        }
        let skipped = Dictionary(grouping: table.skippedRows, by: \.reason).mapValues { $0.map(\.sheetRow) }
        for reason in RosterTable.SkippedRow.Reason.allCases {
            guard let rows = skipped[reason] else { continue }
            notes.append(
                RosterNote(
                    "roster.note.skipped-\(reason.rawValue)",
                    "跳过\(reason.chinese) \(rows.count) 行：第 \(RowList.text(rows)) 行",
                    isLoss: false))
        }
        return notes
    }

    /// How many rows hold something to the right of the header; nil when none does.
    private func stray(_ rows: [Int]) -> Int? {
        guard rowsAreComplete else { return nil }
        let count = rows.count { row in
            let entry = sheet.rows[row]
            return (header.headings.count..<max(header.headings.count, Int(entry.count))).contains {
                !sheet.isEmpty(row: row, column: $0)
            }
        }
        return count > 0 ? count : nil
    }

    /// Of rows that are not struck out as a whole.
    private func struckCells(_ rows: [Int], _ columns: [RosterField?]) -> Int {
        let required = RosterField.required.compactMap { header.index(of: $0) }
        let used = columns.indices.filter { columns[$0] != nil }
        return rows.reduce(0) { sum, row in
            guard !required.contains(where: { sheet.cell(row: row, column: $0).isStruck }) else { return sum }
            return sum + used.count { sheet.cell(row: row, column: $0).isStruck }
        }
    }

    private static let totals = ["合计", "总计", "小计", "共计", "本页合计", "本页小计", "以上合计", "累计"]
    private static let notes = [
        "填表人", "制表人", "填报人", "审核人", "经办人", "负责人", "单位负责人", "填表日期", "填报日期", "制表日期", "填报单位", "制表单位",
        "填表说明", "填表单位", "制表:", "填表:", "审核:", "复核:", "联系人:", "备注:", "说明:", "注:", "注1", "日期:", "单位(盖章)",
    ]
}

/// Row numbers for people: `3、5–9`, at most a dozen pieces.
public enum RowList {
    public static func text(_ rows: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for row in rows.sorted() {
            if let last = runs.last, last.upperBound + 1 == row {
                runs[runs.count - 1] = last.lowerBound...row
            } else if runs.last?.contains(row) != true {
                runs.append(row...row)
            }
        }
        let texts = runs.prefix(12).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
        return texts.joined(separator: "、") + (runs.count > 12 ? " 等" : "")
    }
}
