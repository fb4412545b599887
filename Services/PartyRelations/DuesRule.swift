import Contracts
import Domain

/// How the monthly dues of retired members are reckoned (党费), by rules that hold from a date. Pure.
///
/// The rate holds for the base as a whole, not by steps; the amount is rounded once, half a fen upwards.
struct DuesRule: Sendable {
    /// The first day on which the rule holds.
    var from: CalendarDay
    /// Up to and with this base the lower rate holds.
    var threshold: Money
    var lowerRatePerTenThousand: Int
    var higherRatePerTenThousand: Int
    /// Document, and what counts towards the base.
    var source: String

    /// In the order of their days. Since 2017 only what the base consists of is another.
    static let table = [
        DuesRule(
            from: day(2008, 4, 1), threshold: Money(amountInFen: 500_000), lowerRatePerTenThousand: 50,
            higherRatePerTenThousand: 100, source: "中组发〔2008〕3号：以实际领取的离退休费总额或养老金总额为基数"),
        DuesRule(
            from: day(2017, 1, 1), threshold: Money(amountInFen: 500_000), lowerRatePerTenThousand: 50,
            higherRatePerTenThousand: 100, source: "中组发〔2008〕3号、组电明字〔2017〕5号：以基本离退休费或基本养老金为基数，不含津补贴"),
    ]

    /// The rule of a day; the oldest for days before it.
    static func on(_ day: CalendarDay) -> DuesRule { table.last { $0.from <= day } ?? table[0] }

    /// - Throws: `PartyRelationsRefusal.wrongBase` for a base below zero.
    func dues(base: Money) throws -> MonthlyDues {
        guard base >= .zero else { throw PartyRelationsRefusal.wrongBase }
        let rate = base <= threshold ? lowerRatePerTenThousand : higherRatePerTenThousand
        let amount = try base.multiplied(byNumerator: Int64(rate), denominator: 10_000)
        return MonthlyDues(amountInFen: amount.amountInFen, ratePerTenThousand: rate, source: source)
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay {
        CalendarDay(year: year, month: month, day: day) ?? .earliest
    }
}
