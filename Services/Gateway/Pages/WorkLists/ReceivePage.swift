import Contracts
import Domain
import Web

/// The township's list of applications: accept with a date, or refuse for a cause that the rules allow (第二条、第十一条).
struct ReceivePage: Page {
    static let path = "/work/receive"
    static let title = "接收退休人员"
    static let roles: Set<Role> = [.township]
    static let menu: String? = "接收"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        // By themselves: behind many decided ones a waiting one would not be listed.
        let waiting = try visit.ask(ListApplications(state: "submitted")).rows
        let applications = try visit.ask(ListApplications()).rows
        let forms = waiting.map { form(visit, $0) }
        let list: HTML = forms.isEmpty ? "<p class=\"empty\">没有待接收的申请。</p>" : forms.joined()
        return """
            \(Deed.line(visit))\(Elements.section("待接收的申请（\(waiting.count)）", list))
            \(Elements.section("已办结的申请", ApplyPage.table(applications.filter { $0.state != "submitted" })))
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let application = try visit.number("application", "申请编号")
        if visit.text("step") == "refuse" {
            let cause = try visit.choice("cause", "不予接收的原因", of: RefusalCause.self)
            try visit.order(
                RefuseApplication(application: application, cause: cause, explanation: visit.text("explanation")))
            return try Deed.sentBack.redirect(to: Self.path, count: people(visit, application))
        }
        try visit.order(AcceptApplication(application: application, dated: try visit.day("dated", "接收日期")))
        return try Deed.received.redirect(to: Self.path, count: people(visit, application))
    }

    /// How many people an application is about, to say so once it is decided.
    private func people(_ visit: Visit, _ application: Int64) throws -> Int {
        try visit.ask(ListApplications()).rows.first { $0.application == application }?.people ?? 0
    }

    private func form(_ visit: Visit, _ row: ApplicationRow) -> HTML {
        let number = String(row.application)
        let isSent = visit.text("application") == number
        let isRefusing = isSent && visit.text("step") == "refuse"
        let accept: HTML = """
            \(WorkList.hidden("application", number))\(WorkList.hidden("step", "accept"))
            <div class="row">\(Elements.dateField(
                "dated", "接收日期", value: isSent ? visit.shownDay("dated") : visit.desk.today, latest: visit.desk.today))
            \(Elements.button("接收 \(row.people) 人"))</div>
            """
        let causes = WorkList.options(RefusalCause.self, \.chinese)
        let refuse: HTML = """
            \(WorkList.hidden("application", number))\(WorkList.hidden("step", "refuse"))
            \(Elements.select("cause", "原因", causes, selected: isRefusing ? visit.text("cause") : nil))
            \(Elements.textArea("explanation", "具体情况", value: isRefusing ? visit.text("explanation") : "", rows: 2))
            <p class="muted">不得以活动场所、设施或资金为接收的前置条件（第十一条（三））。</p>
            \(Elements.button("不予接收", kind: "danger"))
            """
        return """
            <h3>第 \(number) 号　\(row.enterpriseName)　\(row.people) 人　\(row.dated.chinese)申请　\
            \(Elements.link(ApplicationPage.address(row.application), "查看名单和材料"))</h3>
            \(Elements.form(visit, action: Self.path, accept))
            <details\(HTML.flag("open", isRefusing))><summary>不予接收…</summary>
            \(Elements.form(visit, action: Self.path, refuse))</details>
            """
    }
}
