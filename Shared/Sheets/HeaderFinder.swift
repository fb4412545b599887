import Domain

/// A roster's header: what each column holds and where the data begins.
struct RosterHeader {
    /// As they would stand in one line; empty where a column has none.
    var headings: [String]
    /// For each heading what it means, also where the same was there before.
    var meanings: [RosterField?]
    /// The columns that belong to the roster: all, or those of one half where two stand side by side.
    var range: Range<Int>
    /// Index among the sheet's filled rows.
    var firstDataRow: Int
    /// The header lines' texts, to know them again where they are repeated on each printed page.
    var lines: [[String]]

    /// For each heading the field it counts as, each field at most once: of two telephones the first counts.
    var columns: [RosterField?] {
        var seen: Set<RosterField> = []
        return meanings.indices.map { index in
            guard range.contains(index), let field = meanings[index], seen.insert(field).inserted else { return nil }
            return field
        }
    }

    /// The column that only counts the rows.
    var serialColumn: Int? { range.first { Heading.isSerial(headings[$0]) } }

    var missing: [RosterField] {
        let columns = columns
        return RosterField.required.filter { !columns.contains($0) }
    }

    func index(of column: RosterField) -> Int? { columns.firstIndex(of: column) }

    /// The header once for each person that stands in a line: to save paper, lists are printed in two or three halves
    /// side by side. Another half begins where the heading stands again with which the first one begins.
    var halves: [RosterHeader] {
        let repeats = RosterField.required.map { field in meanings.count { $0 == field } }.min() ?? 0
        guard repeats > 1, let start = headings.firstIndex(where: { !$0.isEmpty }) else { return [self] }
        var starts = headings.indices.filter { Heading.isSame(headings[$0], headings[start]) }
        if starts.count != repeats {
            // The first has a serial number and the others have none, or the like: each begins with its name or number.
            let leading = meanings.first { $0.map(RosterField.required.contains) ?? false } ?? .name
            starts = meanings.indices.filter { meanings[$0] == leading }
            starts[0] = start
        }
        return starts.indices.map { index in
            var half = self
            half.range = starts[index]..<(index + 1 < starts.count ? starts[index + 1] : headings.count)
            return half
        }
    }
}

/// Finds the header among title lines, group headings and empty lines: the row with the most headings that are known,
/// together with the line above or below when the heading has two.
struct HeaderFinder {
    static let rowsSearched = 50

    /// What a sender said that headings mean, before what is known of them.
    var meanings = HeadingMeanings()

    /// Nil when no row among the first, counted from `start`, holds known headings.
    func find(in sheet: Sheet, from start: Int = 0) -> RosterHeader? {
        let rows = (start..<max(start, min(start + Self.rowsSearched, sheet.rowCount))).map { sheet.row(at: $0) }
        let scores = rows.map(score)
        guard let highest = scores.max(), highest > 0, let best = scores.firstIndex(of: highest) else { return nil }
        if best + 1 < rows.count, isSecondLine(rows[best + 1], under: rows[best]) {
            return header(upper: rows[best], lower: rows[best + 1], firstDataRow: start + best + 2)
        }
        return header(upper: best > 0 ? rows[best - 1] : [], lower: rows[best], firstDataRow: start + best + 1)
    }

    /// True for a row that names both required columns: no person's row does.
    func isHeader(_ row: [String]) -> Bool { score(row) >= 10 * RosterField.required.count }

    /// Known headings, the required ones above all. A row that holds a single other heading may be anything.
    private func score(_ row: [String]) -> Int {
        let known = Set(row.compactMap { meanings.field($0) })
        let required = RosterField.required.filter(known.contains).count
        return known.count + required < 2 ? 0 : known.count + 10 * required
    }

