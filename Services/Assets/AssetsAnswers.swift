import Contracts
import Host

extension GetAssets {
    /// A township sees an enterprise's assets once it is the one that agreed upon them.
    func read(_ assets: AssetsReads, _ context: ReadContext) throws -> AssetRecord {
        guard let stored = try assets.assets(enterprise) else { throw AssetsRefusal.unknownEnterprise }
        try context.requireArea(enterprise: enterprise, township: stored.agreement?.township)
        return try AssetRecord(stored)
    }
}

extension AssetsWork {
    func read(_ assets: AssetsReads, _ context: ReadContext) throws -> AssetRecords {
        AssetRecords(rows: try assets.assets(within: context.officer.area, state: state).map(AssetRecord.init))
    }
}

extension AssetRecord {
    init(_ stored: StoredAssets) throws {
        self.init(
            enterprise: stored.enterprise, state: stored.state, items: stored.items, shareholders: stored.shareholders,
            township: stored.agreement?.township, agreementNumber: stored.agreement?.number,
            agreedOn: stored.agreement?.on, decisionDocument: stored.agreement?.decisionDocument,
            settlement: stored.agreement?.settlement, writeDown: try stored.writeDown(),
            handedOverOn: stored.handedOverOn)
    }
}
