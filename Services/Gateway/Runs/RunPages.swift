import Contracts
import Domain
import Messaging
import Web

/// What an account has begun for many, the latest first.
struct RunsPage: Page {
    static let path = "/runs"
    static let title = "批量办理"
    static let roles = Steps.roles
    static let menu: String? = "批量办理"

    func show(_ visit: Visit) throws -> HTML {
        let before = visit.optional("before").flatMap { Int64($0) }
        let limit = 50
        let runs = try visit.desk.read { try $0.runs(of: visit.officer.user, before: before, limit: limit) }
        let table = Elements.table(
            headers: ["编号", "事项", "来源", "状态", "进度", "未成", "开始时间"],
            rows: runs.map { run in
                [
                    Elements.link(RunPage.address(run.id), String(run.id)), "\(RunPage.title(of: run))",
                    "\(run.origin.chinese)", RunPage.badge(run), Elements.progress(run.done, of: run.items),
                    "\(run.refused)", "\(CalendarDay(run.begun).chinese)",
                ]
            }, empty: "还没有批量办理。在各事项的列表中勾选人员，或在“办理多人”页上传表格。")
        let steps = Steps.all.filter { $0.roles.contains(visit.officer.role) }.map { step in
            "<li>\(Elements.link(step.address, step.title))</li>" as HTML
        }
        let next = runs.count == limit ? runs.last.map { Address(Self.path, [("before", String($0.id))]).string } : nil
        return """
            \(table)\(Elements.next(next))\(Elements.section("可以办理多人的事项", "<ul>\(steps)</ul>"))
            """
    }
}

/// One run: how far it is, and what became of each item.
struct RunPage: Page {
    static let path = "/runs/:run"
    static let title = "批量办理进度"
    static let roles = Steps.roles
    static let hasForm = true
    private static let reloadInSeconds = 2

    static func address(_ run: Int64) -> String { "/runs/\(run)" }

    static func title(of run: StoredRun) -> String { Steps.step(run.step)?.title ?? run.step }

