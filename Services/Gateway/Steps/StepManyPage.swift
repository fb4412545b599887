import Contracts
import Domain
import Messaging
import Sheets
import Web

/// One step for many people: those ticked in a list or all whom a filter leaves, with the same values; or by a
/// spreadsheet, where each has values of its own. Either way it becomes a run.
struct StepManyPage: Page {
    static let path = "/steps/:step"
    static let title = "办理多人"
    static let roles = Steps.roles
    static let hasForm = true

    static func title(_ visit: Visit) -> String { (try? visit.step()).map { "\($0.title)：办理多人" } ?? title }

    func show(_ visit: Visit) throws -> HTML {
        let step = try visit.step()
        if visit.text("scope") == "ticked" { return try ticked(visit, step, faults: []) }
        return try overview(visit, step, faults: [])
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let step = try visit.step()
        let scope = visit.text("scope")
        if scope == "sheet" { return try upload(visit, step) }
        let isTicked = scope == "ticked"
        let persons = isTicked ? visit.persons() : try step.everybody(visit.asker, visit.narrowing).persons
        guard !persons.isEmpty else { throw GatewayRefusal.nobodyTicked }
        // From a list: what is to be filled in is asked first.
        guard visit.text("go") == "on" || step.fields.isEmpty else {
            let page = PageFrame.page(
                title: Self.title(visit), visit: visit, refusal: nil, content: try ticked(visit, step, faults: []))
            return .html(page)
        }
        let values = StepForm.values(step.fields, visit.request)
        let faults = step.sharedFaults(values, visit.desk.today)
        guard faults.isEmpty else {
            let content = isTicked ? try ticked(visit, step, faults: faults) : try overview(visit, step, faults: faults)
            let refusal = FormFault.refusal(FieldFaults(faults: faults))
            let page = PageFrame.page(title: Self.title(visit), visit: visit, refusal: refusal, content: content)
            return .html(page, status: refusal.kind.httpStatus)
        }
        var draft = RunDraft(step, isTicked ? .selection : .filter, number: try visit.formNumber())
        try draft.add(persons, values, visit.asker)
        let run = try draft.open(visit.asker, isStarted: true)
        return .redirect(to: RunPage.address(run))
    }

    /// The sheet becomes a run that waits to be looked at: what of it cannot be carried out is shown before anything
    /// is.
    private func upload(_ visit: Visit, _ step: AnyStep) throws -> WebResponse {
        guard let file = visit.request.file("file"), file.byteCount > 0 else { throw GatewayRefusal.fileMissing }
        let draft: RunDraft
        do {
            draft = try SheetUpload.draft(
                of: step, try file.bytes(), file.fileName, visit.asker, number: try visit.formNumber())
        } catch let error as WebError {
            throw Refusal(error.code, .busy, error.message)
        }
        let run = try draft.open(visit.asker, isStarted: false)
        return .redirect(to: RunPage.address(run))
    }

    // MARK: Ticked people

    private func ticked(_ visit: Visit, _ step: AnyStep, faults: [FieldFault]) throws -> HTML {
        let persons = visit.persons()
        guard !persons.isEmpty else { throw GatewayRefusal.nobodyTicked }
        let names = try WorkList.names(visit, persons)
        let hidden = persons.map { WorkList.hidden("person", String($0.rawValue)) }
        let table = Elements.table(
            headers: WorkList.personHeaders, rows: persons.map { WorkList.personCells($0, names[$0]) })
        let template: HTML = """
            <form method="post" action="\(step.address)/template">\(visit.tokenField)\(hidden)
            \(Elements.button("下载所选 \(persons.count) 人的表格", kind: "secondary"))</form>
            """
        return """
            \(same(visit, step, "ticked", "\(hidden)", persons.count, faults))
            <details><summary>所选 \(persons.count) 人</summary>\(table)</details>
            \(Elements.section("各人内容不同的，用表格办理", "\(template)\(sheetForm(visit, step))"))\(back(visit, step))
            """
    }

    // MARK: Everybody, and the spreadsheet

    private func overview(_ visit: Visit, _ step: AnyStep, faults: [FieldFault]) throws -> HTML {
        let (persons, hasMore) = try step.everybody(visit.asker, visit.narrowing)
        let count = persons.count
        let more: HTML =
            hasMore ? "<p class=\"notice\">符合条件的超过 \(count) 人，每次最多办理 \(count) 人；办完后可再次办理其余人员。</p>" : HTML()
        let template = Address("\(step.address)/template", visit.narrowed).string
        let sheet: HTML = """
            <p>下载表格，填写后上传。表中已有 \(count) 人和系统已知的内容；上传后先核对，再确认办理。</p>
            <p>\(Elements.link(template, "下载 \(count) 人的表格（.xlsx）"))</p>\(sheetForm(visit, step))
            """
        let whole: HTML =
            count == 0 ? "<p class=\"empty\">没有待办的人员。</p>" : same(visit, step, "all", HTML(), count, faults)
        return """
            \(try WorkList.filters(visit))\(more)
            \(Elements.section("用表格办理", sheet))
            \(Elements.section("同样内容，办理符合条件的全部 \(count) 人", whole))
            \(back(visit, step))
            """
    }

