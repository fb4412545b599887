import Contracts
import Domain
import Sheets
import Web

/// What was said of a roster's file, and what was noted about rows that are registered: for good, on its page.
enum RosterNotesView {
    /// What was left out stands first and in red.
    static func notes(_ roster: RosterSummary) -> HTML { section(roster.notes ?? []) }

    private static func section(_ notes: [RosterNote]) -> HTML {
        notes.isEmpty ? HTML() : Elements.section("读取文件的说明", list(notes))
    }

    static func list(_ notes: [RosterNote]) -> HTML {
        guard !notes.isEmpty else { return HTML() }
        let sorted = notes.filter(\.isLoss) + notes.filter { !$0.isLoss }
        let items = sorted.map { note -> HTML in
            note.isLoss
                ? "<li>\(Elements.badge("未采用", .bad)) <strong>\(note.text)</strong></li>" : "<li>\(note.text)</li>"
        }
        return "<ul class=\"notes\">\(items)</ul>"
    }

    static func noted(_ roster: RosterSummary) -> HTML {
        guard let groups = roster.noted, !groups.isEmpty else { return HTML() }
        return Elements.section(
            "已登记、须核实的行（\(groups.reduce(0) { $0 + $1.count })）",
            Elements.table(
                headers: ["列", "说明", "行数", "原文件行号"],
                rows: groups.map { group in
                    let rest = group.count > group.sheetRows.count ? " 等" : ""
                    return [
                        "\(group.column)", "\(group.text)", "\(group.count)", "\(RowList.text(group.sheetRows))\(rest)",
                    ]
                }))
    }
}
