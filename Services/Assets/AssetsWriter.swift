import Contracts
import Domain
import Host
import Store

/// The assets store in the hands of a command or an event: named writes that keep the invariants.
final class AssetsWriter: AssetsReads {
    let context: WriteContext
    private let transaction: Transaction

    init(_ context: WriteContext) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction)
    }

    /// An enterprise of the ledger; heard of again, nothing changes.
    func know(_ enterprise: String) throws {
        try transaction.execute("INSERT INTO enterprise(code) VALUES(?) ON CONFLICT(code) DO NOTHING", enterprise)
    }

    /// Puts an inventory in the place of the one before.
    func saveInventory(
        _ items: [AssetItem], of enterprise: String, shareholders: Int, numerator: Int64, denominator: Int64
    ) throws {
        try replaceItems(of: enterprise, with: items)
        try transaction.execute(
            """
            UPDATE enterprise SET state = ?, shareholders = ?, share_numerator = ?, share_denominator = ?
            WHERE code = ?
            """, AssetState.inventoried.rawValue, shareholders, numerator, denominator, enterprise)
    }

    /// Notes that there is nothing. What an earlier inventory listed is dropped with it.
    func saveNone(of enterprise: String) throws {
        try replaceItems(of: enterprise, with: [])
        try transaction.execute(
            "UPDATE enterprise SET state = ?, shareholders = 0 WHERE code = ?", AssetState.none.rawValue, enterprise)
    }

    func save(_ agreement: StoredAgreement, of enterprise: String) throws {
        try transaction.execute(
            """
            UPDATE enterprise SET state = ?, township = ?, agreement_number = ?, agreed_on = ?, decision_document = ?,
                settlement = ? WHERE code = ?
            """, AssetState.agreed.rawValue, agreement.township, agreement.number, agreement.on.description,
            agreement.decisionDocument, agreement.settlement, enterprise)
    }

    func saveHandOver(of enterprise: String, on day: CalendarDay) throws {
        try transaction.execute(
            "UPDATE enterprise SET state = ?, handed_over_on = ? WHERE code = ?", AssetState.handedOver.rawValue,
            day.description, enterprise)
    }

    private func replaceItems(of enterprise: String, with items: [AssetItem]) throws {
        try transaction.execute("DELETE FROM item WHERE enterprise = ?", enterprise)
        for (position, item) in items.enumerated() {
            try transaction.execute(
                """
                INSERT INTO item(enterprise, position, name, kind, is_separable, book_value_in_fen)
                VALUES(?, ?, ?, ?, ?, ?)
                """, enterprise, position, item.name, item.kind.rawValue, item.isSeparable, item.bookValueInFen)
        }
    }
}
