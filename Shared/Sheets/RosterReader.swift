import Domain

/// Finds the roster in a sheet. What its cells hold is checked by the import, row by row.
public enum RosterReader {
    /// Errors: `roster.no-header` (no known heading among the first fifty filled rows), `roster.missing-columns` (with
    /// the headings that were found), `roster.empty`, `sheet.too-many-rows`.
    public static func read(_ sheet: Sheet, limits: SheetLimits = SheetLimits()) throws(SheetError) -> RosterTable {
        guard let header = HeaderFinder.find(in: sheet) else { throw .noHeader }
        guard header.missing.isEmpty else { throw .missingColumns(header) }
        var rowIndexes: [Int] = []
        var skipped: [RosterTable.SkippedRow] = []
        for row in header.firstDataRow..<max(header.firstDataRow, sheet.rowCount) {
            if let reason = reasonToSkip(row, of: sheet, under: header) {
                skipped.append(RosterTable.SkippedRow(sheetRow: sheet.number(ofRow: row), reason: reason))
            } else {
                rowIndexes.append(row)
            }
        }
        guard !rowIndexes.isEmpty else { throw .emptyRoster }
        guard rowIndexes.count <= limits.dataRows else { throw .tooManyRows(limit: limits.dataRows) }
        let kept = keptColumns(header)
        return RosterTable(
            sheetName: sheet.name, format: sheet.format, headings: kept.map { header.headings[$0] },
            columns: kept.map { header.columns[$0] }, skippedRows: skipped,
            rows: RosterRows(
                sheet: sheet, rowIndexes: rowIndexes, columns: kept.map { ($0, header.columns[$0]) },
                months: monthColumns(sheet, rowIndexes, header)),
            unrecognizedColumns: kept.filter {
                header.columns[$0] == nil && $0 != header.serialColumn && !header.headings[$0].isEmpty
            }.map { header.headings[$0] })
    }

    /// All columns, except the three that a set-aside file adds: it comes back repaired, and would gain three more.
    /// They stand side by side, so a column of the sender's own that is called 原因 stays.
    private static func keptColumns(_ header: RosterHeader) -> [Int] {
        let added = SetAsideFile.addedHeadings
        let start = header.headings.indices.last { header.headings[$0...].starts(with: added) }
        return header.headings.indices.filter { index in
            start.map { !($0..<$0 + added.count).contains(index) } ?? true
        }
    }

    /// Only rows without a number of their own are ever skipped; whoever has one is a person, whatever else the row
    /// says. So is a row that says neither total nor note: the import tells its sender what is missing. A total may
    /// count heads where the numbers stand ("12人"): few digits are no number of a person.
    private static func reasonToSkip(
        _ row: Int, of sheet: Sheet, under header: RosterHeader
    ) -> RosterTable.SkippedRow.Reason? {
        guard let nameColumn = header.index(of: .name), let numberColumn = header.index(of: .identityNumber) else {
            return nil
        }
        // What is merged over the whole line stands in both cells.
        let nameCell = sheet.cell(row: row, column: nameColumn)
        let numberCell = sheet.cell(row: row, column: numberColumn)
        let name = TextForm.removingBlanks(sheet.text(row: row, column: nameColumn))
        if numberCell.isRepeated, numberCell.start == nameCell.start {
            return totals.contains(where: name.hasPrefix) ? .total : .note
        }
        if header.lines.contains(where: { nameColumn < $0.count && TextForm.removingBlanks($0[nameColumn]) == name }),
            header.lines.contains(sheet.row(at: row))
        {
            return .repeatedHeader
        }
        // Nearly every row ends here: its number has digits.
        let digits = sheet.withBytes(row: row, column: numberColumn) { bytes in
            bytes.count { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        }
        if digits >= 8 { return nil }
        let texts = sheet.row(at: row)
        let filled = texts.indices.filter { !texts[$0].isEmpty }
        if filled.allSatisfy({ $0 == header.serialColumn }) { return .onlySerialNumber }
        guard let first = filled.first else { return nil }
        let candidates = [TextForm.removingBlanks(TextForm.narrowing(texts[first])), TextForm.narrowing(name)]
        for candidate in candidates where candidate.count <= 12 {
            if totals.contains(where: candidate.hasPrefix) { return .total }
        }
        guard digits == 0, name.isEmpty || name == TextForm.removingBlanks(texts[first]) else { return nil }
        return candidates.contains { notes.contains(where: $0.hasPrefix) } ? .note : nil
    }

    private static func monthColumns(
        _ sheet: Sheet, _ rows: [Int], _ header: RosterHeader
    ) -> [RosterColumn: MonthColumn] {
        var result: [RosterColumn: MonthColumn] = [:]
        for column in RosterColumn.dates {
            guard let index = header.index(of: column) else { continue }
            var months = MonthColumn()
            for row in rows { sheet.withBytes(row: row, column: index) { months.observe($0) } }
            result[column] = months
        }
        return result
    }

    private static let totals = ["合计", "总计", "小计", "共计", "本页合计", "本页小计", "以上合计", "累计"]
    private static let notes = [
        "填表人", "制表人", "填报人", "审核人", "经办人", "负责人", "单位负责人", "填表日期", "填报日期", "制表日期", "填报单位", "制表单位",
        "填表说明", "填表单位", "制表:", "填表:", "审核:", "复核:", "联系人:", "备注:", "说明:", "注:", "注1", "日期:", "单位(盖章)",
    ]
}

extension SheetError {
    static let noHeader = SheetError(
        code: "roster.no-header", message: "没有找到表头", hint: "表格前 50 行中应有一行写明列名，至少有“姓名”和“身份证号”两列")
    static let emptyRoster = SheetError(code: "roster.empty", message: "表头下面没有数据", hint: "请核对是否选错文件或工作表")

    static func missingColumns(_ header: RosterHeader) -> SheetError {
        let missing = header.missing.map(\.heading).joined(separator: "、")
        let found = header.headings.filter { !$0.isEmpty }.map { $0.count > 20 ? $0.prefix(20) + "…" : $0 }
        return SheetError(
            code: "roster.missing-columns", message: "缺少必需的列：\(missing)",
            hint: "找到的列有：\(found.prefix(60).joined(separator: "、"))。请补上缺少的列，或把列名改为“\(missing)”")
    }
}
