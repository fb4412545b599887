import Contracts
import Domain
import Sheets
import Web

/// Who looked at whose data, for the data protection officer, who sees numbers of people and no person.
struct LookedPage: Page {
    static let path = "/looked"
    static let title = "查阅记录"
    static let menu: String? = "查阅记录"
    static let roles = ListLooked.roles

    func show(_ visit: Visit) throws -> HTML {
        let filter = try LookedFilter(visit)
        let found = try filter.ask(visit, after: filter.after(visit), limit: WorkList.rowsPerPage)
        let unusual = filter.unusual(visit)
        let next = found.hasMore ? found.rows.last.map { filter.address(Self.path, after: $0) } : nil
        return """
            \(Elements.section("须核问的查阅", unusualTable(unusual)))
            \(Elements.section("记录", "\(form(filter))\(links(filter))\(table(found.rows))\(Elements.next(next))"))
            """
    }

    private func unusualTable(_ found: LookedFilter.Unusual) -> HTML {
        let names = found.silent.map(\.chinese).joined(separator: "、")
        let silent: HTML = names.isEmpty ? HTML() : "<p class=\"notice\">没有答复，未计入：\(names)</p>"
        let table = Elements.table(
            headers: ["日期", "部门服务", "账号", "职责", "人数", "次数", "原因"],
            rows: found.rows.map { service, row in
                [
                    "\(row.day.description)", "\(service.chinese)", "\(row.user)", "\(row.role.chinese)",
                    "\(row.people)",
                    "\(row.times)", "\(row.reason)",
                ]
            }, empty: "所选日期内没有。")
        return "\(silent)\(table)"
    }

    private func form(_ filter: LookedFilter) -> HTML {
        """
        <form method="get" action="\(Self.path)" class="filters">
        \(Elements.select(
            "service", "部门服务", ServiceName.departments.map { ($0.rawValue, $0.chinese) },
            selected: filter.service.rawValue))
        \(Elements.field("person", "人员编号", value: filter.person.map { String($0.rawValue) } ?? ""))
        \(Elements.field("user", "账号", value: filter.user ?? ""))
        \(Elements.field("from", "自", value: filter.from?.description ?? "", type: "date"))
        \(Elements.field("until", "至", value: filter.until?.description ?? "", type: "date"))
        \(Elements.button("查询"))</form>
        """
    }

    private func links(_ filter: LookedFilter) -> HTML {
        """
        <p class="screen">\(Elements.link(filter.address(LookedExport.path, after: nil), "导出本筛选（.xlsx）"))</p>
        """
    }

    private func table(_ rows: [LookedRow]) -> HTML {
        Elements.table(
            headers: LookedExport.header, rows: rows.map { row in LookedExport.cells(row).map { "\($0)" } },
            empty: "没有查阅记录。")
    }
}

/// What the page and the export are narrowed to.
struct LookedFilter {
    struct Unusual {
        var rows: [(service: ServiceName, row: UnusualLooking)] = []
        var silent: [ServiceName] = []
    }

    var service: ServiceName
    var person: PersonID?
    var user: String?
    var from: CalendarDay?
    var until: CalendarDay?

    init(_ visit: Visit) throws {
        let named = visit.optional("service").flatMap(ServiceName.init(rawValue:))
        service = named.flatMap { ServiceName.departments.contains($0) ? $0 : nil } ?? .registry
        person = visit.optional("person").flatMap { Int64($0) }.map { PersonID($0) }
        user = visit.optional("user")
        from = try Self.day(visit, "from") ?? visit.desk.today.adding(days: -30)
        until = try Self.day(visit, "until")
    }

    private static func day(_ visit: Visit, _ name: String) throws -> CalendarDay? {
        try visit.optional(name).map { text in
            guard let day = CalendarDay(text) else { throw FormFault.refusal("日期") }
            return day
        }
    }

    private func query(after: LookedRow?, isUnusualOnly: Bool? = nil, limit: Int) -> ListLooked {
        ListLooked(
            subject: person?.key, user: user, from: from, until: until, isUnusualOnly: isUnusualOnly, after: after,
            limit: limit)
    }

    func ask(_ visit: Visit, after: LookedRow?, limit: Int) throws -> LookedRows {
        try visit.desk.ask(service, ListLooked.name, query(after: after, limit: limit), as: visit.acting)
    }

    /// Of all departments; who does not answer is named.
    func unusual(_ visit: Visit) -> Unusual {
        var found = Unusual()
        for service in ServiceName.departments {
            let query = query(after: nil, isUnusualOnly: true, limit: 1)
            guard
                let rows: LookedRows = try? visit.desk.ask(service, ListLooked.name, query, as: visit.acting)
            else {
                found.silent.append(service)
                continue
            }
            found.rows += rows.unusual.map { (service, $0) }
        }
        found.rows.sort { $0.row.day > $1.row.day }
        return found
    }

    func address(_ path: String, after: LookedRow?) -> String {
        Address(
            path,
            [
                ("service", service.rawValue), ("person", person.map { String($0.rawValue) }), ("user", user),
                ("from", from?.description), ("until", until?.description), ("after-day", after?.day.description),
                ("after-subject", after?.subject), ("after-user", after?.user), ("after-message", after?.message),
            ]
        ).string
    }

    /// Where the page before ended.
    func after(_ visit: Visit) throws -> LookedRow? {
        guard let day = try Self.day(visit, "after-day") else { return nil }
        return LookedRow(
            day: day, subject: visit.text("after-subject"), user: visit.text("after-user"), role: .dataProtection,
            message: visit.text("after-message"), times: 0, lastAt: visit.desk.now)
    }
}

/// The page's rows as a workbook.
enum LookedExport {
    static let path = "/looked/export"
    static let mostRows = 20_000
    static let header = ["日期", "人员", "账号", "职责", "查询", "次数", "最后时间", "凭证"]

    static func cells(_ row: LookedRow) -> [String] {
        [
            row.day.description, subject(row.subject), row.user, row.role.chinese, row.message, String(row.times),
            Moment.text(row.lastAt), row.proof ?? "",
        ]
    }

    private static func subject(_ key: String) -> String {
        let parts = key.split(separator: ":").map(String.init)
        guard parts.count == 2 else { return key }
        return parts[0] == "person" ? "人员 \(parts[1])" : parts[0] == "roster" ? "名册 \(parts[1]) 的未导入行" : key
    }

    static func answer(_ visit: Visit) throws -> WebResponse {
        let made = try visit.desk.exports.take(for: visit.officer.user, patienceInMilliseconds: 60_000) {
            try WebResponse.workbook(rows(visit), header: header, name: "查阅记录", on: visit.desk.today)
        }
        guard let made else { throw GatewayRefusal.exportsBusy }
        return made
    }

    private static func rows(_ visit: Visit) throws -> [[String]] {
        let filter = try LookedFilter(visit)
        var rows: [[String]] = []
        var after: LookedRow?
        repeat {
            let page = try filter.ask(visit, after: after, limit: ListLooked.mostRows)
            rows += page.rows.map(cells)
            after = page.hasMore ? page.rows.last : nil
        } while after != nil && rows.count < mostRows
        guard after != nil else { return rows }
        // Nobody is to take a cut list for a whole one.
        return rows + [["仅导出前 \(rows.count) 行，请缩小日期范围分次导出。"]]
    }
}
