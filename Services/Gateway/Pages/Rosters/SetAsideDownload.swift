import Contracts
import Sheets
import Web

/// The rows of a roster that were not registered, as a file of the format in which they came, with reasons.
enum SetAsideDownload {
    static let path = "/rosters/:roster/set-aside"

    static func answer(_ visit: Visit) throws -> WebResponse {
        let number = try RosterPage.number(visit)
        let roster = try visit.ask(GetRoster(roster: number))
        var headings: [String] = []
        var rows: [SetAsideLine] = []
        var after: Int?
        repeat {
            let page = try visit.ask(GetSetAside(roster: number, after: after, limit: 2000))
            headings = page.headings
            rows += page.rows.map { row($0) }
            after = page.next
        } while after != nil
        let format: SheetFormat = roster.fileName.lowercased().hasSuffix(".csv") ? .csv : .xlsx
        do {
            let bytes = try SetAsideFile.bytes(headings: headings, rows: rows, format: format)
            return .download(bytes, fileName: fileName(roster.fileName, format), type: type(of: format))
        } catch {
            throw Refusal(error.code, .busy, "\(error.message)。", details: error.hint.isEmpty ? [] : [error.hint])
        }
    }

    private static func row(_ entry: SetAsideOriginal) -> SetAsideLine {
        let place = entry.row.column.map { "“\($0)”：" } ?? ""
        let article = entry.row.article.map { "（\($0.citation)）" } ?? ""
        return SetAsideLine(
            sheetRow: entry.row.sheetRow, original: entry.original,
            reason: "\(entry.row.kind.chinese)：\(place)\(entry.row.reason)\(article)", hint: entry.row.hint)
    }

    private static func fileName(_ original: String, _ format: SheetFormat) -> String {
        var stem = original
        for suffix in [".csv", ".xlsx"] where original.lowercased().hasSuffix(suffix) {
            stem = String(original.dropLast(suffix.count))
        }
        return "\(stem)-未导入.\(format.rawValue)"
    }

    static func type(of format: SheetFormat) -> String {
        switch format {
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        }
    }
}
