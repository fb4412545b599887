import Contracts
import Domain
import Web

/// What the ledger is searched by.
struct LedgerSearch {
    /// A name, a part of one, or an ID number.
    var text: String?
    var enterprise: String?
    var township: String?
    var status: PersonStatus?
    /// Where each page after the first one began, up to the one that is shown: the way back through the pages.
    var trail: [Int64]

    /// - Throws: `GatewayRefusal.searchEnded` when the address holds a text that this session did not seal.
    init(_ visit: Visit) throws {
        text = try Self.text(visit)
        enterprise = visit.optional("enterprise")
        township = visit.optional("township")
        status = visit.optional("status").flatMap(PersonStatus.init)
        trail = visit.text("after").split(separator: ".").compactMap { Int64($0) }
    }

    private static func text(_ visit: Visit) throws -> String? {
        if visit.request.method == .post {
            // Cut, not refused: so long a text fits nobody's name, and the page then says that nobody was found.
            return visit.optional("text").map {
                String(String.UnicodeScalarView($0.unicodeScalars.prefix(GatewaySealer.longestSearchInCharacters)))
            }
        }
        guard let sealed = visit.request.query("search"), !sealed.isEmpty else { return nil }
        guard let text = visit.desk.sealer.search(sealed, visit.session) else { throw GatewayRefusal.searchEnded }
        return text
    }

    func query(limit: Int, after: Int64?) -> SearchPersons {
        SearchPersons(
            text: text, enterprise: enterprise, township: township, status: status, after: after, limit: limit)
    }

    /// What stands in an address: codes as they are, the text sealed.
    func filters(_ visit: Visit) -> [(String, String?)] {
        [
            ("search", text.map { visit.desk.sealer.seal(search: $0, visit.session) }), ("enterprise", enterprise),
            ("township", township), ("status", status?.rawValue),
        ]
    }

    static func text(_ trail: [Int64]) -> String? {
        trail.isEmpty ? nil : trail.map { String($0) }.joined(separator: ".")
    }
}
