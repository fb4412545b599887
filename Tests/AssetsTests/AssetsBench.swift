import Contracts
import Domain
import Support

@testable import Assets

typealias AssetsBench = ServiceBench<Assets>

extension ServiceBench where Logic == Assets {
    /// The ledger tells of an enterprise.
    func enterprise(_ code: String = Sample.enterprise) throws {
        try feed(
            EnterpriseRecorded(
                enterprise: code, name: "红河县测试茶厂", ownership: .county, isFinancial: false, hasVanished: false,
                hasAnnuity: false), from: .registry)
    }

    /// An enterprise with an inventory.
    @discardableResult
    func inventoried(_ inventory: RecordInventory = .sample()) throws -> WriteDown {
        try enterprise(inventory.enterprise)
        return try execute(inventory, as: .enterprise(inventory.enterprise))
    }

    /// An enterprise with an agreement of 2026-11-01.
    @discardableResult
    func agreed() throws -> WriteDown {
        try inventoried()
        return try execute(SignAgreement.sample(), as: .finance)
    }

    func state(_ code: String = Sample.enterprise) throws -> AssetState {
        try ask(GetAssets(enterprise: code), as: .finance).state
    }
}

extension RecordInventory {
    static func sample(
        _ items: [AssetItem] = [.hall], enterprise: String = Sample.enterprise, shareholders: Int = 1,
        share: (Int64, Int64) = (1, 1)
    ) -> RecordInventory {
        RecordInventory(
            enterprise: enterprise, items: items, shareholders: shareholders, stateShareNumerator: share.0,
            stateShareDenominator: share.1)
    }
}

extension SignAgreement {
    static func sample(
        township: String = Sample.township, number: String = "红资划〔2026〕3号", dated: String = "2026-11-01",
        decision: String? = nil, settlement: String? = nil
    ) -> SignAgreement {
        SignAgreement(
            enterprise: Sample.enterprise, township: township, agreementNumber: number, dated: CalendarDay(dated)!,
            decisionDocument: decision, settlement: settlement)
    }
}

extension HandOverAssets {
    static func on(_ day: String) -> HandOverAssets {
        HandOverAssets(enterprise: Sample.enterprise, dated: CalendarDay(day)!)
    }
}

extension AssetItem {
    static let hall = AssetItem(
        name: "老年活动室", kind: .premises, isSeparable: true, bookValueInFen: 12_345_67)
    static let sharedFloor = AssetItem(
        name: "办公楼一层", kind: .premises, isSeparable: false, bookValueInFen: 50_000_00)
    static let table = AssetItem(name: "乒乓球台", kind: .equipment, isSeparable: true, bookValueInFen: 0)
}

extension Officer {
    static let naturalResources = Officer(user: "ziran", role: .naturalResources)
}
