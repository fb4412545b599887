import Contracts
import Domain
import Rosters
import Sheets

/// What a roster's file holds and what would become of it, for `import --preview`. Nothing is registered.
struct ImportPreview {
    private let delivery: RosterDelivery
    private let enterprise: String
    private let asJSON: Bool

    init(_ delivery: RosterDelivery, _ enterprise: String, _ asJSON: Bool) {
        self.delivery = delivery
        self.enterprise = enterprise
        self.asJSON = asJSON
    }

    /// - Parameter check: asks the registry about a batch.
    func show(_ check: (CheckRosterRows) throws -> CheckedRows) throws {
        let reports = try delivery.rosters.map { roster in
            Report(roster, try roster.refusal == nil ? roster.preview(for: enterprise, check: check) : nil)
        }
        if asJSON { return Terminal.print(String(decoding: try JSONCoding.canonical(reports), as: UTF8.self)) }
        let head = "尚未登记任何人。文件中有 \(reports.count) 份名册。"
        Terminal.print(([head] + reports.map(\.text)).joined(separator: "\n\n"))
    }

    /// What `import --preview --json` prints for each roster. Names are stable.
    private struct Report: Codable {
        struct Column: Codable {
            var heading: String
            /// Nil when nothing is taken from it.
            var field: RosterField?
        }

        var place: String
        var headerRow: Int
        var rows: Int
        var columns: [Column]
        var missing: [RosterField]
        var notes: [RosterNote]
        var checkedRows: Int?
        var fit: Int?
        var setAside: [SetAsideRow]?
        var noted: [NotedRow]?
        var differences: [DifferenceRow]?

        init(_ roster: RosterSending, _ preview: RosterPreview?) {
            let table = roster.table
            place = table.place
            headerRow = table.headerRow
            rows = table.rows.count
            columns = table.headings.indices.filter { !table.headings[$0].isEmpty && !table.isSerial($0) }.map {
                Column(heading: table.headings[$0], field: table.columns[$0])
            }
            missing = table.missing
            notes = roster.notes
            checkedRows = preview?.checkedRows
            fit = preview?.fit
            setAside = preview?.setAside
            noted = preview?.noted
            differences = preview?.differences
        }

        var text: String {
            var lines = ["名册\(place.isEmpty ? "" : "“\(place)”")：表头在第 \(headerRow) 行，\(rows) 人"]
            lines.append("  " + columns.map { "\($0.heading) → \($0.field?.heading ?? "不采用")" }.joined(separator: "，"))
            lines +=
                notes.filter(\.isLoss).map { "  注意：\($0.text)" } + notes.filter { !$0.isLoss }.map { "  \($0.text)" }
            guard missing.isEmpty else {
                let names = missing.map(\.heading).joined(separator: "、")
                return (lines + ["  缺少必需的列：\(names)。请用 --column 列名=\(names) 指定。"]).joined(separator: "\n")
            }
            let outOfScope = setAside?.count { $0.kind == .outOfScope } ?? 0
            lines.append("  可以登记 \(fit ?? 0) 人，需改正或重复 \((setAside?.count ?? 0) - outOfScope) 行，不属移交范围 \(outOfScope) 行")
            if let checkedRows, checkedRows < rows { lines.append("  只预先核对了前 \(checkedRows) 行，其余在导入时逐行核对") }
            for group in RosterGroups(setAside: setAside ?? []).groups {
                let article = group.article.map { "（\($0.citation)）" } ?? ""
                lines.append("  第 \(RowList.text(group.rows)) 行：\(group.text)\(article)。\(group.hint)")
            }
            for group in RosterGroups(noted: noted ?? []).groups {
                lines.append("  须核实，第 \(RowList.text(group.rows)) 行：\(group.text)")
            }
            for row in differences ?? [] {
                let before = row.before.isEmpty ? "（空）" : row.before
                lines.append("  第 \(row.sheetRow) 行 \(row.name)：\(row.column) \(before) → \(row.after)")
            }
            return lines.joined(separator: "\n")
        }
    }
}

/// What `--column` says: 职工=姓名,血型=-.
enum ImportColumns {
    static func read(_ text: String) throws -> [HeadingMeaning] {
        try text.split(whereSeparator: { ",，".contains($0) }).map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map { TextForm.trimming(String($0)) }
            guard sides.count == 2, !sides[0].isEmpty else {
                throw CommandFailure.usage("--column 应写成 列名=读作，例如 --column 职工=姓名,血型=-")
            }
            if sides[1] == "-" { return HeadingMeaning(heading: sides[0], field: nil) }
            guard let field = RosterField(rawValue: sides[1]) ?? RosterField(heading: sides[1]) else {
                let known = RosterField.allCases.map(\.heading).joined(separator: "、")
                throw CommandFailure.usage("--column 中的“\(sides[1])”不是名册的列。可用：\(known)，或 - 表示不采用。")
            }
            return HeadingMeaning(heading: sides[0], field: field)
        }
    }
}
