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
            \(table)\(WorkList.next(visit, found.next))
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
        try visit.order(MarkRead(message: try visit.number("message", "消息")))
        return .redirect(to: Self.path)
    }

    private func reading(_ visit: Visit, _ row: InboxMessage) -> HTML {
        Elements.form(
            visit, action: Self.path,
            "\(WorkList.hidden("message", String(row.message)))\(Elements.button("标为已读", kind: "quiet"))")
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
