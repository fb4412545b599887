import Contracts
import Domain

extension RecordInventory {
    /// May be corrected until there is an agreement. The same inventory again changes nothing. One that comes after
    /// "there is nothing" opens the matter again.
    func execute(_ assets: AssetsWriter) throws -> WriteDown {
        let stored = try assets.unsettled(enterprise)
        let items = try InventoryRule.check(self)
        let writeDown = try WriteDownRule.writeDown(
            items, numerator: stateShareNumerator, denominator: stateShareDenominator)
        let isRepeat =
            stored.items == items && stored.shareholders == shareholders
            && stored.shareNumerator == stateShareNumerator && stored.shareDenominator == stateShareDenominator
        guard !isRepeat else { return writeDown }
        try assets.saveInventory(
            items, of: enterprise, shareholders: shareholders, numerator: stateShareNumerator,
            denominator: stateShareDenominator)
        try assets.context.emit(InventoryRecorded(enterprise: enterprise, items: items.count))
        return writeDown
    }
}

extension DeclareNoAssets {
    /// From then on nobody may ask for any (第十一条（三）), until the enterprise itself sends an inventory.
    func execute(_ assets: AssetsWriter) throws -> Done {
        let stored = try assets.unsettled(enterprise)
        guard stored.state != .none else { return Done() }
        try assets.saveNone(of: enterprise)
        try assets.context.emit(NoAssetsDeclared(enterprise: enterprise))
        return Done()
    }
}

extension AssetsWriter {
    /// A known enterprise.
    func known(_ enterprise: String) throws -> StoredAssets {
        guard let stored = try assets(enterprise) else { throw AssetsRefusal.unknownEnterprise }
        try context.requireArea(enterprise: enterprise, township: stored.agreement?.township)
        return stored
    }

    /// An enterprise whose assets are not agreed upon yet.
    func unsettled(_ enterprise: String) throws -> StoredAssets {
        let stored = try known(enterprise)
        guard stored.agreement == nil else { throw AssetsRefusal.inventoryAgreed }
        return stored
    }
}

/// What an inventory must hold (第十一条（一）、（四）).
enum InventoryRule {
    /// - Returns: the items with their names trimmed.
    static func check(_ inventory: RecordInventory) throws -> [AssetItem] {
        guard !inventory.items.isEmpty else { throw AssetsRefusal.emptyInventory }
        let items = inventory.items.map { item in
            AssetItem(
                name: TextForm.trimming(item.name), kind: item.kind, isSeparable: item.isSeparable,
                bookValueInFen: item.bookValueInFen)
        }
        let nameless = items.enumerated().filter { $0.element.name.isEmpty }
        guard nameless.isEmpty else {
            throw AssetsRefusal.itemNameMissing.naming(nameless.map { "第 \($0.offset + 1) 项" })
        }
        let negative = items.filter { $0.bookValueInFen < 0 }
        guard negative.isEmpty else { throw AssetsRefusal.negativeBookValue.naming(negative.map(\.name)) }
        guard inventory.shareholders >= 1 else { throw AssetsRefusal.noShareholder }
        guard inventory.stateShareNumerator >= 1, inventory.stateShareNumerator <= inventory.stateShareDenominator
        else { throw AssetsRefusal.wrongShare }
        // Whoever owns the rest is a shareholder, too, and has to be asked.
        guard inventory.shareholders > 1 || inventory.stateShareNumerator == inventory.stateShareDenominator else {
            throw AssetsRefusal.shareholdersMissing
        }
        return items
    }
}
