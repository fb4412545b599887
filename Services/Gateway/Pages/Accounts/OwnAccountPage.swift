import Contracts
import Domain
import Messaging
import Web

/// One's own account: who one is to the system, another password, and where one is signed in.
struct OwnAccountPage: Page {
    static let path = "/account"
    static let title = "我的账号"
    static let roles = Set<Role>.everybody
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let officer = visit.officer
        let notice: HTML =
            visit.account.mustChangePassword
            ? "<p class=\"notice\" role=\"alert\">密码是他人设定的，请先改成只有您自己知道的密码，再办理其他事项。</p>" : HTML()
        let rows = try visit.ask(ListSessions()).rows.map { row -> [HTML] in
            let isThis = row.identifier == visit.session.identifier
            let end: HTML =
                isThis
                ? "本次登录"
                : Elements.form(
                    visit, action: Self.path,
                    "\(WorkList.hidden("session", row.identifier))\(Elements.button("结束", kind: "quiet"))")
            return ["\(Moment.text(row.openedAt))", "\(Moment.text(row.seenAt))", end]
        }
        return """
            \(notice)<section><h2>账号</h2>
            <p>\(officer.user)：\(visit.account.displayName)，\(officer.role.chinese)，范围 \(AreaName.of(officer.area))</p>
            </section>
            \(Elements.section("修改密码", passwordForm(visit)))
            \(Elements.section("登录", Elements.table(headers: ["登录时间", "最近使用", ""], rows: rows)))
            """
    }

    private func passwordForm(_ visit: Visit) -> HTML {
        Elements.form(
            visit, action: Self.path,
            """
            \(WorkList.hidden("user", visit.officer.user))
            \(Self.password("password", "现在的密码", "current-password"))
            \(Self.password("new-password", "新密码", "new-password", hint: "至少 8 个字符；用几个词连成一句最好记，也最难猜。"))
            \(Self.password("again-password", "再输一次新密码", "new-password"))
            \(Elements.button("修改密码"))
            """)
    }

    private static func password(_ name: String, _ label: String, _ kind: String, hint: String? = nil) -> HTML {
        """
        <label class="field"><span>\(label)</span><input name="\(name)" type="password" \
        autocomplete="\(kind)" required>\
        \(hint.map { "<small>\($0)</small>" as HTML })</label>
        """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        if let identifier = visit.optional("session") {
            try visit.order(EndSessions(user: visit.officer.user, identifier: identifier))
            return Flash.saved.redirect(to: Self.path)
        }
        guard let token = visit.request.field("token"), visit.desk.sealer.number(of: token, visit.session) != nil else {
            throw GatewayRefusal.staleForm
        }
        let fresh = visit.request.field("new-password") ?? ""
        guard fresh == visit.request.field("again-password") ?? "" else { throw GatewayRefusal.passwordsDiffer }
        try visit.desk.changePassword(visit.session, from: visit.request.field("password") ?? "", to: fresh)
        return Flash.passwordChanged.redirect(to: visit.account.mustChangePassword ? "/" : Self.path)
    }
}

/// An area in words.
enum AreaName {
    static func of(_ area: Area) -> String {
        switch area {
        case .county: "全县"
        case .township(let code): Township(code)?.name ?? code
        case .enterprise(let code): code
        }
    }
}
