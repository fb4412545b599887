import Contracts
import Domain
import Support
import Testing

@testable import Assets

@Suite("Agreement and hand-over (第十一条、第十六条（五）)")
struct AgreementTests {
    private let today = CalendarDay("2026-11-24")!

    private func refusal(
        _ change: (inout StoredAgreement) -> Void, shareholders: Int = 1, items: [AssetItem] = [.hall]
    ) -> Refusal? {
        var agreement = StoredAgreement(township: Sample.township, number: "1", on: CalendarDay("2026-11-01")!)
        change(&agreement)
        do {
            try AgreementRule.check(agreement, shareholders: shareholders, items: items, today: today)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test("What an agreement must hold, each fault with its refusal")
    func rule() {
        #expect(refusal { _ in } == nil)
        #expect(refusal { $0.township = "532529999" } == AssetsRefusal.unknownTownship)
        #expect(refusal { $0.number = "" } == AssetsRefusal.agreementNumberMissing)
        #expect(refusal { $0.on = CalendarDay("2020-07-30")! } == AssetsRefusal.dateTooEarly)
        #expect(refusal { $0.on = CalendarDay("2020-07-31")! } == nil)
        #expect(refusal { $0.on = CalendarDay("2026-11-25")! } == AssetsRefusal.dateInFuture)
        #expect(refusal { $0.on = today } == nil)
    }

    @Test("第十一条（四）: with several shareholders their decision is needed, with one it is not")
    func decision() {
        #expect(refusal({ _ in }, shareholders: 2) == AssetsRefusal.decisionMissing)
        #expect(refusal({ $0.decisionDocument = "股决〔2026〕2号" }, shareholders: 2) == nil)
        #expect(AssetsRefusal.decisionMissing.article?.citation == "第十一条（四）")
    }

    @Test("第十一条（二）: what cannot be separated needs a settlement, and is named")
    func settlement() {
        #expect(
            refusal({ _ in }, items: [.hall, .sharedFloor]) == AssetsRefusal.settlementMissing.naming(["办公楼一层"]))
        #expect(refusal({ $0.settlement = "以沿街商铺调换" }, items: [.hall, .sharedFloor]) == nil)
        #expect(AssetsRefusal.settlementMissing.article?.citation == "第十一条（二）")
    }

    @Test("An agreement is signed once, with all that it says; the same again changes nothing")
    func signed() throws {
        let bench = try AssetsBench()
        try bench.inventoried(.sample([.hall, .sharedFloor], shareholders: 2, share: (2, 3)))
        _ = try bench.newEvents()
        let agreement = SignAgreement.sample(decision: "股决〔2026〕2号 ", settlement: " 以沿街商铺调换")
        let writeDown = try bench.execute(agreement, as: .finance)
        #expect(writeDown.writeDownInFen == 41_563_78)
        #expect(try bench.execute(agreement, as: .finance) == writeDown)
        let events = try bench.newEvents(AgreementSigned.self)
        #expect(events.map(\.township) == [Sample.township] && events.map(\.on) == [CalendarDay("2026-11-01")!])
        let record = try bench.ask(GetAssets(enterprise: Sample.enterprise), as: .township())
        #expect(record.state == .agreed && record.agreementNumber == "红资划〔2026〕3号")
        #expect(record.decisionDocument == "股决〔2026〕2号" && record.settlement == "以沿街商铺调换")
        #expect(record.agreedOn == CalendarDay("2026-11-01") && record.writeDown == writeDown)
        #expect(
            try bench.refusal(of: SignAgreement.sample(number: "另一份"), as: .finance) == AssetsRefusal.otherAgreement)
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("Refusals of an agreement leave nothing behind; blanks are no document")
    func refused() throws {
        let bench = try AssetsBench()
        #expect(try bench.refusal(of: SignAgreement.sample(), as: .finance) == AssetsRefusal.unknownEnterprise)
        try bench.enterprise()
        #expect(try bench.refusal(of: SignAgreement.sample(), as: .finance) == AssetsRefusal.notInventoried)
        try bench.inventoried(.sample([.sharedFloor], shareholders: 2))
        _ = try bench.newEvents()
        let cases: [(SignAgreement, Refusal)] = [
            (.sample(township: "甲寅镇"), AssetsRefusal.unknownTownship),
            (.sample(number: " "), AssetsRefusal.agreementNumberMissing),
            (.sample(dated: "2020-07-30"), AssetsRefusal.dateTooEarly),
            (.sample(dated: "2026-11-25"), AssetsRefusal.dateInFuture),
            (.sample(decision: " ", settlement: "调换"), AssetsRefusal.decisionMissing),
            (.sample(decision: "股决", settlement: "　"), AssetsRefusal.settlementMissing.naming(["办公楼一层"])),
        ]
        for (agreement, refusal) in cases {
            #expect(try bench.refusal(of: agreement, as: .finance) == refusal)
        }
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.state() == .inventoried)
    }

    @Test("The day is the county's day: at 00:00 in China it may be dated today, a minute before it may not")
    func localDay() throws {
        let bench = try AssetsBench()
        try bench.inventoried()
        let midnight = CalendarDay("2026-11-25")!.start
        bench.clock.set(midnight.advanced(byMilliseconds: -60_000))
        let agreement = SignAgreement.sample(dated: "2026-11-25")
        #expect(try bench.refusal(of: agreement, as: .finance) == AssetsRefusal.dateInFuture)
        bench.clock.set(midnight)
        #expect(try bench.refusal(of: agreement, as: .finance) == nil)
    }

    @Test("第十一条（一）: handed over after the agreement, once and for all")
    func handedOver() throws {
        let bench = try AssetsBench()
        #expect(try bench.refusal(of: HandOverAssets.on("2026-11-10"), as: .finance) == AssetsRefusal.unknownEnterprise)
        try bench.inventoried()
        #expect(try bench.refusal(of: HandOverAssets.on("2026-11-10"), as: .finance) == AssetsRefusal.notAgreed)
        try bench.agreed()
        _ = try bench.newEvents()
        #expect(
            try bench.refusal(of: HandOverAssets.on("2026-10-31"), as: .naturalResources)
                == AssetsRefusal.dateBeforeAgreement)
        #expect(
            try bench.refusal(of: HandOverAssets.on("2026-11-25"), as: .naturalResources) == AssetsRefusal.dateInFuture)
        try bench.execute(HandOverAssets.on("2026-11-01"), as: .naturalResources)
        try bench.execute(HandOverAssets.on("2026-11-01"), as: .finance)
        #expect(try bench.newEvents(AssetsHandedOver.self).map(\.on) == [CalendarDay("2026-11-01")!])
        #expect(try bench.refusal(of: HandOverAssets.on("2026-11-02"), as: .finance) == AssetsRefusal.handedOver)
        #expect(try bench.refusal(of: RecordInventory.sample(), as: .finance) == AssetsRefusal.inventoryAgreed)
        let record = try bench.ask(GetAssets(enterprise: Sample.enterprise), as: .workingTeam)
        #expect(record.state == .handedOver && record.handedOverOn == CalendarDay("2026-11-01"))
    }
}
