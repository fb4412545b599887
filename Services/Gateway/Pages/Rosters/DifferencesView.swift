import Contracts
import Web

/// What a roster says otherwise of people who are in the ledger: field by field, to be taken over.
enum DifferencesView {
    static let rowsPerPage = 200

    /// The section of a roster's page; nothing when nobody of it was there before.
    static func section(_ visit: Visit, _ roster: RosterSummary) throws -> HTML {
        guard ListDifferences.roles.contains(visit.officer.role), let open = roster.differences else { return HTML() }
        let page = try visit.ask(
            ListDifferences(roster: roster.roster, after: visit.after, limit: rowsPerPage))
        let mayTake =
            TakeDifferences.roles.contains(visit.officer.role)
            && page.rows.contains { !$0.isTaken && $0.obstacle == nil }
        let list = table(page.rows, tick: mayTake ? "difference" : nil)
        let address = "/rosters/\(roster.roster)"
        let next = Elements.next(page.next.map { Address(address, [("after", String($0))]).string })
        let content: HTML =
            mayTake
            ? Elements.form(
                visit, action: address,
                """
                <label class="check"><input type="checkbox" data-all="difference"> 全选本页</label>\(list)
                <p><button class="primary" type="submit" name="step" value="take">采用所选</button>
                <button class="secondary" type="submit" name="step" value="take-all">全部采用（本名册所有可采用的）</button></p>
                """) : list
        return Elements.section(
            "与台账不同的内容（\(open) 项未采用）",
            "<p>这些人员已在台账中。采用后按本名册更正，原内容留存。</p>\(content)\(next)")
    }

    /// - Parameter tick: the boxes' name; nil for a table without.
    static func table(_ rows: [DifferenceRow], tick: String?) -> HTML {
        Elements.table(
            headers: (tick == nil ? [] : [""]) + ["文件行号", "姓名", "身份证号", "列", "台账", "本名册", "说明"],
            rows: rows.map { row in
                let box: HTML =
                    row.isTaken || row.obstacle != nil
                    ? HTML()
                    : """
                    <input type="checkbox" name="\(tick ?? "")" value="\(row.difference)" \
                    aria-label="采用\(row.name)的\(row.column)">
                    """
                return (tick == nil ? [] : [box]) + [
                    "\(row.sheetRow)", Elements.link("/people/\(row.person.rawValue)", row.name),
                    "\(row.maskedIdentity)", "\(row.column)", "\(row.before.isEmpty ? "（空）" : row.before)",
                    "\(row.after)", row.isTaken ? Elements.badge("已采用", .good) : "\(row.obstacle)",
                ]
            })
    }

    static func act(_ visit: Visit, roster: Int64) throws -> WebResponse {
        let chosen = visit.request.fields("difference").compactMap { Int64($0) }
        let isAll = visit.text("step") == "take-all"
        guard isAll || !chosen.isEmpty else { throw FormFault.refusal("要采用的内容") }
        try visit.order(TakeDifferences(roster: roster, differences: isAll ? nil : chosen))
        return Flash.saved.redirect(to: "/rosters/\(roster)")
    }
}
