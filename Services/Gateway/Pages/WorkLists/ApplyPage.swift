import Contracts
import Domain
import Web

/// The enterprise's list: verified people, one form for each township, and what became of earlier applications
/// (第十五条（三）).
struct ApplyPage: Page {
    static let path = "/work/apply"
    static let title = "移交申请"
    static let roles: Set<Role> = [.enterprise, .humanResources, .workingTeam]
    static let menu: String? = "移交申请"
    static let hasForm = true

    private struct Addressee: Hashable {
        var enterprise: String
        var township: String
    }

    func show(_ visit: Visit) throws -> HTML {
        let found = try visit.ask(RegistryWork(step: .apply, after: visit.after, limit: 500))
        let groups = WorkList.grouped(found.rows) { Addressee(enterprise: $0.enterprise, township: $0.township) }
        let applications = try visit.ask(ListApplications()).rows
        let forms = groups.map { addressee, rows in form(visit, addressee, rows) }
        let waiting: HTML = groups.isEmpty ? "<p class=\"empty\">没有待申请的人员。人社局核准登记后会出现在这里。</p>" : forms.joined()
        return """
            \(Deed.line(visit))\(Elements.section("待提出申请的人员", "\(waiting)\(WorkList.next(visit, found.next))"))
            \(Elements.section("申请情况", Self.table(applications)))
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let persons = visit.persons()
        try visit.order(
            SubmitApplication(
                enterprise: visit.text("enterprise"), township: visit.text("township"), persons: persons,
                materials: visit.request.fields("material").compactMap(Material.init),
                dated: try visit.day("dated", "申请日期")))
        return Deed.applied.redirect(to: Self.path, count: persons.count)
    }

    private func form(_ visit: Visit, _ addressee: Addressee, _ rows: [PersonRow]) -> HTML {
        let name = "\(rows[0].enterpriseName) → \(Elements.townshipName(addressee.township))（\(rows.count) 人）"
        let mayApply = SubmitApplication.roles.contains(visit.officer.role)
        let table = Elements.table(
            headers: (mayApply ? [""] : []) + WorkList.personHeaders + ["社区（村）"],
            rows: rows.map { row in
                (mayApply ? [WorkList.tick(visit, row.person)] : []) + WorkList.personCells(row.person, row)
                    + ["\(row.community)"]
            })
        guard mayApply else { return "<h3>\(name)</h3>\(table)" }
        let isSent = visit.text("enterprise") == addressee.enterprise && visit.text("township") == addressee.township
        let materials = Material.allCases.map { material in
            Elements.checkbox(
                "material", material.rawValue, material.chinese,
                isOn: isSent && visit.isTicked("material", material.rawValue))
        }
        let content: HTML = """
            \(WorkList.hidden("enterprise", addressee.enterprise))\(WorkList.hidden("township", addressee.township))
            \(WorkList.tickAll)\(table)
            <fieldset><legend>随申请提交的材料（第十五条（三），须齐全）</legend>\(Self.tickMaterials)\(materials)</fieldset>
            <div class="row">\(Elements.dateField(
                "dated", "申请日期", value: visit.shownDay("dated"), latest: visit.desk.today))
            \(Elements.button("向\(Elements.townshipName(addressee.township))提出移交申请"))</div>
            """
        return "<h3>\(name)</h3>\(Elements.form(visit, action: Self.path, content))"
    }

    private static let tickMaterials: HTML = """
        <label class="check"><input type="checkbox" data-all="material"> 全选材料</label>
        """

    static func table(_ applications: [ApplicationRow]) -> HTML {
        Elements.table(
            headers: ["编号", "企业", "乡镇", "人数", "申请日期", "状态", "办理日期", "退回原因"],
            rows: applications.map { row in
                [
                    "\(row.application)", "\(row.enterpriseName)", "\(Elements.townshipName(row.township))",
                    Elements.link(ApplicationPage.address(row.application), "\(row.people) 人，名单和材料"),
                    "\(row.dated.chinese)", badge(row.state), "\(row.decidedOn?.chinese)",
                    "\(row.cause.map { "\($0.chinese)：" })\(row.explanation)",
                ]
            }, empty: "还没有移交申请。")
    }

    static func badge(_ state: String) -> HTML {
        switch state {
        case "accepted": Elements.badge("已接收", .good)
        case "refused": Elements.badge("已退回", .bad)
        default: Elements.badge("待接收", .waiting)
        }
    }
}
