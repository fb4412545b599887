import Contracts
import Domain
import Messaging
import Papers
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
            \(Elements.section("动态口令", factorForm(visit)))
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

    private func factorForm(_ visit: Visit) -> HTML {
        if visit.account.hasSecondFactor {
            return "<p>已启用。手机丢失而恢复码也用完的，请系统运维取消后重新启用。</p>"
        }
        return Elements.form(
            visit, action: Self.path,
            """
            <p class="muted">启用后，登录时除密码外还要填写手机上身份验证器（任何支持 TOTP 的应用）显示的六位数字。</p>
            \(WorkList.hidden("step", "begin-factor"))
            \(Self.password("password", "现在的密码", "current-password"))
            \(Elements.button("启用动态口令"))
            """)
    }

    /// The key is shown once, and counts only when a code has confirmed it.
    private func keyPage(_ key: SecondFactorKey, _ visit: Visit) throws -> HTML {
        let picture = HTML(trustedMarkup: try QRCode.svg(key.uri, moduleSizeInPixels: 4))
        return """
            <section><h2>用身份验证器扫描</h2>\(picture)<p>不能扫描的，请手工输入密钥：<code>\(key.key)</code></p>
            \(Elements.form(
                visit, action: Self.path,
                """
                \(WorkList.hidden("step", "confirm-factor"))
                \(Elements.field("code", "手机上显示的六位数字", required: true))
                \(Elements.button("确认启用"))
                """))</section>
            """
    }

    private func recoveryPage(_ codes: RecoveryCodes) -> HTML {
        let rows = codes.codes.map { "<li><code>\($0)</code></li>" as HTML }
        return """
            <section><h2>恢复码</h2><p>动态口令已启用，其他地方的登录已结束。请打印或抄下这些恢复码妥善保管，只显示这一次；\
            手机丢失时，每个可以代替一次动态口令。</p><ul>\(rows)</ul>
            <p>\(Elements.link("/", "继续办理"))</p></section>
            """
    }

    private static func password(_ name: String, _ label: String, _ kind: String, hint: String? = nil) -> HTML {
        """
        <label class="field"><span>\(label)</span><input name="\(name)" type="password" \
        autocomplete="\(kind)" required>\
        \(hint.map { "<small>\($0)</small>" as HTML })</label>
        """
    }

    private func page(_ visit: Visit, _ content: HTML) -> WebResponse {
        .html(PageFrame.page(title: Self.title, visit: visit, refusal: nil, content: content))
    }

    func act(_ visit: Visit) throws -> WebResponse {
        if let identifier = visit.optional("session") {
            try visit.order(EndSessions(user: visit.officer.user, identifier: identifier))
            return Flash.saved.redirect(to: Self.path)
        }
        guard let token = visit.request.field("token"), visit.desk.sealer.number(of: token, visit.session) != nil else {
            throw GatewayRefusal.staleForm
        }
        switch visit.text("step") {
        case "begin-factor":
            let key = try visit.desk.beginSecondFactor(visit.session, visit.request.field("password") ?? "")
            return page(visit, try keyPage(key, visit))
        case "confirm-factor":
            return page(visit, recoveryPage(try visit.desk.confirmSecondFactor(visit.session, visit.text("code"))))
        default: break
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
        case .township(let code): Elements.townshipName(code)
        case .enterprise(let code): code
        }
    }
}
