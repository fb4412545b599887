import Contracts
import Domain
import Sheets
import Web

/// An empty roster to be filled in: every column that is understood, under its usual heading.
enum RosterTemplate {
    static let path = "/rosters/template"

    static func answer() throws -> WebResponse {
        do {
            return .download(
                try RosterForm.bytes(), fileName: "退休人员移交名册（空表）.xlsx", type: SetAsideDownload.type(of: .xlsx))
        } catch {
            throw Refusal(error.code, .busy, "\(error.message)。", details: error.hint.isEmpty ? [] : [error.hint])
        }
    }
}
