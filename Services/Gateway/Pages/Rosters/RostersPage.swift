import Contracts
import Domain
import Web

/// Upload of rosters (移交人员名册, 第十五条（二）) and the list of those that came in.
struct RostersPage: Page {
    static let path = "/rosters"
    static let title = "名册导入"
    static let roles = ListRosters.roles
    static let menu: String? = "名册"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let names = try WorkList.enterpriseNames(visit)
        let rosters = try visit.ask(ListRosters()).rows
        let mayUpload = OpenRoster.roles.contains(visit.officer.role)
        return """
            \(mayUpload ? try upload(visit) : HTML())
            \(Elements.section("已上传的名册", list(rosters, names)))
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let rosters = try visit.desk.uploads.begin(visit)
        guard let roster = rosters.first, rosters.count == 1 else {
            return Flash.severalRosters.redirect(to: Self.path)
        }
        if roster.isRepeat { return Flash.alreadyImported.redirect(to: "/rosters/\(roster.roster)") }
        return .redirect(to: "/rosters/\(roster.roster)")
    }

    private func upload(_ visit: Visit) throws -> HTML {
        let choices = try WorkList.enterprises(visit).map { ($0.code, "\($0.name)（\($0.code)）") }
        let content: HTML = """
            <div class="row">
            \(Elements.select("enterprise", "移交企业", choices, selected: visit.optional("enterprise")))
            \(Elements.field("file", "名册文件", type: "file", required: true, hint: "电子表格 .xlsx 或 .csv，含姓名、身份证号等列"))
            \(Elements.button("上传并导入"))</div>
            """
        return Elements.section(
            "上传名册",
            """
            \(Elements.form(visit, action: Self.path, hasFile: true, content))
            <p class="muted">逐行核对身份证号、乡镇和移交范围；不能登记的行会单独列出原因，可下载改正后再次上传。同一文件重复上传不会重复登记。</p>
            """)
    }

    private func list(_ rosters: [RosterSummary], _ names: [String: String]) -> HTML {
        Elements.table(
            headers: ["编号", "企业", "文件", "上传时间", "状态", "进度", "已登记", "未导入", "不属范围"],
            rows: rosters.map { roster in
                [
                    Elements.link("/rosters/\(roster.roster)", String(roster.roster)),
                    "\(names[roster.enterprise] ?? roster.enterprise)", "\(roster.fileName)",
                    "\(Moment.text(roster.importedAt))", RosterPage.badge(roster.state),
                    Elements.progress(roster.received, of: roster.rowCount), "\(roster.registered)",
                    "\(roster.setAside)", "\(roster.outOfScope)",
                ]
            }, empty: "还没有上传名册。")
    }
}
