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
            headers: WorkList.personHeaders + ["事项", "期限"],
            rows: found.rows.map { row in
                WorkList.personCells(row.person, names[row.person]) + [
                    "\(row.track.chinese)",
                    "<span class=\"late\">\(row.due.chinese)　逾期 \(visit.desk.today.days(since: row.due)) 天</span>",
                ]
            }, empty: "没有逾期事项。")
        let choices = [("", "全部事项")] + WorkList.options(Track.self, \.chinese)
        return """
            <form method="get" action="\(Self.path)" class="filters">
            \(Elements.select("track", "事项", choices, selected: track?.rawValue))\(Elements.button("查询"))</form>
            <p>共 \(found.total) 项。</p>\(table)\(WorkList.next(visit, found.next, [("track", track?.rawValue)]))
            """
    }
}
