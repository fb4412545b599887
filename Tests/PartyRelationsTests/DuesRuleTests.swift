import Contracts
import Domain
import Host
import Testing

@testable import PartyRelations

@Suite("Monthly dues (中组发〔2008〕3号)")
struct DuesRuleTests {
    private func rule(_ day: String) throws -> DatedValue<DuesRule> {
        try #require(DuesRule.parameter.defaults.last { $0.holdsFrom <= CalendarDay(day)! })
    }

    private func dues(_ base: Int64) throws -> MonthlyDues {
        let dated = try rule("2026-11-24")
        return try dated.value.dues(base: Money(amountInFen: base), by: DuesRule.parameter.applied(dated))
    }

    @Test(
        "Up to 5,000 yuan half a per cent, above one per cent of the whole base, half a fen upwards",
        arguments: [
            (0, 0, 50), (1, 0, 50), (99, 0, 50), (100, 1, 50), (299, 1, 50), (300, 2, 50), (312_550, 1563, 50),
            (499_999, 2500, 50), (500_000, 2500, 50), (500_001, 5000, 100), (500_050, 5001, 100),
            (500_049, 5000, 100), (823_456, 8235, 100),
        ] as [(Int64, Int64, Int)])
    func amounts(base: Int64, amount: Int64, rate: Int) throws {
        let dues = try dues(base)
        #expect(dues.amountInFen == amount)
        #expect(dues.ratePerTenThousand == rate)
    }

    @Test("A base below zero is refused; the greatest possible one is reckoned")
    func limits() throws {
        #expect(throws: PartyRelationsRefusal.wrongBase) { try dues(-1) }
        let greatest = try dues(.max)
        #expect(greatest.amountInFen == Int64.max / 100)
    }

    @Test("Rules hold from their day; since 2017 the base leaves allowances out")
    func dated() throws {
        #expect(try !rule("2016-12-31").source.contains("2017"))
        #expect(try rule("2017-01-01").source.contains("组电明字〔2017〕5号"))
        #expect(try rule("2026-11-24").source.contains("不含津补贴"))
    }
}

@Suite("第十条（三）: the four things before a transfer")
struct TransferConditionTests {
    static let day = CalendarDay("2026-11-20")!

    @Test("None is missing when all are done and dues are paid up to the month before")
    func complete() {
        #expect(TransferConditions.missing(.complete, dated: Self.day) == [])
        #expect(TransferConditions.missing(.complete, dated: CalendarDay("2026-11-01")!) == [])
        #expect(TransferConditions.missing(.complete, dated: CalendarDay("2026-10-31")!) == [])
        #expect(
            TransferConditions.missing(.complete, dated: CalendarDay("2026-12-01")!) == ["应缴党费收缴（至少交至2026年11月）"])
    }

    @Test("Each is named alone and all together, in the order of the rule")
    func missing() {
        func missing(_ change: (inout TransferPreparation) -> Void) -> [String] {
            var preparation = TransferPreparation.complete
            change(&preparation)
            return TransferConditions.missing(preparation, dated: Self.day)
        }
        #expect(missing { $0.duesBaseVerified = false } == ["党费交纳基数核准"])
        #expect(missing { $0.duesPaidThrough = nil } == ["应缴党费收缴（至少交至2026年10月）"])
        #expect(missing { $0.duesPaidThrough = CalendarMonth("2026-09") } == ["应缴党费收缴（至少交至2026年10月）"])
        #expect(missing { $0.dataGathered = false } == ["党员基本信息梳理汇总"])
        #expect(missing { $0.fileChecked = false } == ["党员档案核查完备"])
        let nothing = TransferPreparation(fileChecked: false, duesBaseVerified: false, dataGathered: false)
        #expect(
            TransferConditions.missing(nothing, dated: CalendarDay("2026-01-05")!) == [
                "党费交纳基数核准", "应缴党费收缴（至少交至2025年12月）", "党员基本信息梳理汇总", "党员档案核查完备",
            ])
    }
}
