import Contracts
import Domain
import Host

/// How the monthly dues of retired members are reckoned (党费), by rules that hold from a date. Pure.
///
/// The rate holds for the base as a whole, not by steps; the amount is rounded once, half a fen upwards.
struct DuesRule: Codable, Equatable, Sendable {
    /// Up to and with this base the lower rate holds.
    var thresholdInFen: Int64
    var lowerRatePerTenThousand: Int
    var higherRatePerTenThousand: Int

    /// Document, and what counts towards the base. Since 2017 only what the base consists of is another.
    static let parameter = Parameter<DuesRule>(
        "party-relations.dues", title: "离退休党员党费标准",
        form: #"如 {"thresholdInFen":500000,"lowerRatePerTenThousand":50,"higherRatePerTenThousand":100}，比例为万分之几"#,
        roles: [.organization],
        defaults: [
            DatedValue(
                standard, from: CalendarDay(year: 2008, month: 4, day: 1) ?? .earliest,
                source: "中组发〔2008〕3号：以实际领取的离退休费总额或养老金总额为基数"),
            DatedValue(
                standard, from: CalendarDay(year: 2017, month: 1, day: 1) ?? .earliest,
                source: "中组发〔2008〕3号、组电明字〔2017〕5号：以基本离退休费或基本养老金为基数，不含津补贴"),
        ],
        isValid: {
            $0.thresholdInFen >= 0 && (0...10_000).contains($0.lowerRatePerTenThousand)
                && (0...10_000).contains($0.higherRatePerTenThousand)
        },
        text: {
            """
            \(Money(amountInFen: $0.thresholdInFen)) 元以下按万分之 \($0.lowerRatePerTenThousand)，\
            以上按万分之 \($0.higherRatePerTenThousand)
            """
        })

    private static let standard = DuesRule(
        thresholdInFen: 500_000, lowerRatePerTenThousand: 50, higherRatePerTenThousand: 100)

    /// - Throws: `PartyRelationsRefusal.wrongBase` for a base below zero.
    func dues(base: Money, by rule: AppliedRule) throws -> MonthlyDues {
        guard base >= .zero else { throw PartyRelationsRefusal.wrongBase }
        let rate = base.amountInFen <= thresholdInFen ? lowerRatePerTenThousand : higherRatePerTenThousand
        let amount = try base.multiplied(byNumerator: Int64(rate), denominator: 10_000)
        return MonthlyDues(
            amountInFen: amount.amountInFen, ratePerTenThousand: rate, source: rule.source, ruleFrom: rule.holdsFrom)
    }
}

extension PartyRelationsReads {
    /// The dues of a base by the rule of a day; by the oldest for days before it.
    func dues(base: Money, on day: CalendarDay) throws -> MonthlyDues {
        let dated = try snapshot.value(of: DuesRule.parameter, on: day) ?? DuesRule.parameter.defaults[0]
        return try dated.value.dues(base: base, by: DuesRule.parameter.applied(dated))
    }
}
