import Contracts
import Domain
import Web

/// The ledger (电子台账, 第八条（二）), searched by name, ID number, enterprise, township and status. The search is sent
/// by POST, so that a name or an ID number never stands in an address, and leads on to an address that holds the text
/// sealed: Back, the next page and the export all mean the same people.
struct LedgerPage: Page {
    static let path = "/ledger"
    static let title = "台账"
    static let roles = SearchPersons.roles
    static let menu: String? = "台账"
    static let hasForm = true
    static let rowsPerPage = 50

    func show(_ visit: Visit) throws -> HTML {
        let search = try LedgerSearch(visit)
        let found = try visit.ask(search.query(limit: Self.rowsPerPage, after: search.trail.after))
        let enterprises = try visit.ask(ListEnterprises()).rows
        let export = Address(LedgerExport.path, search.filters(visit)).string
        return """
            \(form(visit, search, enterprises))
            <p>\(try Self.count(visit, search, found))　<span class="screen">\(Elements.link(export, "导出本筛选（.xlsx）"))
            <span class="muted">含各事项办理情况，一次最多 \(LedgerExport.mostRows) 人</span></span></p>
            \(Self.table(found.rows))
            \(pager(visit, search, found.next))
            """
    }

    /// Leads on to the page that shows the answer, which may be opened again and again: a search changes nothing.
    func act(_ visit: Visit) throws -> WebResponse {
        .redirect(to: Address(Self.path, try LedgerSearch(visit).filters(visit)).string)
    }

    private func form(_ visit: Visit, _ search: LedgerSearch, _ enterprises: [EnterpriseRow]) -> HTML {
        let choices = [("", "全部企业")] + enterprises.map { ($0.code, $0.name) }
        let statuses = [("", "全部状态")] + PersonStatus.allCases.map { ($0.rawValue, $0.chinese) }
        return """
            <form method="post" action="/ledger" class="filters" role="search" autocomplete="off">
            \(visit.tokenField)
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

    /// How many people fit. Names are sealed in the registry, so those who match a text over several pages are counted
    /// by nobody; all others the gateway's own figures count.
    private static func count(_ visit: Visit, _ search: LedgerSearch, _ found: PersonRows) throws -> String {
        let seen = (search.trail.page - 1) * rowsPerPage + found.rows.count
        if search.text != nil {
            return search.trail.page == 1 && found.next == nil ? "共 \(seen) 人。" : "本页 \(found.rows.count) 人。"
        }
        let counted = try visit.desk.read {
            try $0.people(
                within: visit.officer.area, enterprise: search.enterprise, township: search.township,
                status: search.status)
        }
        // The figures may be a moment behind the registry, and are not to contradict what stands below them.
        return "共 \(max(counted, seen)) 人。"
    }

    private func pager(_ visit: Visit, _ search: LedgerSearch, _ next: Int64?) -> HTML {
        func address(_ trail: PageTrail) -> String {
            Address(Self.path, search.filters(visit) + [("after", trail.text)]).string
        }
        return Elements.pager(
            page: search.trail.page, previous: search.trail.previous.map(address),
            next: next.map { address(search.trail.next(after: $0)) })
    }
}
