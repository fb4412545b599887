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
        throw FormFault.refusal("步骤")
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
        let steps = StepBar.steps(of: Self.self, visit)
        let records = steps.isEmpty ? [:] : try KnownOfPersons.records(visit.asker, found.rows.map(\.person))
        let table = Elements.table(
            headers: [""] + WorkList.personHeaders + ["名单", "接收日期", "上次核对", ""],
            rows: found.rows.map { row in
                let identity = records[row.person]?.identityNumber
                return [WorkList.tick(visit, row.person, names[row.person]?.name)]
                    + WorkList.personCells(row.person, names[row.person], identity: identity) + [
                        "\(row.list)", "\(row.acceptedOn?.chinese)",
                        row.check.map { Elements.badge($0.chinese, $0 == .differs ? .bad : .good) } ?? HTML(),
                        steps.first.map { StepBar.link(visit, $0, row.person) } ?? HTML(),
                    ]
            }, empty: WorkList.none(visit, "没有待核对的人员。"))
        let list = StepBar.form(visit, steps, found.rows.isEmpty ? nil : table) ?? table
        return Elements.section(
            "待核对", "\(try WorkList.filters(visit))\(list)\(WorkList.next(visit, found.next))")
    }
}