    private func same(
        _ visit: Visit, _ step: AnyStep, _ scope: String, _ hidden: HTML, _ count: Int, _ faults: [FieldFault]
    ) -> HTML {
        var values = step.initial(visit.desk.today)
        if visit.text("go") == "on" { values.merge(StepForm.values(step.fields, visit.request)) { $1 } }
        let fields = step.fields.filter { !$0.isPersonal }
        let personal = step.personalFields.map(\.label).joined(separator: "、")
        let own: HTML? =
            personal.isEmpty
            ? nil : "<p class=\"muted\">各人的\(personal)按系统已有的内容办理；没有的列为未成，可下载表格补填后上传。</p>"
        let content: HTML = """
            \(own)\(hidden)\(WorkList.hidden("scope", scope))\(WorkList.hidden("go", "on"))
            <div class="fields">\(StepForm.html(fields, values, faults, today: visit.desk.today))</div>
            <div class="row">\(Elements.button("\(step.title)：\(count) 人"))</div>
            """
        return Elements.form(visit, action: Address(step.address, visit.narrowed).string, content)
    }

    private func sheetForm(_ visit: Visit, _ step: AnyStep) -> HTML {
        let content: HTML = """
            \(WorkList.hidden("scope", "sheet"))<div class="row">
            <label class="field"><span>填好的表格</span><input type="file" name="file" accept=".xlsx,.csv"></label>
            \(Elements.button("上传并核对"))</div>
            """
        return Elements.form(
            visit, action: Address(step.address, visit.narrowed).string, hasFile: true, content)
    }

    private func back(_ visit: Visit, _ step: AnyStep) -> HTML {
        "<p class=\"screen\">\(Elements.link(Address(step.list.path, visit.narrowed).string, "‹ 返回列表"))</p>"
    }
}

/// A filled-in sheet on its way to becoming a run.
enum SheetUpload {
    static func draft(
        of step: AnyStep, _ bytes: [UInt8], _ fileName: String, _ asker: Asker, number: CommandNumber
    ) throws -> RunDraft {
        let reading = try StepSheet(step: step).read(bytes, fileName: fileName)
        guard (1...RunRule.mostItems).contains(reading.lines.count) else { throw GatewayRefusal.runSize }
        var draft = RunDraft(step, .sheet, number: number)
        draft.fileName = String(fileName.prefix(120))
        draft.remarks = reading.remarks
        try draft.add(reading.lines, asker)
        return draft
    }
}

/// The sheet to be filled in: of ticked people, or of all whom the filter leaves.
enum StepTemplate {
    static let path = "/steps/:step/template"

    static func answer(_ visit: Visit) throws -> WebResponse {
        let step = try visit.step()
        var persons = visit.persons()
        if persons.isEmpty { persons = try step.everybody(visit.asker, visit.narrowing).persons }
        return try workbook(step, persons, visit.asker)
    }

    static func workbook(_ step: AnyStep, _ persons: [PersonID], _ asker: Asker) throws -> WebResponse {
        let bytes = try asker.desk.exports.take(for: asker.officer.user, patienceInMilliseconds: 60_000) {
            try StepSheet(step: step).bytes(lines(step, persons, asker))
        }
        guard let bytes else { throw GatewayRefusal.exportsBusy }
        return .sheet(bytes, name: step.title, on: asker.desk.today)
    }

    private static func lines(_ step: AnyStep, _ persons: [PersonID], _ asker: Asker) throws -> [StepSheet.Line] {
        let initial = step.initial(asker.desk.today)
        var lines: [StepSheet.Line] = []
        for first in stride(from: 0, to: persons.count, by: 500) {
            let piece = Array(persons[first..<min(first + 500, persons.count)])
            let rows = try asker.ask(NamePersons(persons: piece)).rows
            let named = Dictionary(rows.map { ($0.person, $0) }, uniquingKeysWith: { first, _ in first })
            let known = try step.known(asker, piece)
            lines += piece.compactMap { person in
                guard let row = named[person] else { return nil }
                return StepSheet.Line(
                    person: person, row: row, values: initial.merging(known[person] ?? [:]) { $1 })
            }
        }
        return lines
    }
}

extension WebResponse {
    /// A workbook to keep, with the day in its name.
    static func sheet(_ bytes: [UInt8], name: String, on day: CalendarDay) -> WebResponse {
        .download(
            bytes, fileName: "\(name)-\(day).xlsx",
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    }
}
