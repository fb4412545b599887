import Contracts
import Domain
import Rosters
import Sheets
import Web

/// Between the upload and the import (第十五条（二）): which rosters the file holds, what each column is taken for, what
/// would be set aside and why, who is in the ledger already and what differs. Nothing is registered before 导入.
struct RosterPreviewPage: Page {
    static let path = "/rosters/preview/:upload"
    static let title = "导入前核对"
    static let roles = OpenRoster.roles
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let name = Self.name(visit)
        let kept = try Self.find(visit)
        let delivery = try Self.delivery(kept, visit)
        let names = try WorkList.enterpriseNames(visit)
        let isComplete = delivery.rosters.allSatisfy { $0.refusal == nil }
        let sections = try delivery.rosters.enumerated().map { index, roster in
            try RosterPreviewSection(roster: roster, index: index, count: delivery.rosters.count)
                .html(visit, enterprise: kept.enterprise)
        }
        let hidden = delivery.rosters.reduce(0) { $0 + $1.table.rows.hiddenCount }
        let hiddenChoice: HTML =
            hidden > 0
            ? Elements.checkbox(
                "hidden", "on", "表格中筛选掉或隐藏的 \(hidden) 行一并导入（不勾选则列为未导入）", isOn: kept.takesHiddenRows) : HTML()
        let importing: HTML =
            isComplete
            ? "<button class=\"primary\" type=\"submit\" name=\"step\" value=\"import\">导入</button>" : HTML()
        let buttons: HTML = """
            <p>\(hiddenChoice)</p>
            <p>\(importing)
            <button class="secondary" type="submit" name="step" value="check">按所选列重新核对</button></p>
            """
        return """
            <p class="notice">尚未登记任何人。请核对各列的读法和下面列出的问题，确认后点“导入”。更正过的列名会为该企业记住，下次自动采用。</p>
            \(WorkList.facts([
                ("企业", names[kept.enterprise] ?? kept.enterprise), ("文件", kept.file.fileName),
                ("名册份数", String(delivery.rosters.count)),
            ]))
            \(Elements.form(visit, action: "/rosters/preview/\(name)", "\(sections)\(buttons)"))
            <p>\(Elements.link(RostersPage.path, "‹ 不导入，返回名册列表"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let name = Self.name(visit)
        let kept = try Self.find(visit)
        let delivery = try Self.delivery(kept, visit)
        let told = Self.told(visit, delivery)
        let takesHiddenRows = visit.isTicked("hidden")
        visit.desk.previews.change(name, now: visit.desk.now) { kept in
            let renamed = Set(told.map(\.heading))
            kept.told = kept.told.filter { !renamed.contains($0.heading) } + told
            kept.takesHiddenRows = takesHiddenRows
        }
        guard visit.text("step") == "import" else { return .redirect(to: "/rosters/preview/\(name)") }
        let chosen = try Self.find(visit)
        let rosters = try Self.delivery(chosen, visit).rosters
        let ticked = rosters.indices.filter { rosters.count == 1 || visit.isTicked("roster", String($0)) }
        guard !ticked.isEmpty else { throw FormFault.refusal("要导入的名册") }
        if !chosen.told.isEmpty {
            try visit.order(RememberHeadings(enterprise: chosen.enterprise, headings: chosen.told), part: rosters.count)
        }
        let opened = try visit.desk.uploads.begin(visit, ticked.map { rosters[$0] }, enterprise: chosen.enterprise)
        guard let roster = opened.first, opened.count == 1 else {
            return Flash.severalRosters.redirect(to: RostersPage.path)
        }
        if roster.isRepeat { return Flash.alreadyImported.redirect(to: "/rosters/\(roster.roster)") }
        return .redirect(to: "/rosters/\(roster.roster)")
    }

    private static func name(_ visit: Visit) -> String { visit.request.parameter("upload") ?? "" }

    private static func find(_ visit: Visit) throws -> RosterPreviews.Kept {
        try visit.desk.previews.find(name(visit), user: visit.officer.user, now: visit.desk.now)
    }

    private static func delivery(_ kept: RosterPreviews.Kept, _ visit: Visit) throws -> RosterDelivery {
        let remembered = try visit.ask(GetHeadings(enterprise: kept.enterprise)).rows
        return try visit.desk.uploads.reading {
            try RosterUploads.read(
                kept.file,
                RosterChoices(remembered: remembered, told: kept.told, takesHiddenRows: kept.takesHiddenRows))
        }
    }

    /// What was chosen otherwise than the columns were read. A field that goes to another column is taken from the one
    /// that had it.
    private static func told(_ visit: Visit, _ delivery: RosterDelivery) -> [HeadingMeaning] {
        var told: [HeadingMeaning] = []
        for (index, roster) in delivery.rosters.enumerated() {
            let table = roster.table
            var changed: [Int: RosterField?] = [:]
            for (column, heading) in table.headings.enumerated() where !heading.isEmpty {
                guard let choice = visit.optional(RosterPreviewSection.field(index, column)) else { continue }
                let field = RosterField(rawValue: choice)
                if field != table.columns[column] { changed[column] = field }
            }
            let given = Set(changed.values.compactMap { $0 })
            for (column, field) in table.columns.enumerated() {
                if let field, given.contains(field), changed[column] == nil { changed[column] = .some(nil) }
            }
            told += changed.sorted { $0.key < $1.key }.map {
                HeadingMeaning(heading: table.headings[$0.key], field: $0.value)
            }
        }
        return told
    }
}

/// One roster of the file, as it would go in.
struct RosterPreviewSection {
    let roster: RosterSending
    let index: Int
    let count: Int

    static func field(_ roster: Int, _ column: Int) -> String { "meaning-\(roster)-\(column)" }

    func html(_ visit: Visit, enterprise: String) throws -> HTML {
        let table = roster.table
        let title = table.place.isEmpty ? "名册" : "名册“\(table.place)”"
        let choice: HTML =
            count > 1 ? Elements.checkbox("roster", String(index), "导入这份名册", isOn: true) : HTML()
        var content: HTML = """
            <p>表头在第 \(table.headerRow) 行，下面有 \(table.rows.count) 人。\(choice)</p>\(columns())
            \(RosterNotesView.list(roster.notes))
            """
        if let refusal = roster.refusal {
            content = "\(PageFrame.fault(refusal))\(content)"
        } else {
            content = "\(content)\(try findings(visit, enterprise))"
        }
        return Elements.section(title, content)
    }

    /// What each column is taken for; to be corrected.
    private func columns() -> HTML {
        let table = roster.table
        let choices = [("-", "不采用")] + RosterField.allCases.map { ($0.rawValue, $0.heading) }
        let rows: [[HTML]] = table.headings.indices.compactMap { column in
            let heading = table.headings[column]
            guard !heading.isEmpty, !table.isSerial(column) else { return nil }
            let field = table.columns[column]
            let select = Elements.select(
                Self.field(index, column), "“\(heading)”读作", choices, selected: field?.rawValue ?? "-")
            return ["\(heading)", select, field == nil ? Elements.badge("未采用", .bad) : HTML()]
        }
        let unused = table.columns.indices.contains { table.columns[$0] == nil && !table.headings[$0].isEmpty }
        return """
            <details\(HTML.flag("open", unused || !table.missing.isEmpty))><summary>各列的读法</summary>
            \(Elements.table(headers: ["文件中的列名", "读作", ""], rows: rows))</details>
            """
    }

    private func findings(_ visit: Visit, _ enterprise: String) throws -> HTML {
        let preview = try roster.preview(for: enterprise) { try visit.ask($0) }
        let outOfScope = preview.setAside.count { $0.kind == .outOfScope }
        let rest = roster.table.rows.count - preview.checkedRows
        let partly: HTML =
            rest > 0 ? "<p class=\"notice\">只预先核对了前 \(preview.checkedRows) 行，其余 \(rest) 行在导入时逐行核对。</p>" : HTML()
        return """
            \(partly)\(WorkList.facts([
                ("可以登记", "\(preview.fit) 人"), ("需改正或重复", "\(preview.setAside.count - outOfScope) 行"),
                ("不属移交范围", "\(outOfScope) 行"), ("可登记但须核实", preview.noted.isEmpty ? "" : "\(preview.noted.count) 处"),
            ]))
            \(setAside(preview))\(noted(preview))\(differences(preview))
            """
    }

    private func setAside(_ preview: RosterPreview) -> HTML {
        guard !preview.setAside.isEmpty else { return HTML() }
        let rows: [[HTML]] = RosterGroups(setAside: preview.setAside).groups.prefix(100).map { group in
            [
                "\(group.kind?.chinese)", "\(group.column)",
                "\(group.text)\(group.article.map { "（\($0.citation)）" })", "\(group.hint)", "\(group.rows.count)",
                "\(RowList.text(group.rows))",
            ]
        }
        return """
            <h3>不会登记的行</h3>\(Elements.table(
                headers: ["类别", "列", "原因", "修改建议", "行数", "文件行号"], rows: rows))
            """
    }

    private func noted(_ preview: RosterPreview) -> HTML {
        guard !preview.noted.isEmpty else { return HTML() }
        let rows: [[HTML]] = RosterGroups(noted: preview.noted).groups.prefix(100).map { group in
            ["\(group.column)", "\(group.text)", "\(group.rows.count)", "\(RowList.text(group.rows))"]
        }
        return "<h3>会登记、但须核实的行</h3>\(Elements.table(headers: ["列", "说明", "行数", "文件行号"], rows: rows))"
    }

    private func differences(_ preview: RosterPreview) -> HTML {
        guard !preview.differences.isEmpty else { return HTML() }
        let shown = 200
        let more: HTML =
            preview.differences.count > shown
            ? "<p class=\"muted\">这里只列出前 \(shown) 项，导入后在名册页可查看全部。</p>" : HTML()
        return """
            <h3>已在台账、内容不同的人员（\(preview.differences.count) 项）</h3>
            <p>导入不会改动台账；导入后可在名册页逐项或全部采用。</p>
            \(DifferencesView.table(Array(preview.differences.prefix(shown)), tick: nil))\(more)
            """
    }
}
