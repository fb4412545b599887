import Contracts
import Web

/// Where a refusal leads back to: the nearest page above the refused address that this account may open, so that
/// whoever came from a list returns to the list.
enum WayBack {
    static func link(_ visit: Visit) -> HTML {
        let page = page(above: visit.request, for: visit.officer.role)
        return "<p>\(Elements.link(page?.path ?? "/", page.map { "返回\($0.title)" } ?? "返回首页"))</p>"
    }

    private static func page(above request: WebRequest, for role: Role) -> (any Page.Type)? {
        // The page itself may be well, and only what the address asked of it not.
        let longest = request.query.isEmpty ? request.segments.count - 1 : request.segments.count
        for length in stride(from: longest, through: 1, by: -1) {
            let path = "/" + request.segments.prefix(length).joined(separator: "/")
            if let page = Pages.all.first(where: { $0.path == path && $0.roles.contains(role) }) { return page }
        }
        // People are looked up in the ledger, which stands beside their pages and not above them.
        return request.segments.first == "people" && LedgerPage.roles.contains(role) ? LedgerPage.self : nil
    }
}
