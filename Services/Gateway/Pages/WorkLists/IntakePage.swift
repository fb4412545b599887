import Contracts
import Domain
import Web

/// The monthly lists of accepted people (第十六条（四）): human resources or the township hand them on, the
/// social-insurance agency checks them.
struct IntakePage: Page {
    static let path = "/work/intake"
    static let title = "社保衔接"
    static let roles = ListIntakeLists.roles
    static let menu: String? = "社保衔接"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let lists = try visit.ask(ListIntakeLists())
        let table = Elements.table(
            headers: ["编号", "接收月份", "人数", "已核对", "有差异", "交付时间"],
            rows: lists.rows.map { row in
                [
                    "\(row.list)", "\(row.month.chinese)", "\(row.people)",
                    Elements.progress(row.checked, of: row.people),
                    row.differing > 0 ? Elements.badge("\(row.differing) 人", .bad) : "0", "\(Moment.text(row.builtAt))",
                ]
            }, empty: "还没有生成名单。")
        return """
            \(BuildIntakeList.roles.contains(visit.officer.role) ? building(visit, lists.waiting) : HTML())
            \(CheckListed.roles.contains(visit.officer.role) ? try checking(visit) : HTML())
            \(Elements.section("已交付的名单", table))
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        if visit.text("step") == "build" {
            try visit.order(BuildIntakeList(month: try visit.month("month", "接收月份")))
            return Flash.built.redirect(to: Self.path)
        }
        let persons = visit.persons()
        guard !persons.isEmpty else { throw RegistryRefusal.nobodyChosen }
        let result = try visit.choice("result", "核对结果", of: ListCheck.self)
        try visit.orderEach(persons, part: \.rawValue) { person in
            CheckListed(person: person, result: result, note: visit.optional("note"))
        }
        return Flash.saved.redirect(to: Self.path, visit.narrowed)
    }

    private static let rule = "每月交付上月及以前接收的人员（第十六条（四））；本月接收的，下月 1 日起可以交付。"

    private func building(_ visit: Visit, _ waiting: [CalendarMonth]) -> HTML {
        guard !waiting.isEmpty else {
            return Elements.section(
                "生成接收人员名单", "<p class=\"empty\">以前各月接收的人员都已交付。\(Self.rule)</p>")
        }
        let months = waiting.map { ($0.description, $0.chinese) }
        let content: HTML = """
            \(WorkList.hidden("step", "build"))<div class="row">
            \(Elements.select("month", "接收月份", months, selected: visit.optional("month")))
            \(Elements.button("生成名单并交付社保经办机构"))</div>
            <p class="muted">\(Self.rule)</p>
            """
        return Elements.section("生成接收人员名单", Elements.form(visit, action: Self.path, content))
    }

    private func checking(_ visit: Visit) throws -> HTML {
        let found = try visit.ask(
            BenefitsWork(step: .check, narrowing: visit.narrowing, after: visit.after, limit: WorkList.rowsPerPage))
        let names = try WorkList.names(visit, found.rows.map(\.person))
        let table = Elements.table(
            headers: [""] + WorkList.personHeaders + ["名单", "接收日期", "上次核对"],
            rows: found.rows.map { row in
                [WorkList.tick(visit, row.person)] + WorkList.personCells(row.person, names[row.person])
                    + ["\(row.list)", "\(row.acceptedOn?.chinese)", "\(row.check?.chinese)"]
            }, empty: WorkList.none(visit, "没有待核对的人员。"))
        let filters = try WorkList.filters(visit)
        guard !found.rows.isEmpty else { return Elements.section("待核对", "\(filters)\(table)") }
        let results = WorkList.options(ListCheck.self, \.chinese)
        let content: HTML = """
            \(WorkList.hidden("step", "check"))\(WorkList.tickAll)\(table)<div class="row">
            \(Elements.select("result", "所选人员", results, selected: visit.optional("result")))
            \(Elements.field("note", "差异说明", value: visit.text("note"), hint: "有差异的必须写明"))
            \(Elements.button("记录核对结果"))</div>
            """
        return Elements.section(
            "待核对",
            """
            \(filters)\(Elements.form(visit, action: Address(Self.path, visit.narrowed).string, content))
            \(WorkList.next(visit, found.next))
            """)
    }
}
