import Contracts
import Domain
import Web

/// Supervision (督办, 第二十二条): the working team opens and closes notices, the unit answers.
struct SupervisionPage: Page {
    static let path = "/supervision"
    static let title = "督办"
    static let roles = ListSupervision.roles
    static let menu: String? = "督办"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let rows = try visit.ask(ListSupervision()).rows
        let names = try WorkList.enterpriseNames(visit)
        let table = Elements.table(
            headers: ["编号", "单位", "事项", "办结期限", "状态", "答复", ""],
            rows: rows.map { row in
                let due: HTML =
                    row.isOverdue ? "<span class=\"late\">\(row.due.chinese)　逾期</span>" : "\(row.due.chinese)"
                return [
                    "\(row.notice)", "\(row.role.chinese)\(Self.place(row.area, names))", "\(row.subject)", due,
                    badge(row.state), "\(row.answer)", step(visit, row),
                ]
            }, empty: "没有督办事项。")
        return "\(OpenSupervision.roles.contains(visit.officer.role) ? try opening(visit) : HTML())\(table)"
    }

    func act(_ visit: Visit) throws -> WebResponse {
        switch visit.text("step") {
        case "open":
            guard let area = Area(text: visit.text("area")) else { throw FormFault.refusal("范围") }
            try visit.order(
                OpenSupervision(
                    role: try visit.choice("role", "单位", of: Role.self), area: area, subject: visit.text("subject"),
                    due: try visit.day("due", "办结期限")))
        case "answer":
            try visit.order(
                AnswerSupervision(notice: try visit.number("notice", "编号"), answer: visit.text("answer")))
        default: try visit.order(CloseSupervision(notice: try visit.number("notice", "编号")))
        }
        return Flash.saved.redirect(to: Self.path)
    }

    private static func place(_ area: Area, _ names: [String: String]) -> String {
        switch area {
        case .county: ""
        case .township(let code): "（\(Elements.townshipName(code))）"
        case .enterprise(let code): "（\(names[code] ?? code)）"
        }
    }

    private func badge(_ state: SupervisionState) -> HTML {
        Elements.badge(state.chinese, state == .closed ? .good : .waiting)
    }

    private func step(_ visit: Visit, _ row: SupervisionRow) -> HTML {
        let notice = WorkList.hidden("notice", String(row.notice))
        let isOwn = row.role == visit.officer.role
        if row.state == .open, isOwn {
            let isSent = visit.text("notice") == String(row.notice)
            let content: HTML = """
                \(notice)\(WorkList.hidden("step", "answer"))
                \(Elements.textArea("answer", "办理情况", value: isSent ? visit.text("answer") : "", rows: 2))
                \(Elements.button("答复"))
                """
            return Elements.form(visit, action: Self.path, content)
        }
        if row.state == .answered, CloseSupervision.roles.contains(visit.officer.role) {
            return Elements.form(
                visit, action: Self.path,
                "\(notice)\(WorkList.hidden("step", "close"))\(Elements.button("办结", kind: "quiet"))")
        }
        return HTML()
    }

    private func opening(_ visit: Visit) throws -> HTML {
        let places =
            [("county", "全县")] + Township.all.map { (Area.township($0.code).text, $0.name) }
            + (try WorkList.enterprises(visit)).map { (Area.enterprise($0.code).text, $0.name) }
        let units = WorkList.options(Role.self, \.chinese)
        let due = CalendarDay(visit.text("due")) ?? visit.desk.today.adding(days: 7)
        let content: HTML = """
            \(WorkList.hidden("step", "open"))<div>
            \(Elements.select("role", "单位", units, selected: visit.optional("role")))
            \(Elements.select("area", "乡镇或企业", places, selected: visit.optional("area")))
            \(Elements.dateField("due", "办结期限", value: due))</div>
            \(Elements.textArea("subject", "督办事项", value: visit.text("subject"), rows: 2, hint: "不要写个人信息。"))
            \(Elements.button("发出督办"))
            """
        return Elements.section("发出督办通知（第二十二条）", Elements.form(visit, action: Self.path, content))
    }
}