    /// True when a row only divides the headings above it: nothing under the name and the number, or the same again
    /// where cells are merged, and no digits anywhere.
    private func isSecondLine(_ row: [String], under upper: [String]) -> Bool {
        var divides = false
        for column in 0..<max(row.count, upper.count) {
            let text = Self.cell(row, column)
            let above = Self.cell(upper, column)
            if text.isEmpty || text == above { continue }
            if let known = meanings.field(above), RosterField.required.contains(known) { return false }
            let isUnderGroup =
                above.isEmpty || (column > 0 && Self.cell(upper, column - 1) == above)
                || Self.cell(upper, column + 1).isEmpty || Self.cell(upper, column + 1) == above
            guard isUnderGroup, text.count <= 20,
                !text.unicodeScalars.contains(where: { $0.properties.numericType != nil })
            else { return false }
            divides = true
        }
        return divides
    }

    private func header(upper: [String], lower: [String], firstDataRow: Int) -> RosterHeader {
        let groups = groupHeadings(upper, over: lower)
        let width = max(lower.count, groups.count)
        var headings: [String] = []
        var fields: [RosterField?] = []
        for index in 0..<width {
            let (heading, field) = meaning(upper: Self.cell(groups, index), lower: Self.cell(lower, index))
            headings.append(heading)
            fields.append(field)
        }
        let counted = RosterHeader(
            headings: headings, meanings: fields, range: 0..<width, firstDataRow: firstDataRow, lines: []
        ).columns
        for index in headings.indices where counted[index] == nil {
            // A second 姓名 under 紧急联系 would be taken for the first when the file comes back in one line.
            let above = Self.tidied(Self.cell(groups, index))
            let isRepeated =
                headings[..<index].contains(headings[index]) || meanings.field(headings[index]) != nil
            if isRepeated, !above.isEmpty, above != headings[index], !headings[index].isEmpty {
                headings[index] = above + "/" + headings[index]
                fields[index] = nil
            }
        }
        return RosterHeader(
            headings: headings, meanings: fields, range: 0..<width, firstDataRow: firstDataRow,
            lines: groups.isEmpty ? [lower] : [upper, lower])
    }

    /// The headings of the upper line, each over all columns it stands for; empty when the line is no heading at all. A
    /// title is one text, once or in every cell of a merged line; a line to be filled in (填报单位：…) has colons.
    private func groupHeadings(_ upper: [String], over lower: [String]) -> [String] {
        guard Set(upper.filter { !$0.isEmpty }).count > 1,
            !upper.contains(where: { TextForm.narrowing($0).contains(":") })
        else { return [] }
        var groups = upper + Array(repeating: "", count: max(0, lower.count - upper.count))
        for index in groups.indices.dropFirst() where groups[index].isEmpty {
            // csv keeps the text of merged cells in the first only.
            if !Self.cell(lower, index).isEmpty, !Self.cell(lower, index - 1).isEmpty {
                groups[index] = groups[index - 1]
            }
        }
        return groups
    }

    /// The lower line says what a column holds, alone or together with the group above it.
    private func meaning(upper: String, lower: String) -> (heading: String, field: RosterField?) {
        let (upper, lower) = (Self.tidied(upper), Self.tidied(lower))
        if lower.isEmpty || lower == upper { return (upper, meanings.field(upper)) }
        if Heading.isAboutOthers(upper) { return (upper + "/" + lower, meanings.told(upper + "/" + lower) ?? nil) }
        if let told = meanings.told(lower) { return (lower, told) }
        if let field = meanings.field(lower) { return (lower, field) }
        let joined = Heading.withoutBrackets(Heading.normalized(upper)) + lower
        if let field = meanings.field(joined) { return (joined, field) }
        return (lower, nil)
    }

    private static func cell(_ row: [String], _ column: Int) -> String {
        column >= 0 && column < row.count ? row[column] : ""
    }

    /// In one line, for lists of columns and for the file that goes back.
    private static func tidied(_ heading: String) -> String { TextForm.removingBlanks(heading) }
}
