import Contracts
import Domain
import Sheets
import Web

/// The ledger (电子台账, 第八条（二）), searched by name, ID number, enterprise, township and status. The search text is
/// sent by POST, so that a name or an ID number never stands in an address.
struct LedgerPage: Page {
    static let path = "/ledger"
    static let title = "台账"
    static let roles = SearchPersons.roles
    static let menu: String? = "台账"
    static let hasForm = true
    static let rowsPerPage = 50

    func show(_ visit: Visit) throws -> HTML {
        let search = LedgerSearch(visit)
        let found = try visit.ask(search.query(limit: Self.rowsPerPage))
        let enterprises = try visit.ask(ListEnterprises()).rows
        return """
            \(form(visit, search, enterprises))
            \(Self.table(found.rows))
            \(more(visit, search, found.next))
            <p>\(Elements.link(Address("/ledger/export", search.filters).string, "导出本筛选（.xlsx）"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        // A search changes nothing: the page itself is the answer.
        .html(Frame.page(title: Self.title, visit: visit, refusal: nil, content: try show(visit)))
    }

    private func form(_ visit: Visit, _ search: LedgerSearch, _ enterprises: [EnterpriseRow]) -> HTML {
        let choices = [("", "全部企业")] + enterprises.map { ($0.code, $0.name) }
        let statuses = [("", "全部状态")] + PersonStatus.allCases.map { ($0.rawValue, $0.chinese) }
        return """
            <form method="post" action="/ledger" class="filters" role="search">\(visit.tokenField)
            \(Elements.field("text", "姓名或身份证号", value: search.text ?? ""))
            \(Elements.select("enterprise", "企业", choices, selected: search.enterprise))
            \(Elements.select(
                "township", "乡镇", [("", "全部乡镇")] + Elements.townshipOptions, selected: search.township))
            \(Elements.select("status", "状态", statuses, selected: search.status?.rawValue))
            \(Elements.button("查询"))</form>
            """
    }

    static func table(_ rows: [PersonRow]) -> HTML {
        Elements.table(
            headers: ["姓名", "身份证号", "企业", "乡镇", "社区", "状态"],
            rows: rows.map { row in
                [
                    Elements.link("/people/\(row.person.rawValue)", row.name), "\(row.maskedIdentity)",
                    "\(row.enterpriseName)", "\(Elements.townshipName(row.township))", "\(row.community)",
                    Elements.status(row.status),
                ]
            }, empty: "没有符合条件的人员，请更换条件再查。")
    }

    /// The next page is asked for by a form as well, when there is a search text to carry on.
    private func more(_ visit: Visit, _ search: LedgerSearch, _ next: Int64?) -> HTML {
        guard let next else { return HTML() }
        guard let text = search.text else {
            return Elements.next(Address("/ledger", search.filters + [("after", String(next))]).string)
        }
        let hidden = (search.filters + [("text", text), ("after", String(next))]).map { name, value in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">" as HTML
        }
        return Elements.form(visit, action: "/ledger", "\(hidden)\(Elements.button("下一页 ›", kind: "quiet"))")
    }
}

/// What the ledger is searched by.
struct LedgerSearch {
    var text: String?
    var enterprise: String?
    var township: String?
    var status: PersonStatus?
    var after: Int64?

    init(_ visit: Visit) {
        text = visit.request.method == .post ? visit.optional("text") : nil
        enterprise = visit.optional("enterprise")
        township = visit.optional("township")
        status = visit.optional("status").flatMap(PersonStatus.init)
        after = visit.optional("after").flatMap { Int64($0) }
    }

    func query(limit: Int, after later: Int64? = nil) -> SearchPersons {
        SearchPersons(
            text: text, enterprise: enterprise, township: township, status: status, after: later ?? after, limit: limit)
    }

    /// What may stand in an address.
    var filters: [(String, String?)] {
        [("enterprise", enterprise), ("township", township), ("status", status?.rawValue)]
    }
}

/// The ledger as a workbook, by the filters of the page. ID numbers stay masked.
enum LedgerExport {
    static let mostRows = 5000

    static func answer(_ visit: Visit) throws -> WebResponse {
        let search = LedgerSearch(visit)
        var rows: [[String]] = []
        var after: Int64?
        repeat {
            let page = try visit.ask(search.query(limit: 500, after: after))
            rows += page.rows.map { row in
                [
                    row.name, row.maskedIdentity, row.enterpriseName, Elements.townshipName(row.township),
                    row.community, row.status.chinese,
                ]
            }
            after = page.next
        } while after != nil && rows.count < mostRows
        let writer = SheetWriter(sheetName: "台账", header: ["姓名", "身份证号", "企业", "乡镇", "社区", "状态"])
        let bytes = try writer.bytes(Array(rows.prefix(mostRows)), format: .xlsx)
        return .download(
            bytes, fileName: "台账-\(visit.desk.today).xlsx",
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    }
}
