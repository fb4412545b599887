import Contracts
import Domain
import Sheets
import Web

/// The ledger as a workbook: everybody whom the page's search finds, with where each track stands. ID numbers stay
/// masked: a whole one is shown person by person only, where it is written down who looked.
enum LedgerExport {
    static let path = "/ledger/export"
    static let mostRows = 5000
    private static let patienceInMilliseconds = 60_000

    private static func header(_ tracks: [Track]) -> [String] {
        ["姓名", "身份证号", "企业", "乡镇", "社区", "状态"] + tracks.map(\.chinese)
    }

    /// The Party track tells who is a member, and that of the out-of-pool items who is paid something: offices that
    /// need neither for their duties do not get these columns.
    static func tracks(for role: Role) -> [Track] {
        Track.allCases.filter { $0.sensitivity.circle.exports.contains(role) }
    }

    static func answer(_ visit: Visit) throws -> WebResponse {
        let made = try visit.desk.exports.take(for: visit.officer.user, patienceInMilliseconds: patienceInMilliseconds)
        {
            try WebResponse.workbook(
                rows(visit), header: header(tracks(for: visit.officer.role)), name: "台账", on: visit.desk.today)
        }
        guard let made else { throw GatewayRefusal.exportsBusy }
        return made
    }

    static func rows(_ visit: Visit) throws -> [[String]] {
        let search = try LedgerSearch(visit)
        let tracks = tracks(for: visit.officer.role)
        var rows: [[String]] = []
        var after: Int64?
        repeat {
            let page = try visit.ask(search.query(limit: 500, after: after))
            rows += try visit.desk.read { reads in
                try page.rows.map { row in
                    let states = try reads.tracks(row.person)
                    return [
                        row.name, row.maskedIdentity, row.enterpriseName, Elements.townshipName(row.township),
                        row.community, row.status.chinese,
                    ] + tracks.map { states[$0]?.word ?? "" }
                }
            }
            after = page.next
        } while after != nil && rows.count < mostRows
        guard after != nil || rows.count > mostRows else { return rows }
        // Nobody is to take a cut list for a whole one.
        return rows.prefix(mostRows) + [["仅导出前 \(mostRows) 人，请缩小筛选范围后分次导出。"]]
    }
}

extension WebResponse {
    /// A table to keep, as a workbook with the day in its name.
    static func workbook(_ rows: [[String]], header: [String], name: String, on day: CalendarDay) throws -> WebResponse
    {
        let bytes = try SheetWriter(sheetName: name, header: header).bytes(rows, format: .xlsx)
        return .download(
            bytes, fileName: "\(name)-\(day).xlsx",
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    }
}
