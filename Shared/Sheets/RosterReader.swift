import Domain

/// Finds the rosters in a file. What their cells hold is checked by the import, row by row.
public enum RosterReader {
    /// All rosters of a file, in order; and what of the file is in none of them.
    ///
    /// A sheet without a roster is named, a hidden one is named when it holds one. A roster whose required columns are
    /// missing is given only when the file holds no complete one, so that the sender can say which columns they are.
    ///
    /// Errors: `roster.no-header` (no known heading among the first fifty filled rows of any sheet), `roster.empty`,
    /// `sheet.too-many-rows`.
    public static func rosters(
        in book: SheetBook, meanings: HeadingMeanings = HeadingMeanings(), limits: SheetLimits = SheetLimits()
    ) throws(SheetError) -> RosterFile {
        var tables: [RosterTable] = []
        var without: [String] = []
        var failure: SheetError?
        for sheet in book.visible where sheet.rowCount > 0 {
            do throws(SheetError) {
                tables += try self.tables(in: sheet, meanings: meanings, limits: limits)
            } catch {
                guard error == .noHeader || error == .emptyRoster else { throw error }
                // An empty form is more than a sheet without one.
                if failure != .emptyRoster { failure = error }
                without.append(sheet.name)
            }
        }
        guard !tables.isEmpty else { throw failure ?? .noHeader }
        let complete = tables.filter(\.missing.isEmpty)
        if !complete.isEmpty {
            without += tables.filter { !$0.missing.isEmpty }.map(\.sheetName)
            tables = complete
        }
        return RosterFile(tables: named(tables), notes: notes(book, without, meanings))
    }

    /// The first roster of a sheet.
    ///
    /// Errors: as `rosters`, and `roster.missing-columns` (with the headings that were found).
    public static func read(_ sheet: Sheet, limits: SheetLimits = SheetLimits()) throws(SheetError) -> RosterTable {
        guard let table = try tables(in: sheet, meanings: HeadingMeanings(), limits: limits).first else {
            throw .emptyRoster
        }
        guard table.missing.isEmpty else { throw .missingColumns(table) }
        return table
    }

    /// One below the other, and those that stand side by side.
    private static func tables(
        in sheet: Sheet, meanings: HeadingMeanings, limits: SheetLimits
    ) throws(SheetError) -> [RosterTable] {
        let finder = HeaderFinder(meanings: meanings)
        guard var header = finder.find(in: sheet) else { throw .noHeader }
        var tables: [RosterTable] = []
        while true {
            let end = nextHeader(below: header, in: sheet, finder) ?? sheet.rowCount
            let halves = header.halves
            for (index, half) in halves.enumerated() {
                var table = RosterSection(
                    sheet: sheet, header: half, end: end, rowsAreComplete: halves.count == 1, meanings: meanings
                ).table()
                if halves.count > 1 { table.place = "第 \(index + 1) 栏" }
                if table.rows.count > 0 { tables.append(table) }
            }
            guard tables.reduce(0, { $0 + $1.rows.count }) <= limits.dataRows else {
                throw .tooManyRows(limit: limits.dataRows)
            }
            guard end < sheet.rowCount, let next = finder.find(in: sheet, from: end) else { break }
            header = next
        }
        guard !tables.isEmpty else { throw .emptyRoster }
        return tables
    }

    /// Another header further down whose columns stand otherwise: what follows is a roster of its own.
    private static func nextHeader(below header: RosterHeader, in sheet: Sheet, _ finder: HeaderFinder) -> Int? {
        guard let number = header.index(of: .identityNumber) else { return nil }
        return (header.firstDataRow..<max(header.firstDataRow, sheet.rowCount)).first { row in
            // Nearly every row ends here: its number has digits.
            guard RosterSection.digits(sheet, row, number) < 8 else { return false }
            let texts = sheet.row(at: row)
            return finder.isHeader(texts) && !header.lines.contains(texts)
        }
    }

    /// Where one file holds several rosters each is told apart by its sheet and half.
    private static func named(_ tables: [RosterTable]) -> [RosterTable] {
        guard tables.count > 1 else { return tables }
        let isOneSheet = Set(tables.map(\.sheetName)).count == 1
        var result: [RosterTable] = []
        for var table in tables {
            let parts = [isOneSheet ? "" : table.sheetName, table.place].filter { !$0.isEmpty }
            table.place = parts.joined(separator: " ")
            let same = result.count { $0.place == table.place || $0.place.hasPrefix(table.place + " 之") }
            if table.place.isEmpty || same > 0 {
                table.place += (table.place.isEmpty ? "" : " ") + "之\(same + 1)"
            }
            result.append(table)
        }
        return result
    }

    private static func notes(
        _ book: SheetBook, _ without: [String], _ meanings: HeadingMeanings
    ) -> [RosterNote] {
        var notes: [RosterNote] = []
        if !without.isEmpty {
            notes.append(
                RosterNote(
                    "roster.note.sheets-without", "没有找到名册、未读取的工作表：\(without.joined(separator: "、"))", isLoss: false))
        }
        let finder = HeaderFinder(meanings: meanings)
        let hidden = book.hidden.filter { sheet in
            finder.find(in: sheet).map { $0.missing.isEmpty && $0.firstDataRow < sheet.rowCount } ?? false
        }
        if !hidden.isEmpty {
            notes.append(
                RosterNote(
                    "roster.note.hidden-sheets",
                    "隐藏的工作表中也有名册，未读取：\(hidden.map(\.name).joined(separator: "、"))。需要导入的请取消隐藏后另行上传",
                    isLoss: true))
        }
        if !book.unread.isEmpty {
            notes.append(
                RosterNote(
                    "roster.note.unread-sheets", "工作表太多，未读取：\(book.unread.joined(separator: "、"))。请拆成几个文件",
                    isLoss: true))
        }
        return notes
    }
}

extension SheetError {
    static let noHeader = SheetError(
        code: "roster.no-header", message: "没有找到表头", hint: "表格前 50 行中应有一行写明列名，至少有“姓名”和“身份证号”两列")
    static let emptyRoster = SheetError(code: "roster.empty", message: "表头下面没有数据", hint: "请核对是否选错文件或工作表")

    public static func missingColumns(_ table: RosterTable) -> SheetError {
        let missing = table.missing.map(\.heading).joined(separator: "、")
        let found = table.headings.filter { !$0.isEmpty }.map { $0.count > 20 ? $0.prefix(20) + "…" : $0 }
        return SheetError(
            code: "roster.missing-columns", message: "缺少必需的列：\(missing)",
            hint: "找到的列有：\(found.prefix(60).joined(separator: "、"))。请补上缺少的列，或把列名改为“\(missing)”")
    }
}
