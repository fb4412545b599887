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
    /// Which page is shown, and the way back.
    var trail: PageTrail

    /// - Throws: `GatewayRefusal.searchEnded` when the address holds a text that this session did not seal.
    init(_ visit: Visit) throws {
        text = try Self.text(visit)
        enterprise = visit.optional("enterprise")
        township = visit.optional("township")
        status = visit.optional("status").flatMap(PersonStatus.init)
        trail = PageTrail(visit.text("after"))
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
}

/// Where the pages after the first one began, up to the one that is shown: the way back through a list that only knows
/// how to go on. Of many pages only the last are kept, because all of it stands in the address.
struct PageTrail: Equatable {
    static let mostKept = 50

    /// How many pages after the first one are no longer kept.
    private var forgotten: Int
    private var starts: [Int64]

    init(_ text: String) {
        let parts = text.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        forgotten = parts.count == 2 ? max(0, Int(parts[0]) ?? 0) : 0
        starts = (parts.last ?? "").split(separator: ".").compactMap { Int64($0) }
        if starts.isEmpty { forgotten = 0 }
    }

    private init(forgotten: Int, starts: [Int64]) {
        let kept = starts.suffix(Self.mostKept)
        self.forgotten = forgotten + starts.count - kept.count
        self.starts = Array(kept)
    }

    /// Counted from 1.
    var page: Int { forgotten + starts.count + 1 }
    /// After whom the page begins; nil for the first one.
    var after: Int64? { starts.last }

    /// Nil on the first page, and where the way back is not kept.
    var previous: PageTrail? {
        guard starts.count > 1 || (starts.count == 1 && forgotten == 0) else { return nil }
        return PageTrail(forgotten: forgotten, starts: Array(starts.dropLast()))
    }

    func next(after start: Int64) -> PageTrail { PageTrail(forgotten: forgotten, starts: starts + [start]) }

    /// As it stands in an address; nil for the first page.
    var text: String? {
        guard !starts.isEmpty else { return nil }
        let kept = starts.map { String($0) }.joined(separator: ".")
        return forgotten == 0 ? kept : "\(forgotten)~\(kept)"
    }
}
