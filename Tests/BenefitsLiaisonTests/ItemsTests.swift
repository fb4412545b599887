import Contracts
import Domain
import Support
import Testing

@testable import BenefitsLiaison

@Suite("A person's out-of-pool items (第十二条、第十五条（二）、第十九条)")
struct ItemsTests {
    private func refusal(
        _ items: [BenefitItem], registered: [BenefitItem] = [], hasAnnuity: Bool = false
    ) -> Refusal? {
        let survey = SurveyRecord(
            enterprise: Sample.enterprise, isFrozen: true, hasAnnuity: hasAnnuity, items: SurveyItem.usual)
        do {
            try BenefitItemsRule.check(items, registered: registered, survey: survey)
            return nil
        } catch {
            return error as? Refusal
        }
    }

    @Test("第十二条（三）: no new item and no raise; each is named")
    func neitherNewNorRaised() {
        #expect(refusal([.allowance(500_00), .heating(0)]) == nil)
        let medical = BenefitItem(kind: .medical, monthlyAmountInFen: 1, channel: .enterprise)
        #expect(refusal([.allowance(1), medical]) == BenefitsLiaisonRefusal.newItem.naming(["医疗费（体检费）"]))
        #expect(
            refusal([.allowance(500_01), .heating(200_01)])
                == BenefitsLiaisonRefusal.raised.naming(["按月生活补贴", "供暖费补贴"]))
        #expect(BenefitsLiaisonRefusal.newItem.article?.citation == "第十二条（三）")
        #expect(BenefitsLiaisonRefusal.raised.article?.citation == "第十二条（三）")
    }

    @Test("第十九条: what is registered is neither lowered nor dropped; corrected upwards it may be")
    func neverLowered() {
        let registered: [BenefitItem] = [.allowance(300_00), .heating(100_00)]
        #expect(
            refusal([.allowance(299_99), .heating(100_00)], registered: registered)
                == BenefitsLiaisonRefusal.lowered.naming(["按月生活补贴"]))
        #expect(
            refusal([.allowance(300_00)], registered: registered)
                == BenefitsLiaisonRefusal.lowered.naming(["供暖费补贴"]))
        #expect(
            refusal([], registered: registered)
                == BenefitsLiaisonRefusal.lowered.naming(["按月生活补贴", "供暖费补贴"]))
        #expect(refusal([.allowance(500_00), .heating(100_00)], registered: registered) == nil)
        #expect(refusal([.allowance(300_00, .oneTime), .heating(100_00)], registered: registered) == nil)
        #expect(BenefitsLiaisonRefusal.lowered.article?.citation == "第十九条")
    }

    @Test("第十二条（四）: under an annuity nothing is registered, and what was registered may be ended")
    func annuity() {
        #expect(refusal([.heating(1)], hasAnnuity: true) == BenefitsLiaisonRefusal.annuity.naming(["供暖费补贴"]))
        #expect(refusal([], registered: [.heating(1)], hasAnnuity: true) == nil)
    }

    @Test("Malformed items: negative, or one kind twice")
    func malformed() {
        #expect(refusal([.heating(-1)]) == BenefitsLiaisonRefusal.negativeAmount.naming(["供暖费补贴"]))
        #expect(refusal([.heating(1), .heating(2)]) == BenefitsLiaisonRefusal.kindTwice.naming(["供暖费补贴"]))
    }

    @Test("第十五条（二）: first the enterprise's survey, then the person's items")
    func surveyFirst() throws {
        let bench = try BenefitsBench()
        let stranger = try bench.person(1)
        #expect(
            try bench.refusal(of: RegisterBenefits(person: stranger, items: []), as: .finance)
                == BenefitsLiaisonRefusal.surveyMissing)
        try bench.enterprise()
        let refusal = try bench.refusal(of: RegisterBenefits(person: stranger, items: []), as: .finance)
        #expect(refusal == BenefitsLiaisonRefusal.surveyMissing)
        #expect(refusal?.article?.citation == "第十五条（二）")
        try bench.execute(FreezeSurvey(enterprise: Sample.enterprise, items: []), as: .enterprise())
        try bench.execute(RegisterBenefits(person: stranger, items: []), as: .finance)
        #expect(try bench.record(stranger).isRegistered)
    }

    @Test("Registered, told of, off the work list; the same again changes nothing, a correction upwards is told of")
    func registered() throws {
        let bench = try BenefitsBench()
        let person = try bench.surveyed()
        #expect(try bench.waiting(.register) == [1])
        #expect(
            try bench.record(person)
                == BenefitsRecord(
                    person: person, hasOutOfPool: true, isRegistered: false, items: []))
        _ = try bench.newEvents()
        try bench.execute(
            RegisterBenefits(person: person, items: [.heating(100_00), .allowance(300_00)]), as: .humanResources)
        try bench.execute(
            RegisterBenefits(person: person, items: [.allowance(300_00), .heating(100_00)]), as: .finance)
        #expect(try bench.newEvents(BenefitsRegistered.self).map(\.person) == [person])
        #expect(try bench.waiting(.register).isEmpty)
        #expect(try bench.record(person).items == [.allowance(300_00), .heating(100_00)])
        let lowered = RegisterBenefits(person: person, items: [.allowance(300_00)])
        #expect(try bench.refusal(of: lowered, as: .finance)?.slug == "benefits-liaison.items.lowered")
        try bench.execute(
            RegisterBenefits(person: person, items: [.allowance(300_00), .heating(200_00)]), as: .finance)
        #expect(try bench.newEvents(BenefitsRegistered.self).count == 1)
        #expect(try bench.record(person).items == [.allowance(300_00), .heating(200_00)])
    }

    @Test("Every refusal of items reaches the officer, and nothing of the attempt remains")
    func refused() throws {
        let bench = try BenefitsBench()
        let person = try bench.surveyed()
        _ = try bench.newEvents()
        let other = BenefitItem(kind: .other, monthlyAmountInFen: 1, channel: .enterprise)
        let cases: [([BenefitItem], String)] = [
            ([.heating(1), .heating(1)], "benefits-liaison.items.kind-twice"),
            ([.heating(-1)], "benefits-liaison.items.negative-amount"), ([other], "benefits-liaison.items.new"),
            ([.heating(200_01)], "benefits-liaison.items.raised"),
        ]
        for (items, slug) in cases {
            #expect(try bench.refusal(of: RegisterBenefits(person: person, items: items), as: .finance)?.slug == slug)
        }
        #expect(
            try bench.refusal(of: RegisterBenefits(person: PersonID(9), items: []), as: .finance)
                == CommonRefusal.unknownPerson)
        #expect(try bench.newEvents().isEmpty)
        #expect(try bench.waiting(.register) == [1])
    }

    @Test("An annuity that comes later ends what was registered (第十二条（四）)")
    func laterAnnuity() throws {
        let bench = try BenefitsBench()
        let person = try bench.surveyed()
        try bench.execute(RegisterBenefits(person: person, items: [.heating(100_00)]), as: .finance)
        try bench.enterprise(hasAnnuity: true)
        #expect(
            try bench.refusal(of: RegisterBenefits(person: person, items: [.heating(150_00)]), as: .finance)?.slug
                == "benefits-liaison.items.annuity")
        try bench.execute(RegisterBenefits(person: person, items: []), as: .finance)
        #expect(try bench.record(person).items.isEmpty)
    }

    @Test("Who registers and who sees: roles, areas, and a note of who looked")
    func access() throws {
        let bench = try BenefitsBench()
        let person = try bench.surveyed()
        let register = RegisterBenefits(person: person, items: [])
        #expect(try bench.refusal(of: register, as: .township()) == CommonRefusal.roleNotEntitled)
        let elsewhere = Officer(user: "caizheng2", role: .finance, area: .township(Sample.otherTownship))
        #expect(try bench.refusal(of: register, as: elsewhere) == CommonRefusal.areaNotEntitled)
        let get = GetBenefits(person: person)
        #expect(try bench.refusal(of: get, as: .doctor) == CommonRefusal.roleNotEntitled)
        #expect(try bench.refusal(of: get, as: .township(Sample.otherTownship)) == CommonRefusal.areaNotEntitled)
        #expect(
            try bench.refusal(of: get, as: .enterprise(Sample.otherEnterprise)) == CommonRefusal.areaNotEntitled)
        #expect(
            try bench.refusal(of: GetBenefits(person: PersonID(9)), as: .finance) == CommonRefusal.unknownPerson)
        _ = try bench.ask(get, as: .township())
        _ = try bench.ask(get, as: .enterprise())
        let looks = try bench.core.store.commit {
            try $0.scalar("SELECT count(*) FROM looked WHERE subject = 'person:1'")
        }
        #expect(looks == 2)
    }
}
