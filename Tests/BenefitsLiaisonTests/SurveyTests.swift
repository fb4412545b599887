import Contracts
import Domain
import Support
import Testing

@testable import BenefitsLiaison

@Suite("Surveys of out-of-pool items (第十二条（三）、（四）)")
struct SurveyTests {
    private func refusal(_ items: [SurveyItem], hasAnnuity: Bool = false) -> Refusal? {
        do {
            try SurveyRule.check(items, hasAnnuity: hasAnnuity)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test("What a survey may say")
    func rule() {
        #expect(refusal(SurveyItem.usual) == nil)
        #expect(refusal([]) == nil)
        #expect(refusal([SurveyItem(kind: .other, monthlyCapInFen: 0)]) == nil)
        #expect(
            refusal([SurveyItem(kind: .medical, monthlyCapInFen: -1)])
                == BenefitsLiaisonRefusal.negativeCap.naming(["医疗费（体检费）"]))
        #expect(
            refusal(SurveyItem.usual + [SurveyItem(kind: .heating, monthlyCapInFen: 1)])
                == BenefitsLiaisonRefusal.kindTwiceInSurvey.naming(["供暖费补贴"]))
    }

    @Test("第十二条（四）: an enterprise with an annuity has no items, and may say so")
    func annuity() throws {
        #expect(
            refusal(SurveyItem.usual, hasAnnuity: true)
                == BenefitsLiaisonRefusal.annuity.naming(["供暖费补贴", "按月生活补贴"]))
        #expect(refusal([], hasAnnuity: true) == nil)
        let bench = try BenefitsBench()
        try bench.enterprise(hasAnnuity: true)
        let refusal = try bench.refusal(
            of: FreezeSurvey(enterprise: Sample.enterprise, items: SurveyItem.usual), as: .enterprise())
        #expect(refusal?.slug == "benefits-liaison.items.annuity")
        #expect(refusal?.article?.citation == "第十二条（四）")
        try bench.execute(FreezeSurvey(enterprise: Sample.enterprise, items: []), as: .enterprise())
        #expect(try bench.newEvents(SurveyFrozen.self).map(\.items) == [0])
    }

    @Test("第十二条（三）: frozen once; the same survey again changes nothing, another is refused")
    func frozen() throws {
        let bench = try BenefitsBench()
        try bench.enterprise()
        let survey = FreezeSurvey(enterprise: Sample.enterprise, items: SurveyItem.usual)
        try bench.execute(survey, as: .enterprise())
        // The order of the items says nothing.
        try bench.execute(
            FreezeSurvey(enterprise: Sample.enterprise, items: SurveyItem.usual.reversed()), as: .finance)
        #expect(try bench.newEventNames() == ["benefits-liaison.survey.frozen"])
        for items in [[], [SurveyItem(kind: .heating, monthlyCapInFen: 300_00)], Array(SurveyItem.usual.prefix(1))] {
            let refusal = try bench.refusal(
                of: FreezeSurvey(enterprise: Sample.enterprise, items: items), as: .humanResources)
            #expect(refusal == BenefitsLiaisonRefusal.surveyFrozen)
            #expect(refusal?.article?.citation == "第十二条（三）")
        }
        let record = try #require(try bench.ask(ListSurveys(), as: .finance).rows.first)
        #expect(record.isFrozen && record.items == SurveyItem.usual.inOrder)
    }

    @Test("Refusals of a survey leave it open")
    func refused() throws {
        let bench = try BenefitsBench()
        let unknown = FreezeSurvey(enterprise: Sample.enterprise, items: [])
        #expect(try bench.refusal(of: unknown, as: .finance) == BenefitsLiaisonRefusal.unknownEnterprise)
        try bench.enterprise()
        let negative = [SurveyItem(kind: .medical, monthlyCapInFen: -1)]
        #expect(
            try bench.refusal(of: FreezeSurvey(enterprise: Sample.enterprise, items: negative), as: .finance)?.slug
                == "benefits-liaison.survey.negative-cap")
        let twice = SurveyItem.usual + SurveyItem.usual
        #expect(
            try bench.refusal(of: FreezeSurvey(enterprise: Sample.enterprise, items: twice), as: .finance)?.slug
                == "benefits-liaison.survey.kind-twice")
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.ask(ListSurveys(), as: .finance).rows.map(\.isFrozen) == [false])
    }

    @Test("Surveys are listed within the area; an annuity that comes later shows beside the items that are to end")
    func listed() throws {
        let bench = try BenefitsBench()
        _ = try bench.surveyed()
        try bench.enterprise(Sample.otherEnterprise, hasAnnuity: true)
        try bench.enterprise(hasAnnuity: true)
        let all = try bench.ask(ListSurveys(), as: .workingTeam).rows
        #expect(all.map(\.enterprise) == [Sample.enterprise, Sample.otherEnterprise].sorted())
        let own = try bench.ask(ListSurveys(), as: .enterprise()).rows
        #expect(
            own == [
                SurveyRecord(
                    enterprise: Sample.enterprise, isFrozen: true, hasAnnuity: true, items: SurveyItem.usual.inOrder)
            ])
        let other = try bench.ask(ListSurveys(), as: .enterprise(Sample.otherEnterprise)).rows
        #expect(other.map(\.isFrozen) == [false] && other.map(\.hasAnnuity) == [true])
        let clerk = Officer(user: "renshe2", role: .humanResources, area: .township(Sample.township))
        #expect(try bench.ask(ListSurveys(), as: clerk).rows.isEmpty)
    }

    @Test("Another enterprise's survey is out of reach, and a township has none to freeze")
    func access() throws {
        let bench = try BenefitsBench()
        try bench.enterprise()
        let survey = FreezeSurvey(enterprise: Sample.enterprise, items: [])
        #expect(
            try bench.refusal(of: survey, as: .enterprise(Sample.otherEnterprise)) == CommonRefusal.areaNotEntitled)
        #expect(try bench.refusal(of: survey, as: .township()) == CommonRefusal.roleNotEntitled)
        #expect(try bench.refusal(of: ListSurveys(), as: .township()) == CommonRefusal.roleNotEntitled)
    }
}
