import Contracts
import Domain
import Web

/// What is late within the account's area (第二十二条).
struct OverduePage: Page {
    static let path = "/overdue"
    static let title = "逾期事项"
    static let roles = NamePersons.roles
    static let menu: String? = "逾期"

    func show(_ visit: Visit) throws -> HTML {
        let track = visit.optional("track").flatMap(Track.init)
        let found = try visit.ask(ListOverdue(track: track, after: visit.after, limit: WorkList.rowsPerPage))
        let names = try WorkList.names(visit, Array(Set(found.rows.map(\.person))))
        let table = Elements.table(
            headers: WorkList.personHeaders + ["事项", "期限", "时限依据"],
            rows: found.rows.map { row in
                let late = visit.desk.today.days(since: row.due)
                return WorkList.personCells(row.person, names[row.person]) + [
                    "\(row.track.chinese)", "<span class=\"late\">\(row.due.chinese)　逾期 \(late) 天</span>",
                    "\(row.rule?.sentence ?? "")",
                ]
            }, empty: "没有逾期事项。")
        let choices = [("", "全部事项")] + WorkList.options(Track.self, \.chinese)
        return """
            <form method="get" action="\(Self.path)" class="filters">
            \(Elements.select("track", "事项", choices, selected: track?.rawValue))\(Elements.button("查询"))</form>
            <p>共 \(found.total) 项。　<span class="screen">\(Elements.link(
                Address(OverdueExport.path, [("track", track?.rawValue)]).string, "导出本筛选（.xlsx）"))</span></p>\
            \(table)\(WorkList.next(visit, found.next, [("track", track?.rawValue)]))
            """
    }
}

/// What is late as a workbook, by the filter of the page. ID numbers stay masked, as on the page.
enum OverdueExport {
    static let path = "/overdue/export"
    static let mostRows = 5000
    static let header = WorkList.personHeaders + ["事项", "期限", "逾期天数"]

    static func answer(_ visit: Visit) throws -> WebResponse {
        try .workbook(rows(visit), header: header, name: "逾期事项", on: visit.desk.today)
    }

    static func rows(_ visit: Visit) throws -> [[String]] {
        let track = visit.optional("track").flatMap(Track.init)
        var rows: [[String]] = []
        var after: Int64?
        repeat {
            let page = try visit.ask(ListOverdue(track: track, after: after, limit: 500))
            let names = try WorkList.names(visit, Array(Set(page.rows.map(\.person))))
            rows += page.rows.map { row in
                let person = names[row.person]
                return [
                    person?.name ?? String(row.person.rawValue), person?.maskedIdentity ?? "",
                    person?.enterpriseName ?? "", Elements.townshipName(row.township), row.track.chinese,
                    row.due.description, String(visit.desk.today.days(since: row.due)),
                ]
            }
            after = page.next
        } while after != nil && rows.count < mostRows
        guard after != nil else { return rows }
        // Nobody is to take a cut list for a whole one.
        return rows + [["仅导出前 \(rows.count) 项，请按事项分次导出。"]]
    }
}
