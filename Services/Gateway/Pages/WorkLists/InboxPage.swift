import Contracts
import Domain
import Web

/// The account's messages: announcements, supervision, what became of an application.
struct InboxPage: Page {
    static let path = "/inbox"
    static let title = "消息"
    static let roles = Inbox.roles
    static let menu: String? = "消息"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let found = try visit.ask(Inbox(after: visit.after, limit: 50))
        let table = Elements.table(
            headers: ["时间", "标题", "内容", ""],
            rows: found.rows.map { row in
                ["\(Moment.text(row.at))", "\(row.title)", "\(row.body)", row.isRead ? "已读" : reading(visit, row)]
            }, empty: "没有消息。")
        return """
            \(PublishAnnouncement.roles.contains(visit.officer.role) ? publishing(visit) : HTML())
            \(readingAll(visit, found.rows))\(table)\(WorkList.next(visit, found.next))
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        if visit.text("step") == "publish" {
            try visit.order(
                PublishAnnouncement(
                    title: visit.text("title"), body: visit.text("body"),
                    roles: visit.request.fields("role").compactMap(Role.init)))
            return Flash.published.redirect(to: Self.path)
        }
        if visit.text("step") == "read-all" {
            try readAll(visit, upTo: try visit.number("newest", "消息"))
            return Flash.allRead.redirect(to: Self.path)
        }
        try visit.order(MarkRead(message: try visit.number("message", "消息")))
        return .redirect(to: Self.path)
    }

    private func reading(_ visit: Visit, _ row: InboxMessage) -> HTML {
        Elements.form(
            visit, action: Self.path,
            "\(WorkList.hidden("message", String(row.message)))\(Elements.button("标为已读", kind: "quiet"))")
    }

    /// Offered when there is something to read. The form names the newest message that stood on the page: what comes in
    /// after that nobody has seen.
    private func readingAll(_ visit: Visit, _ rows: [InboxMessage]) -> HTML {
        guard let newest = rows.first?.message, rows.contains(where: { !$0.isRead }) else { return HTML() }
        let fields: HTML = "\(WorkList.hidden("step", "read-all"))\(WorkList.hidden("newest", String(newest)))"
        return Elements.form(visit, action: Self.path, "\(fields)\(Elements.button("全部标为已读", kind: "quiet"))")
    }

    private func readAll(_ visit: Visit, upTo newest: Int64) throws {
        var after: Int64? = newest == .max ? nil : newest + 1
        repeat {
            let page = try visit.ask(Inbox(after: after, limit: 200))
            try visit.orderEach(page.rows.filter { !$0.isRead }, part: \.message) { MarkRead(message: $0.message) }
            after = page.next
        } while after != nil
    }

    /// Publicity and guidance (第二十一条).
    private func publishing(_ visit: Visit) -> HTML {
        let isSent = visit.text("step") == "publish"
        let roles = Role.allCases.map { role in
            Elements.checkbox("role", role.rawValue, role.chinese, isOn: visit.isTicked("role", role.rawValue))
        }
        let content: HTML = """
            \(WorkList.hidden("step", "publish"))
            \(Elements.field("title", "标题", value: visit.text("title"), required: true))
            \(Elements.textArea("body", "内容", value: visit.text("body"), rows: 4, hint: "不要写个人信息。"))
            <fieldset><legend>发给（不选为全部）</legend>\(roles)</fieldset>
            \(Elements.button("发布"))
            """
        return """
            <section><details\(HTML.flag("open", isSent))><summary>发布宣传通知（第二十一条）</summary>
            \(Elements.form(visit, action: Self.path, content))</details></section>
            """
    }
}
