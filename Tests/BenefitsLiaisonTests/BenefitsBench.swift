import Contracts
import Domain
import Support

@testable import BenefitsLiaison

typealias BenefitsBench = ServiceBench<BenefitsLiaison>

extension ServiceBench where Logic == BenefitsLiaison {
    /// The ledger tells of an enterprise.
    func enterprise(_ code: String = Sample.enterprise, hasAnnuity: Bool = false) throws {
        try feed(
            EnterpriseRecorded(
                enterprise: code, name: "红河县测试茶厂", ownership: .county, isFinancial: false, hasVanished: false,
                hasAnnuity: hasAnnuity), from: .registry)
    }

    /// The ledger tells of a person.
    @discardableResult
    func person(
        _ number: Int64, enterprise: String = Sample.enterprise, township: String = Sample.township,
        outOfPool: Bool = false, acceptedOn: String? = nil
    ) throws -> PersonID {
        let person = PersonID(number)
        try feed(
            PersonRegistered(person: person, enterprise: enterprise, township: township, roster: 1), from: .registry)
        if outOfPool { try feed(OutOfPoolNoted(person: person), from: .registry) }
        if let acceptedOn {
            try feed(
                PersonAccepted(
                    person: person, enterprise: enterprise, township: township, on: CalendarDay(acceptedOn)!),
                from: .registry)
        }
        return person
    }

    /// An enterprise whose survey is frozen, with one person of the roster.
    func surveyed(_ items: [SurveyItem] = SurveyItem.usual) throws -> PersonID {
        try enterprise()
        let person = try person(1, outOfPool: true)
        try execute(FreezeSurvey(enterprise: Sample.enterprise, items: items), as: .enterprise())
        return person
    }

    /// A person on the list of October.
    func listed(_ number: Int64 = 1) throws -> PersonID {
        let person = try person(number, acceptedOn: "2026-10-15")
        try execute(BuildIntakeList(month: CalendarMonth("2026-10")!), as: .humanResources)
        return person
    }

    func record(_ person: PersonID) throws -> BenefitsRecord {
        try ask(GetBenefits(person: person), as: .humanResources)
    }

    func waiting(_ step: BenefitsStep, as officer: Officer = .humanResources) throws -> [Int64] {
        try ask(BenefitsWork(step: step, limit: 100), as: officer).rows.map(\.person.rawValue)
    }
}

extension SurveyItem {
    static let usual = [
        SurveyItem(kind: .heating, monthlyCapInFen: 200_00),
        SurveyItem(kind: .monthlyAllowance, monthlyCapInFen: 500_00),
    ]
}

extension BenefitItem {
    static func allowance(_ fen: Int64, _ channel: PaymentChannel = .enterprise) -> BenefitItem {
        BenefitItem(kind: .monthlyAllowance, monthlyAmountInFen: fen, channel: channel)
    }

    static func heating(_ fen: Int64) -> BenefitItem {
        BenefitItem(kind: .heating, monthlyAmountInFen: fen, channel: .setAside)
    }
}
