import Contracts
import Domain
import Host
import Support
import Testing

@testable import PartyRelations

@Suite("Dues and letters by dated data")
struct PartyParameterTests {
    private let bench: PartyBench

    /// Two members prepared today, the second one's letter out.
    init() throws {
        bench = try PartyBench()
        try bench.enterprise()
        try bench.execute(PrepareTransfer.complete(bench.member(1)), as: .enterprise())
        try bench.sent(2)
        try bench.member(3)
    }

    private func dues(lower: Int, from day: String, isRetroactive: Bool = false) -> SetParameter {
        SetParameter(
            parameter: DuesRule.parameter.name,
            value: #"{"thresholdInFen":500000,"lowerRatePerTenThousand":\#(lower),"higherRatePerTenThousand":100}"#,
            holdsFrom: CalendarDay(day)!, source: "组电明字〔2026〕1号", isRetroactive: isRetroactive, isPreview: false)
    }

    private func record(_ person: Int64) throws -> TransferRecord {
        try bench.ask(GetTransfer(person: PersonID(person)), as: .organization)
    }

    @Test("Dues name the rule and its day; a later rule counts from its day on")
    func later() throws {
        #expect(try record(1).dues?.ruleFrom?.description == "2017-01-01")
        try bench.execute(dues(lower: 10, from: "2026-12-01"), as: .organization)
        #expect(try record(1).dues?.ratePerTenThousand == 50)
        bench.clock.set(CalendarDay("2026-12-01")!)
        try bench.execute(PrepareTransfer.complete(PersonID(3)), as: .enterprise())
        let later = try #require(try record(3).dues)
        #expect(later.ratePerTenThousand == 10 && later.ruleFrom?.description == "2026-12-01")
        #expect(later.source == "组电明字〔2026〕1号")
    }

    @Test("Backwards only when it is said, and then the letter that is out keeps its dues")
    func retroactive() throws {
        let sent = try record(2).dues
        let refusal = try bench.refusal(of: dues(lower: 10, from: "2026-11-24"), as: .organization)
        #expect(refusal?.slug == ParameterRefusal.decided.slug && refusal?.details == ["2 件"])
        #expect(try record(1).dues?.ratePerTenThousand == 50)
        let reach = try bench.execute(
            dues(lower: 10, from: "2026-11-24", isRetroactive: true), as: .organization)
        #expect([reach.changed, reach.kept, reach.upcoming].map { $0.map(\.count) } == [[1], [1], [1]])
        #expect(try record(1).dues?.ratePerTenThousand == 10)
        #expect(try record(2).dues == sent)
    }

    @Test("A letter is made out by the limit of its day, and names it")
    func letters() throws {
        #expect(try record(2).letter?.rule?.text == "不超过 90 天")
        let limit = SetParameter(
            parameter: LetterValidity.parameter.name, value: "30", holdsFrom: CalendarDay("2026-12-01")!,
            source: "县委组织部通知", isPreview: false)
        #expect(try bench.refusal(of: limit, as: .workingTeam) == CommonRefusal.roleNotEntitled)
        try bench.execute(limit, as: .organization)
        bench.clock.set(CalendarDay("2026-12-02")!)
        try bench.personAccepted(PersonID(1))
        try bench.execute(
            PrepareTransfer.complete(PersonID(1)).with {
                $0.preparation.duesPaidThrough = CalendarMonth("2026-11")
            }, as: .enterprise())
        var letter = SendTransfer.letter(PersonID(1))
        letter.dated = CalendarDay("2026-12-01")!
        letter.validDays = 31
        let refusal = try bench.refusal(of: letter, as: .enterprise())
        #expect(refusal?.slug == PartyRelationsRefusal.wrongValidity.slug)
        #expect(refusal?.details.first?.contains("不超过 30 天") ?? false)
        letter.validDays = 30
        #expect(try bench.execute(letter, as: .enterprise()).rule?.holdsFrom == CalendarDay("2026-12-01"))
        #expect(try record(2).letter?.rule?.text == "不超过 90 天")
    }
}
