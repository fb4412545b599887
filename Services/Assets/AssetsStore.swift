import Contracts
import Domain
import Host
import Store

/// An enterprise's assets as stored.
struct StoredAssets: Sendable {
    var enterprise: String
    var state: AssetState
    var shareholders: Int
    var shareNumerator: Int64
    var shareDenominator: Int64
    var agreement: StoredAgreement?
    var handedOverOn: CalendarDay?
    var items: [AssetItem]

    static let columns = """
        code, state, shareholders, share_numerator, share_denominator, handed_over_on, township, agreement_number,
        agreed_on, decision_document, settlement
        """

    init(_ row: Row, items: [String: [AssetItem]]) throws {
        enterprise = try row.text(0)
        state = try Stored.value(AssetState(rawValue: try row.text(1)))
        shareholders = try row.int(2)
        shareNumerator = try row.integer(3)
        shareDenominator = try row.integer(4)
        handedOverOn = try row.optionalText(5).map { try Stored.value(CalendarDay($0)) }
        if let township = try row.optionalText(6) {
            agreement = StoredAgreement(
                township: township, number: try row.text(7), on: try Stored.value(CalendarDay(try row.text(8))),
                decisionDocument: try row.optionalText(9), settlement: try row.optionalText(10))
        }
        self.items = items[enterprise] ?? []
    }

    /// By how much the state owner's equity falls; nil before there is an inventory.
    func writeDown() throws -> WriteDown? {
        guard !items.isEmpty else { return nil }
        return try WriteDownRule.writeDown(items, numerator: shareNumerator, denominator: shareDenominator)
    }
}

/// What enterprise and township signed.
struct StoredAgreement: Equatable, Sendable {
    var township: String
    var number: String
    var on: CalendarDay
    var decisionDocument: String?
    var settlement: String?
}

/// Named reads of the assets store. SQL of the service stands here and in `AssetsWriter` only.
class AssetsReads {
    private let snapshot: Snapshot

    init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    func assets(_ enterprise: String) throws -> StoredAssets? {
        let items = try items("WHERE enterprise = ?", [enterprise])
        return try snapshot.first("SELECT \(StoredAssets.columns) FROM enterprise WHERE code = ?", enterprise) {
            try StoredAssets($0, items: items)
        }
    }

    /// The enterprises within an area, in the order of their codes. A county has some dozens: no paging.
    func assets(within area: Area, state: AssetState?) throws -> [StoredAssets] {
        let (condition, value): (String, String?) =
            switch area {
            case .county: ("?1 IS NULL", nil)
            case .township(let code): ("township = ?1", code)
            case .enterprise(let code): ("code = ?1", code)
            }
        let items = try items("", [])
        return try snapshot.rows(
            """
            SELECT \(StoredAssets.columns) FROM enterprise
            WHERE \(condition) AND (?2 IS NULL OR state = ?2) ORDER BY code
            """, value, state?.rawValue
        ) { try StoredAssets($0, items: items) }
    }

    private func items(_ condition: String, _ values: [any SQLBindable]) throws -> [String: [AssetItem]] {
        let rows = try snapshot.rows(
            """
            SELECT enterprise, name, kind, is_separable, book_value_in_fen FROM item \(condition)
            ORDER BY enterprise, position
            """, values: values
        ) { row in
            (
                try row.text(0),
                AssetItem(
                    name: try row.text(1), kind: try Stored.value(AssetKind(rawValue: try row.text(2))),
                    isSeparable: try row.bool(3), bookValueInFen: try row.integer(4))
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }
}
