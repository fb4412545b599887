import Contracts
import Domain
import Rosters
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

    /// The file is looked at first; nothing is registered yet.
    func act(_ visit: Visit) throws -> WebResponse {
        guard let file = visit.request.file("file"), file.byteCount > 0 else { throw GatewayRefusal.fileMissing }
        let enterprise = visit.text("enterprise")
        let remembered = try visit.ask(GetHeadings(enterprise: enterprise)).rows
        // A file that is no roster is told here, beside the form that sent it.
        _ = try visit.desk.uploads.reading {
            try RosterUploads.read(file, RosterChoices(remembered: remembered))
        }
        let name = try visit.desk.previews.keep(
            file, enterprise: enterprise, user: visit.officer.user, now: visit.desk.now)
        return .redirect(to: "/rosters/preview/\(name)")
    }

    private func upload(_ visit: Visit) throws -> HTML {
        let choices = try WorkList.enterprises(visit).map { ($0.code, "\($0.name)（\($0.code)）") }
        let content: HTML = """
            <div class="row">
            \(Elements.select("enterprise", "移交企业", choices, selected: visit.optional("enterprise")))
            \(Elements.field("file", "名册文件", type: "file", required: true, hint: "电子表格 .xlsx 或 .csv，含姓名、身份证号等列"))
            \(Elements.button("上传并核对"))</div>
            """
        return Elements.section(
            "上传名册",
            """
            \(Elements.form(visit, action: Self.path, hasFile: true, content))
            <p>\(Elements.link(RosterTemplate.path, "下载空表（.xlsx）"))</p>
            <p class="muted">上传后先显示各列的读法和发现的问题，确认后才登记。逐行核对身份证号、乡镇和移交范围；不能登记的行会单独列出原因，可下载改正后再次上传。同一文件重复上传不会重复登记。</p>
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
