import Contracts
import Domain
import Web

/// One roster: how far it is, what was set aside and why, and taking it back.
struct RosterPage: Page {
    static let path = "/rosters/:roster"
    static let title = "名册"
    static let roles = GetRoster.roles
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let number = try Self.number(visit)
        let upload = visit.desk.uploads.state(of: number)
        let roster = try visit.ask(GetRoster(roster: number))
        let names = try WorkList.enterpriseNames(visit)
        return """
            \(progress(upload, roster))\(leaving(roster))
            \(Elements.section("名册情况", facts(roster, names)))
            \(RosterNotesView.notes(roster))
            \(try DifferencesView.section(visit, roster))
            \(declined(roster))
            \(try setAside(visit, roster))
            \(RosterNotesView.noted(roster))
            \(undo(visit, roster))
            <p>\(Elements.link(RostersPage.path, "‹ 返回名册列表"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let number = try Self.number(visit)
        if ["take", "take-all"].contains(visit.text("step")) { return try DifferencesView.act(visit, roster: number) }
        guard let reason = visit.optional("reason") else { throw FormFault.refusal("撤销原因") }
        guard visit.isTicked("certain") else { throw FormFault.refusal("确认撤销") }
        try visit.order(UndoRoster(roster: number, reason: reason))
        return Flash.undone.redirect(to: "/rosters/\(number)")
    }

    static func number(_ visit: Visit) throws -> Int64 {
        guard let number = visit.request.parameter("roster").flatMap({ Int64($0) }) else {
            throw RegistryRefusal.unknownRoster
        }
        return number
    }

    static func badge(_ state: RosterState) -> HTML {
        switch state {
        case .open: Elements.badge(state.chinese, .waiting)
        case .closed: Elements.badge(state.chinese, .good)
        case .undoing: Elements.badge(state.chinese, .waiting)
        case .undone: Elements.badge(state.chinese)
        }
    }

    /// While rows are on their way the page loads itself anew each second; the program in the page does that, and where
    /// it may not run, the browser.
    private func progress(_ upload: RosterUploads.State?, _ roster: RosterSummary) -> HTML {
        guard roster.state == .open else { return HTML() }
        switch upload {
        case .sending:
            return """
                <section data-reload="1" aria-live="polite"><h2>正在导入</h2>
                \(Elements.progress(roster.received, of: roster.rowCount))
                <p class="muted">可以离开本页，导入会继续。</p>
                <noscript><meta http-equiv="refresh" content="2"></noscript></section>
                """
        case .broken(let refusal): return PageFrame.fault(refusal)
        case nil:
            return """
                <p class="fault" role="alert">本名册尚未导入完毕，已登记到第 \(roster.received) 行。如果没有人正在用命令导入，\
                请重新上传同一文件，系统会从中断处继续，不会重复登记。</p>
                """
        }
    }

    /// While its people leave the ledger the page shows how many are left, and loads itself anew as above.
    private func leaving(_ roster: RosterSummary) -> HTML {
        guard let left = roster.leaving else { return HTML() }
        return """
            <section data-reload="1" aria-live="polite"><h2>正在撤销</h2>
            <p>名册中的人员已不在各列表中，还有 \(left) 人的登记正在移除。可以离开本页，撤销会继续。</p>
            <noscript><meta http-equiv="refresh" content="2"></noscript></section>
            """
    }

    private func facts(_ roster: RosterSummary, _ names: [String: String]) -> HTML {
        """
        <p>\(Self.badge(roster.state))　\(Elements.progress(roster.received, of: roster.rowCount))</p>
        \(WorkList.facts([
            ("企业", names[roster.enterprise] ?? roster.enterprise), ("文件", roster.fileName),
            ("上传时间", Moment.text(roster.importedAt)), ("名册人数", String(roster.rowCount)),
            ([.undoing, .undone].contains(roster.state) ? "撤销前已登记" : "已登记", String(roster.registered)),
            ("其中不予核准", roster.declined.map { $0.isEmpty ? "" : String($0.count) } ?? ""),
            ("需改正或重复", String(roster.setAside)), ("不属移交范围", String(roster.outOfScope)),
            ("已登记但须核实", roster.noted.map { $0.isEmpty ? "" : "\($0.reduce(0) { $0 + $1.count }) 处" } ?? ""),
            ("撤销", roster.undoing.map { "\(Moment.text($0.at))，账号 \($0.user)，原因：\($0.reason)" } ?? ""),
        ]))
        """
    }

    /// Whom human resources did not verify: what the enterprise is to correct and send in another file.
    private func declined(_ roster: RosterSummary) -> HTML {
        guard let declined = roster.declined, !declined.isEmpty else { return HTML() }
        return Elements.section(
            "不予核准的行（\(declined.count)）",
            Elements.table(
                headers: ["原文件行号", "原因", "时间"],
                rows: declined.map { ["\($0.sheetRow)", "\($0.cause.chinese)", "\(Moment.text($0.at))"] }))
    }

    private func setAside(_ visit: Visit, _ roster: RosterSummary) throws -> HTML {
        let count = roster.setAside + roster.outOfScope
        guard count > 0, GetSetAside.roles.contains(visit.officer.role) else { return HTML() }
        let shown = 100
        let found = try visit.ask(GetSetAside(roster: roster.roster, limit: shown)).rows
        let rows: [[HTML]] = found.map { entry in
            let row = entry.row
            return [
                "\(row.sheetRow)", "\(row.kind.chinese)", "\(row.column)",
                "\(row.reason)\(row.article.map { "（\($0.citation)）" })", "\(row.hint)",
            ]
        }
        return Elements.section(
            "未导入的行（\(count)）",
            """
            <p>\(Elements.link("/rosters/\(roster.roster)/set-aside", "下载未导入的行（原格式，附原因和修改建议）"))</p>
            \(count > shown ? "<p class=\"muted\">这里只列出前 \(shown) 行，全部请下载。</p>" : HTML())
            \(Elements.table(headers: ["原文件行号", "类别", "列", "原因", "修改建议"], rows: rows))
            """)
    }

    private func undo(_ visit: Visit, _ roster: RosterSummary) -> HTML {
        guard UndoRoster.roles.contains(visit.officer.role), roster.state == .open || roster.state == .closed else {
            return HTML()
        }
        guard roster.undoable else {
            return Elements.section("撤销", "<p class=\"muted\">名册中已有人员核准登记，不能整体撤销（第十五条（二））。</p>")
        }
        let content: HTML = """
            <div class="row">\(Elements.field("reason", "撤销原因", value: visit.text("reason"), required: true))
            <label class="check"><input type="checkbox" name="certain" required> 确认撤销整份名册</label>
            \(Elements.button("撤销整份名册", kind: "danger"))</div>
            """
        return Elements.section(
            "撤销",
            """
            <p>撤销后，本名册登记的 \(roster.registered) 人将从台账中移除；改正后可重新上传。</p>
            \(Elements.form(visit, action: "/rosters/\(roster.roster)", content))
            """)
    }
}