    func show(_ visit: Visit) throws -> HTML {
        let run = try visit.run()
        let filter: GatewayReads.ItemFilter =
            visit.optional("items").flatMap(GatewayReads.ItemFilter.init)
            ?? (run.refused > 0 ? .refused : run.state == .finished ? .done : .all)
        let after = visit.optional("place").flatMap { Int($0) } ?? -1
        let items = try visit.desk.read {
            try $0.items(of: run.id, filter, after: after, limit: 100, visit.desk.sealer.sealer)
        }
        let remarks: HTML? =
            run.remarks.isEmpty
            ? nil : "<div class=\"notice\"><ul>\(run.remarks.map { "<li>\($0)</li>" as HTML })</ul></div>"
        let waiting: HTML? =
            run.state == .running
            ? visit.desk.runs.waiting(run.id).map { refusal in
                "<p class=\"notice\" role=\"status\">暂停等待：\(refusal.message)恢复后自动继续。</p>"
            } : nil
        let reload: HTML? =
            run.state == .running
            ? "<p class=\"muted\" data-reload=\"\(Self.reloadInSeconds)\">页面自动刷新；可以关闭本页，办理照常进行。</p>" : nil
        return """
            \(WorkList.facts(facts(run)))
            <p role="status">\(Self.badge(run)) \(Elements.progress(run.done, of: run.items))</p>
            \(waiting)\(reload)\(remarks)\(actions(visit, run))
            \(Elements.section(
                "各项结果", "\(tabs(run, filter))\(try table(visit, run, items))\(next(run, filter, items))"))
            <p class="screen">\(back(run))\(Elements.link(RunsPage.path, "全部批量办理"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let run = try visit.run()
        let number = try visit.formNumber()
        let address = Self.address(
            try RunDeeds.carryOut(visit.text("deed"), run, visit.asker, number: number))
        return .redirect(to: address)
    }

    private func facts(_ run: StoredRun) -> [(String, String)] {
        [
            ("事项", Self.title(of: run)), ("来源", run.origin.chinese + (run.again.map { "（第 \($0) 次批量办理）" } ?? "")),
            ("文件", run.fileName ?? ""), ("经办账号", run.officer.user), ("开始日期", CalendarDay(run.begun).chinese),
            ("共", "\(run.items) 项"), ("已办", "\(run.done) 项"), ("未成", "\(run.refused) 项"),
            ("尚未办理", "\(run.untried) 项"),
        ]
    }

    static func badge(_ run: StoredRun) -> HTML {
        switch run.state {
        case .finished where run.refused == 0: Elements.badge("已全部办完", .good)
        case .finished: Elements.badge("已办完，\(run.refused) 项未成", .bad)
        case .stopped: Elements.badge(run.state.chinese, .bad)
        case .ready, .running: Elements.badge(run.state.chinese, .waiting)
        }
    }

    private func actions(_ visit: Visit, _ run: StoredRun) -> HTML {
        func button(_ deed: RunDeeds, _ text: String, _ kind: String = "primary") -> HTML {
            "<button class=\"\(kind)\" type=\"submit\" name=\"deed\" value=\"\(deed.rawValue)\">\(text)</button>"
        }
        var buttons: [HTML] = []
        switch run.state {
        case .ready:
            if run.untried > 0 { buttons.append(button(.start, "确认办理 \(run.untried) 项")) }
            buttons.append(button(.stop, "放弃", "secondary"))
        case .running: buttons.append(button(.stop, "停止", "danger"))
        case .stopped, .finished:
            if run.refused + run.untried > 0 {
                buttons.append(button(.again, "未成的再办一次", "secondary"))
            }
        }
        let sheet: HTML? =
            run.refused > 0
            ? "<p>\(Elements.link(RefusedItems.address(run.id), "下载未成的 \(run.refused) 项（.xlsx，附原因，改后可重新上传）"))</p>"
            : nil
        let form: HTML? =
            buttons.isEmpty
            ? nil : Elements.form(visit, action: Self.address(run.id), "<div class=\"row\">\(buttons)</div>")
        return "\(form)\(sheet)"
    }

    private func tabs(_ run: StoredRun, _ filter: GatewayReads.ItemFilter) -> HTML {
        let counts: [(GatewayReads.ItemFilter, String)] = [
            (.all, "全部 \(run.items)"), (.refused, "未成 \(run.refused)"), (.done, "已办 \(run.done)"),
            (.untried, "尚未办理 \(run.untried)"),
        ]
        let links = counts.map { each, text -> HTML in
            let address = Address(Self.address(run.id), [("items", each.rawValue)]).string
            let isHere = each == filter
            return "<a href=\"\(address)\"\(HTML.attribute("aria-current", isHere ? "page" : nil))>\(text)</a> "
        }
        return "<p class=\"screen tabs\">\(links)</p>"
    }

    private func table(_ visit: Visit, _ run: StoredRun, _ items: [StoredRunItem]) throws -> HTML {
        let names = try WorkList.names(visit, items.compactMap(\.person))
        return Elements.table(
            headers: ["序号"] + (run.origin == .sheet ? ["表中行号"] : []) + WorkList.personHeaders + ["结果"],
            rows: items.map { item in
                let person =
                    item.person.map { WorkList.personCells($0, names[$0]) }
                    ?? ["\(item.text(StepSheet.nameHeading))", "", "", ""]
                return ["\(item.place + 1)"] + (run.origin == .sheet ? ["\(item.sheetRow)"] : []) + person
                    + [Self.result(item)]
            }, empty: "没有。")
    }

    private static func result(_ item: StoredRunItem) -> HTML {
        switch item.outcome {
        case .done: return "\(Elements.badge("已办", .good)) \(item.word)"
        case .refused: return "\(Elements.badge("未成", .bad)) \(item.refusal?.sentence)"
        case nil: return Elements.badge("尚未办理", .waiting)
        }
    }

    private func next(_ run: StoredRun, _ filter: GatewayReads.ItemFilter, _ items: [StoredRunItem]) -> HTML {
        guard items.count == 100, let last = items.last else { return HTML() }
        return Elements.next(
            Address(Self.address(run.id), [("items", filter.rawValue), ("place", String(last.place))]).string)
    }

    private func back(_ run: StoredRun) -> HTML {
        guard let step = Steps.step(run.step) else { return HTML() }
        return "\(Elements.link(step.list.path, "‹ 返回\(step.list.title)"))　"
    }
}

/// What can be done with a run, on its page or by a program.
enum RunDeeds: String, CaseIterable {
    case start, stop, again

    /// - Returns: the run to look at from then on.
    static func carryOut(_ deed: String, _ run: StoredRun, _ asker: Asker, number: CommandNumber) throws -> Int64 {
        switch RunDeeds(rawValue: deed) {
        case .start:
            _ = try asker.desk.place(StartRun(run: run.id), as: asker.acting, number: number)
            asker.desk.runs.poke(asker.desk)
            return run.id
        case .stop:
            _ = try asker.desk.place(StopRun(run: run.id), as: asker.acting, number: number)
            return run.id
        case .again: return try again(run, asker, number)
        case nil: throw FormFault.refusal("操作")
        }
    }

    /// A run of its own, of what was refused or never tried. What cannot be made a command is mended in the sheet.
    private static func again(_ run: StoredRun, _ asker: Asker, _ number: CommandNumber) throws -> Int64 {
        guard run.state == .stopped || run.state == .finished else { throw GatewayRefusal.runStarted }
        guard let step = Steps.step(run.step) else { throw CommonRefusal.unknownMessage }
        var draft = RunDraft(step, .again, number: number)
        draft.again = run.id
        let items = try asker.desk.read { reads in
            try [GatewayReads.ItemFilter.refused, .untried].flatMap { filter in
                try reads.items(of: run.id, filter, limit: RunRule.mostItems, asker.desk.sealer.sealer)
            }
        }
        try draft.add(again: items.sorted { $0.place < $1.place }, asker)
        guard !draft.items.isEmpty else { throw GatewayRefusal.nothingLeft }
        return try draft.open(asker, isStarted: true)
    }
}

/// What a run could not do, as a sheet of the step with the reasons, to be mended and sent again.
enum RefusedItems {
    static let path = "/runs/:run/refused"

    static func address(_ run: Int64) -> String { "/runs/\(run)/refused" }

    static func answer(_ visit: Visit) throws -> WebResponse { try workbook(visit.run(), visit.asker) }

    static func workbook(_ run: StoredRun, _ asker: Asker) throws -> WebResponse {
        guard let step = Steps.step(run.step) else { throw CommonRefusal.unknownMessage }
        let bytes = try asker.desk.exports.take(for: asker.officer.user, patienceInMilliseconds: 60_000) {
            let items = try asker.desk.read {
                try $0.items(of: run.id, .refused, limit: RunRule.mostItems, asker.desk.sealer.sealer)
            }
            var rows: [PersonID: PersonRow] = [:]
            let persons = items.compactMap(\.person)
            for first in stride(from: 0, to: persons.count, by: 500) {
                let piece = Array(persons[first..<min(first + 500, persons.count)])
                for row in try asker.ask(NamePersons(persons: piece)).rows { rows[row.person] = row }
            }
            return try StepSheet(step: step).bytes(
                items.map { item in
                    StepSheet.Line(
                        person: item.person, row: item.person.flatMap { rows[$0] }, typed: item.typed,
                        values: item.filled, reason: item.refusal?.sentence ?? "")
                }, hasReasons: true)
        }
        guard let bytes else { throw GatewayRefusal.exportsBusy }
        return .sheet(bytes, name: "\(step.title)-未成-\(run.id)", on: asker.desk.today)
    }
}

extension StoredRunItem {
    func text(_ name: String) -> String {
        if case .text(let text) = filled[name] { text } else { "" }
    }

    /// Who a line of a sheet named.
    var typed: [String: String] {
        let headings = [StepSheet.numberHeading, StepSheet.nameHeading, StepSheet.identityHeading]
        return Dictionary(uniqueKeysWithValues: headings.map { ($0, text($0)) })
    }
}

extension Visit {
    /// The run in the address, of this account's office.
    func run() throws -> StoredRun {
        guard let number = request.parameter("run").flatMap({ Int64($0) }),
            let run = try desk.read({ try $0.run(number) }), run.isOpen(to: officer)
        else { throw GatewayRefusal.unknownRun }
        return run
    }
}
