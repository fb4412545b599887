import Contracts
import Domain
import Support
import Testing

@testable import Assets

@Suite("Inventories (第十一条（一）、（三）、（四）)")
struct InventoryTests {
    @Test("第十一条（四）: the write-down is the total book value times the state's share, rounded once, half up")
    func writeDown() throws {
        let cases: [([Int64], Int64, Int64, Int64)] = [
            ([100], 1, 1, 100), ([1], 1, 2, 1), ([1], 1, 3, 0), ([2], 1, 3, 1), ([1, 1, 1], 1, 2, 2), ([0], 51, 100, 0),
            ([33_33, 66_67], 51, 100, 51_00), ([Int64.max], 1, 1, Int64.max),
            // The product passes 64 bits on the way, the result does not.
            ([9_000_000_000_000_000_000], 999_999_999, 1_000_000_000, 8_999_999_991_000_000_000),
        ]
        for (values, numerator, denominator, expected) in cases {
            let items = values.map {
                AssetItem(name: "设备", kind: .equipment, isSeparable: true, bookValueInFen: $0)
            }
            let result = try WriteDownRule.writeDown(items, numerator: numerator, denominator: denominator)
            #expect(result.writeDownInFen == expected)
            #expect(result.bookValueInFen == values.reduce(0, +))
        }
    }

    @Test("A sum beyond what can be computed is refused, not wrapped round")
    func tooLarge() {
        let item = AssetItem(name: "楼", kind: .premises, isSeparable: true, bookValueInFen: Int64.max)
        #expect(throws: AssetsRefusal.valueTooLarge) {
            try WriteDownRule.writeDown([item, .hall], numerator: 1, denominator: 1)
        }
    }

    @Test("An inventory is recorded, told of, and answered with its write-down")
    func recorded() throws {
        let bench = try AssetsBench()
        try bench.enterprise()
        #expect(try bench.state() == .awaiting)
        let writeDown = try bench.execute(
            RecordInventory.sample([.hall, .table], shareholders: 3, share: (51, 100)), as: .enterprise())
        #expect(
            writeDown
                == WriteDown(
                    bookValueInFen: 12_345_67, stateShareNumerator: 51, stateShareDenominator: 100,
                    writeDownInFen: 6_296_29))
        let record = try bench.ask(GetAssets(enterprise: Sample.enterprise), as: .enterprise())
        #expect(record.state == .inventoried && record.items == [.hall, .table] && record.shareholders == 3)
        #expect(record.writeDown == writeDown)
        #expect(try bench.newEvents(InventoryRecorded.self).map(\.items) == [2])
    }

    @Test("Each fault of an inventory has its refusal, which names the item")
    func faults() throws {
        let bench = try AssetsBench()
        try bench.enterprise()
        var nameless = AssetItem.hall
        nameless.name = " 　"
        var negative = AssetItem.table
        negative.bookValueInFen = -1
        let cases: [(RecordInventory, Refusal)] = [
            (.sample([]), AssetsRefusal.emptyInventory),
            (.sample([.hall, nameless]), AssetsRefusal.itemNameMissing.naming(["第 2 项"])),
            (.sample([.hall, negative]), AssetsRefusal.negativeBookValue.naming(["乒乓球台"])),
            (.sample(shareholders: 0), AssetsRefusal.noShareholder),
            (.sample(share: (0, 1)), AssetsRefusal.wrongShare), (.sample(share: (3, 2)), AssetsRefusal.wrongShare),
            (.sample(share: (1, 0)), AssetsRefusal.wrongShare), (.sample(share: (-2, -1)), AssetsRefusal.wrongShare),
            (.sample(share: (51, 100)), AssetsRefusal.shareholdersMissing),
            (.sample(enterprise: Sample.otherEnterprise), AssetsRefusal.unknownEnterprise),
        ]
        for (inventory, refusal) in cases {
            #expect(try bench.refusal(of: inventory, as: .finance) == refusal)
        }
        let huge = AssetItem(name: "楼", kind: .premises, isSeparable: true, bookValueInFen: Int64.max)
        #expect(
            try bench.refusal(of: RecordInventory.sample([huge, .hall]), as: .finance)?.slug
                == "assets.inventory.value-too-large")
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.state() == .awaiting)
    }

    @Test("An inventory is corrected until the agreement; the same one again changes nothing")
    func corrected() throws {
        let bench = try AssetsBench()
        try bench.inventoried()
        try bench.execute(RecordInventory.sample(), as: .finance)
        #expect(try bench.newEventNames() == ["assets.inventory.recorded"])
        try bench.execute(RecordInventory.sample([.table]), as: .finance)
        #expect(try bench.ask(GetAssets(enterprise: Sample.enterprise), as: .finance).items == [.table])
        // Another number of shareholders is a correction, too.
        try bench.execute(RecordInventory.sample([.table], shareholders: 2), as: .finance)
        #expect(try bench.newEvents(InventoryRecorded.self).count == 2)
        try bench.execute(SignAgreement.sample(decision: "董决〔2026〕1号"), as: .finance)
        for command in [RecordInventory.sample(), .sample([.table], shareholders: 2)] {
            #expect(try bench.refusal(of: command, as: .enterprise()) == AssetsRefusal.inventoryAgreed)
        }
        #expect(
            try bench.refusal(of: DeclareNoAssets(enterprise: Sample.enterprise), as: .enterprise())
                == AssetsRefusal.inventoryAgreed)
    }

    @Test("第十一条（三）: where there is nothing, nothing may be asked for; a later inventory opens the matter again")
    func none() throws {
        let bench = try AssetsBench()
        try bench.inventoried()
        _ = try bench.newEvents()
        let none = DeclareNoAssets(enterprise: Sample.enterprise)
        try bench.execute(none, as: .enterprise())
        try bench.execute(none, as: .enterprise())
        #expect(try bench.newEventNames() == ["assets.none.declared"])
        let record = try bench.ask(GetAssets(enterprise: Sample.enterprise), as: .finance)
        #expect(record.state == .none && record.items.isEmpty && record.writeDown == nil && record.shareholders == 0)
        let refusal = try bench.refusal(of: SignAgreement.sample(), as: .finance)
        #expect(refusal == AssetsRefusal.nothingToAgree)
        #expect(refusal?.article?.citation == "第十一条（三）")
        try bench.execute(RecordInventory.sample(), as: .enterprise())
        #expect(try bench.state() == .inventoried)
        try bench.execute(SignAgreement.sample(), as: .finance)
        #expect(try bench.state() == .agreed)
    }

    @Test("Only an enterprise of the ledger can state that it has nothing")
    func noneOfUnknown() throws {
        let bench = try AssetsBench()
        #expect(
            try bench.refusal(of: DeclareNoAssets(enterprise: Sample.enterprise), as: .enterprise())
                == AssetsRefusal.unknownEnterprise)
    }
}
