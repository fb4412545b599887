import Domain

/// A roster's header: what each column holds and where the data begins.
struct RosterHeader {
    /// As they would stand in one line; empty where a column has none.
    var headings: [String]
    /// For each heading the column it means, each column at most once: of two telephones the first counts.
    var columns: [RosterColumn?]
    /// The column that only counts the rows.
    var serialColumn: Int?
    /// Index among the sheet's filled rows.
    var firstDataRow: Int
    /// The header lines' texts, to know them again where they are repeated on each printed page.
    var lines: [[String]]

    var missing: [RosterColumn] { RosterColumn.required.filter { !columns.contains($0) } }

    func index(of column: RosterColumn) -> Int? { columns.firstIndex(of: column) }
}

/// Finds the header among title lines, group headings and empty lines: the row with the most headings that are known,
/// together with the line above or below when the heading has two.
enum HeaderFinder {
    static let rowsSearched = 50

    /// Nil when no row among the first holds a known heading.
    static func find(in sheet: Sheet) -> RosterHeader? {
        let rows = (0..<min(rowsSearched, sheet.rowCount)).map { sheet.row(at: $0) }
        let scores = rows.map(score)
        guard let highest = scores.max(), highest > 0, let best = scores.firstIndex(of: highest) else { return nil }
        if best + 1 < rows.count, isSecondLine(rows[best + 1], under: rows[best]) {
            return header(upper: rows[best], lower: rows[best + 1], firstDataRow: best + 2)
        }
        return header(upper: best > 0 ? rows[best - 1] : [], lower: rows[best], firstDataRow: best + 1)
    }

    /// Known headings, the required ones above all. A row that holds a single other heading may be anything.
    private static func score(_ row: [String]) -> Int {
        let known = Set(row.compactMap(RosterColumn.init(heading:)))
        let required = RosterColumn.required.filter(known.contains).count
        return known.count + required < 2 ? 0 : known.count + 10 * required
    }

    /// True when a row only divides the headings above it: nothing under the name and the number, or the same again
    /// where cells are merged, and no digits anywhere.
    private static func isSecondLine(_ row: [String], under upper: [String]) -> Bool {
        var divides = false
        for column in 0..<max(row.count, upper.count) {
            let text = cell(row, column)
            let above = cell(upper, column)
            if text.isEmpty || text == above { continue }
            if let known = RosterColumn(heading: above), RosterColumn.required.contains(known) { return false }
            let isUnderGroup =
                above.isEmpty || (column > 0 && cell(upper, column - 1) == above)
                || cell(upper, column + 1).isEmpty || cell(upper, column + 1) == above
            guard isUnderGroup, text.count <= 20,
                !text.unicodeScalars.contains(where: { $0.properties.numericType != nil })
            else { return false }
            divides = true
        }
        return divides
    }

    private static func header(upper: [String], lower: [String], firstDataRow: Int) -> RosterHeader {
        let groups = groupHeadings(upper, over: lower)
        let width = max(lower.count, groups.count)
        var headings: [String] = []
        var columns: [RosterColumn?] = []
        for index in 0..<width {
            let (heading, column) = meaning(upper: cell(groups, index), lower: cell(lower, index))
            headings.append(heading)
            columns.append(column.flatMap { columns.contains($0) ? nil : $0 })
        }
        for index in headings.indices where columns[index] == nil {
            // A second 姓名 under 紧急联系 would be taken for the first when the file comes back in one line.
            let above = tidied(cell(groups, index))
            let isRepeated =
                headings[..<index].contains(headings[index]) || RosterColumn(heading: headings[index]) != nil
            if isRepeated, !above.isEmpty, above != headings[index], !headings[index].isEmpty {
                headings[index] = above + "/" + headings[index]
            }
        }
        return RosterHeader(
            headings: headings, columns: columns, serialColumn: headings.firstIndex(where: Heading.isSerial),
            firstDataRow: firstDataRow, lines: groups.isEmpty ? [lower] : [upper, lower])
    }

    /// The headings of the upper line, each over all columns it stands for; empty when the line is no heading at all. A
    /// title is one text, once or in every cell of a merged line; a line to be filled in (填报单位：…) has colons.
    private static func groupHeadings(_ upper: [String], over lower: [String]) -> [String] {
        guard Set(upper.filter { !$0.isEmpty }).count > 1,
            !upper.contains(where: { TextForm.narrowing($0).contains(":") })
        else { return [] }
        var groups = upper + Array(repeating: "", count: max(0, lower.count - upper.count))
        for index in groups.indices.dropFirst() where groups[index].isEmpty {
            // csv keeps the text of merged cells in the first only.
            if !cell(lower, index).isEmpty, !cell(lower, index - 1).isEmpty { groups[index] = groups[index - 1] }
        }
        return groups
    }

    /// The lower line says what a column holds, alone or together with the group above it.
    private static func meaning(upper: String, lower: String) -> (heading: String, column: RosterColumn?) {
        let (upper, lower) = (tidied(upper), tidied(lower))
        if lower.isEmpty || lower == upper { return (upper, RosterColumn(heading: upper)) }
        if Heading.isAboutOthers(upper) { return (upper + "/" + lower, nil) }
        if let column = RosterColumn(heading: lower) { return (lower, column) }
        let joined = Heading.withoutBrackets(Heading.normalized(upper)) + lower
        if let column = RosterColumn(heading: joined) { return (joined, column) }
        return (lower, nil)
    }

    private static func cell(_ row: [String], _ column: Int) -> String {
        column >= 0 && column < row.count ? row[column] : ""
    }

    /// In one line, for lists of columns and for the file that goes back.
    private static func tidied(_ heading: String) -> String { TextForm.removingBlanks(heading) }
}
