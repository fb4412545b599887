import Contracts
import Domain
import Web

/// Who signed in and failed to, and whose account was changed by whom.
struct AccessPage: Page {
    static let path = "/access"
    static let title = "登录记录"
    static let menu: String? = "登录记录"
    static let roles = ListAccessRecords.roles

    func show(_ visit: Visit) throws -> HTML {
        let user = visit.optional("user")
        let found = try visit.ask(
            ListAccessRecords(
                user: user, before: visit.optional("before").flatMap { Int64($0) }, limit: WorkList.rowsPerPage))
        let next = found.next.map { Address(Self.path, [("user", user), ("before", String($0))]).string }
        let table = Elements.table(
            headers: ["时间", "事项", "账号", "经办", "说明"],
            rows: found.rows.map { row in
                let title = ServiceContract.event(row.event)?.title ?? row.event
                return [
                    "\(Moment.text(row.at))", "\(title)", "\(row.user)", "\(row.actor)",
                    "\([row.what.map(Self.chinese), row.reason].compactMap { $0 }.joined(separator: "："))",
                ]
            }, empty: "没有记录。")
        return """
            <p class="muted">只记录已有账号的登录；输错的账号名不记录，其中可能有误输的密码。</p>
            <form method="get" action="\(Self.path)" class="filters">
            \(Elements.field("user", "账号", value: user ?? ""))\(Elements.button("查询"))</form>
            \(table)\(Elements.next(next))
            """
    }

    private static func chinese(_ what: String) -> String {
        switch AccountChanged.What(rawValue: what) {
        case .recorded: "登记或重设密码"
        case .adopted: "自旧版转入"
        case .password: "本人修改密码"
        case .state: "变更状态"
        case .secondFactor: "启用或取消动态口令"
        case nil: what
        }
    }
}
