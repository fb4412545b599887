import Contracts
import Domain
import Web

/// All accounts, for the operators: entered, changed, disabled, ended.
struct AccountsPage: Page {
    static let path = "/accounts"
    static let title = "账号管理"
    static let menu: String? = "账号"
    static let roles: Set<Role> = ListAccounts.roles
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let rows = try visit.ask(ListAccounts()).rows
        let active = rows.count { $0.state == .active }
        return """
            <p class="muted">共 \(rows.count) 个账号，使用中 \(active) 个。停用或注销后，该账号的登录立即结束；注销的账号名不再使用。</p>
            \(Elements.table(
                headers: ["账号", "名称", "职责", "范围", "状态", "上次登录", "在用登录", "登记人", "办理"],
                rows: rows.map { Self.cells($0, visit) }, empty: "还没有账号。"))
            \(Elements.section("登记账号或重设密码", recordForm(visit)))
            """
    }

    private static func cells(_ row: AccountRow, _ visit: Visit) -> [HTML] {
        let state: HTML =
            switch row.state {
            case .active: Elements.badge(row.state.chinese, .good)
            case .disabled: Elements.badge(row.state.chinese, .waiting)
            case .ended: Elements.badge(row.state.chinese)
            }
        return [
            "\(row.user)", "\(row.displayName)", "\(row.role.chinese)", "\(AreaName.of(row.area))",
            "\(state)\(marks(row))",
            "\(row.lastSignIn.map(Moment.text) ?? "从未登录")", "\(row.sessions)", "\(row.recordedBy)",
            row.state == .ended || row.user == visit.officer.user ? HTML() : stateForm(row, visit),
        ]
    }

    private static func marks(_ row: AccountRow) -> HTML {
        let password: HTML = row.mustChangePassword ? "<small>待改密码</small>" : HTML()
        let factor: HTML = row.hasSecondFactor == true ? "<small>动态口令</small>" : HTML()
        return "\(password)\(factor)"
    }

    private static func stateForm(_ row: AccountRow, _ visit: Visit) -> HTML {
        let choices: [(AccountState, String)] =
            row.state == .active ? [(.disabled, "停用"), (.ended, "注销")] : [(.active, "恢复"), (.ended, "注销")]
        var options = choices.map { "<option value=\"\($0.0.rawValue)\">\($0.1)</option>" as HTML }
        if row.hasSecondFactor == true { options.append("<option value=\"no-factor\">取消动态口令</option>") }
        return Elements.form(
            visit, action: path,
            """
            \(WorkList.hidden("user", row.user))
            <select name="state" aria-label="\(row.user) 改为">\(options)</select>
            <input name="reason" aria-label="\(row.user) 的原因" placeholder="原因" required>
            \(Elements.button("办理", kind: "quiet"))
            """)
    }

    private func recordForm(_ visit: Visit) -> HTML {
        let townships = Township.all.map { ("township:\($0.code)", $0.name) }
        return Elements.form(
            visit, action: Self.path,
            """
            \(Elements.field("user", "账号", required: true, hint: "2 至 32 个小写英文字母、数字、点、横线或下划线"))
            \(Elements.field("displayName", "姓名或科室", required: true))
            \(Elements.select("role", "职责", Role.allCases.map { ($0.rawValue, $0.chinese) }))
            \(Elements.select("area", "范围", [("county", "全县")] + townships + [("enterprise", "企业（请填代码）")]))
            \(Elements.field("enterprise", "企业统一社会信用代码", hint: "只有企业账号填写"))
            <label class="field"><span>初始密码</span><input name="password" type="password" \
            autocomplete="new-password" required><small>至少 8 个字符；本人首次登录时须改成自己的。</small></label>
            \(Elements.checkbox("replaces", "1", "账号已有时，改成这里的职责和范围"))
            \(Elements.button("登记"))
            """)
    }

    func act(_ visit: Visit) throws -> WebResponse {
        if visit.optional("state") == "no-factor" {
            try visit.order(RemoveSecondFactor(user: visit.text("user"), reason: visit.text("reason")))
            return Flash.saved.redirect(to: Self.path)
        }
        if visit.optional("state") != nil {
            try visit.order(
                SetAccountState(
                    user: visit.text("user"), state: try visit.choice("state", "状态", of: AccountState.self),
                    reason: visit.text("reason")))
            return Flash.saved.redirect(to: Self.path)
        }
        let text = visit.text("area") == "enterprise" ? "enterprise:\(visit.text("enterprise"))" : visit.text("area")
        guard let area = Area(text: text) else { throw FormFault.refusal("范围") }
        try visit.order(
            RecordAccount(
                user: visit.text("user"), displayName: visit.text("displayName"),
                role: try visit.choice("role", "职责", of: Role.self), area: area,
                password: visit.request.field("password") ?? "",
                replaces: visit.optional("replaces") != nil ? true : nil, mustChangePassword: true))
        return Flash.saved.redirect(to: Self.path)
    }
}
