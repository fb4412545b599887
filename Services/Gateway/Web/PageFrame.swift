import Contracts
import Web

/// What surrounds every page: head, menu, what went wrong or right, foot.
enum PageFrame {
    /// - Parameter notice: what to know before going on, though nothing was refused.
    static func page(title: String, visit: Visit, refusal: Refusal?, notice: String? = nil, content: HTML) -> HTML {
        let menu = Pages.all.compactMap { page -> HTML? in
            guard let text = page.menu, page.roles.contains(visit.officer.role) else { return nil }
            let isHere = page.path == visit.request.path
            return """
                <a href="\(page.path)"\(HTML.attribute("aria-current", isHere ? "page" : nil))>\(text)\
                \(page == InboxPage.self ? unread(visit) : nil)</a>
                """
        }
        return document(
            title: title,
            """
            <header><a class="brand" href="/">接力</a><input type="checkbox" id="menu" class="menu" \
            aria-label="展开或收起菜单"><label for="menu" class="menu" aria-hidden="true">菜单</label>
            <nav aria-label="主菜单">\(menu)</nav>
            <form method="post" action="/signout">
            <a class="who" href="\(OwnAccountPage.path)">\(visit.account.displayName)</a>
            <button class="quiet">退出</button></form></header>
            <main><h1>\(title)</h1>\(refusal.map(fault))\(notice.map(self.notice))\(flash(visit))\(content)</main>
            <footer>红河县国有企业退休人员社会化管理 · 依据红政办规〔2020〕6号</footer>
            """)
    }

    /// A page without a menu: sign-in and failures.
    static func plain(title: String, content: HTML) -> HTML { document(title: title, "<main>\(content)</main>") }

    /// What was refused, its article, and what to do. The slug is for whoever is called for help: when the system is
    /// at fault it stands there, small; else, when a clerk is only to choose or fill in something, it would look like a
    /// fault and stays in the tooltip.
    static func fault(_ refusal: Refusal) -> HTML {
        let details = refusal.details.map { "<li>\($0)</li>" as HTML }
        let isFault = refusal.kind == .busy
        let code = "代码：\(refusal.slug)"
        return """
            <div class="fault" role="alert"\(HTML.attribute("title", isFault ? nil : code))><p>\(refusal.message)</p>
            \(details.isEmpty ? HTML() : "<ul>\(details)</ul>" as HTML)
            \(refusal.article.map { "<p class=\"muted\">依据：\($0.fullCitation)</p>" as HTML })
            \(isFault ? "<p class=\"code\">\(code)</p>" as HTML : HTML())</div>
            """
    }

    private static func notice(_ sentence: String) -> HTML {
        "<p class=\"notice\" role=\"status\">\(sentence)</p>"
    }

    /// How many messages wait to be read; nothing when none does, or while nobody can tell.
    private static func unread(_ visit: Visit) -> HTML? {
        guard let count = visit.desk.unread.count(visit), count > 0 else { return nil }
        return count < UnreadMessages.most ? "（\(count)）" : "（\(UnreadMessages.most - 1)+）"
    }

    /// The word after a form was carried out, handed on in the address as the name of a known sentence.
    private static func flash(_ visit: Visit) -> HTML {
        guard let name = visit.request.query("done"), let sentence = Flash(rawValue: name)?.sentence else {
            return HTML()
        }
        return "<p class=\"done\" role=\"status\">\(sentence)</p>"
    }

    private static func document(title: String, _ body: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="zh-CN"><head><meta charset="utf-8"><title>\(title) · 接力</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="stylesheet" href="\(GatewayFiles.style)"><script src="\(GatewayFiles.script)" defer></script>
        </head><body>\(body)</body></html>
        """
    }
}

/// The sentences that a page may show after a redirect. A closed list: an address cannot put words into a page.
enum Flash: String {
    case saved, accepted, refused, sent, undone, built, published
    case alreadyImported = "already-imported"
    case severalRosters = "several-rosters"
    case lost = "kept-lost"
    case allRead = "all-read"
    case savedBefore = "saved-before"
    case lastOne = "last-one"
    case passwordChanged = "password-changed"

    var sentence: String {
        switch self {
        case .saved: "已办理。"
        case .accepted: "已接收。"
        case .refused: "已退回。"
        case .sent: "已提交。"
        case .undone: "已撤销。"
        case .built: "已生成名单并交付。"
        case .published: "已发布。"
        case .lost: "此前填写的内容未能保留，请重新填写。"
        case .allRead: "已全部标为已读。"
        case .savedBefore: "已办理，请接着办理下一位。"
        case .lastOne: "已办理，这是最后一位。"
        case .passwordChanged: "密码已修改，其他地方的登录已结束。"
        case .alreadyImported: "这份文件此前已经导入，没有重复登记。"
        case .severalRosters: "文件中有几份名册，分别导入，请逐份查看。"
        }
    }

    /// Back to a page, with the sentence.
    func redirect(to path: String, _ query: [(String, String?)] = []) -> WebResponse {
        .redirect(to: Address(path, query + [("done", rawValue)]).string)
    }
}
