import Contracts
import Host

extension GetBenefits {
    func read(_ benefits: BenefitsReads, _ context: ReadContext) throws -> BenefitsRecord {
        guard let person = try benefits.person(self.person) else { throw CommonRefusal.unknownPerson }
        try context.requireArea(enterprise: person.enterprise, township: person.township)
        context.looked(at: person.id)
        return BenefitsRecord(
            person: person.id, hasOutOfPool: person.hasOutOfPool, isRegistered: person.isRegistered,
            items: try benefits.items(of: person.id), list: person.list,
            listMonth: try person.list.map(benefits.month(ofList:)), check: person.check,
            note: try benefits.finding(for: person.id)?.note)
    }
}

extension BenefitsWork {
    func read(_ benefits: BenefitsReads, _ context: ReadContext) throws -> BenefitsWorkRows {
        let limit = max(1, min(limit, 500))
        let scope = PeopleScope(context.officer.area, narrowing)
        let people = try benefits.waiting(for: step, within: scope, after: after ?? 0, limit: limit)
        return BenefitsWorkRows(
            rows: people.map { person in
                BenefitsWorkRow(
                    person: person.id, enterprise: person.enterprise, township: person.township,
                    acceptedOn: person.acceptedOn, list: person.list, check: person.check)
            }, next: people.count == limit ? people.last?.id.rawValue : nil)
    }
}

extension ListIntakeLists {
    func read(_ benefits: BenefitsReads, _ context: ReadContext) throws -> IntakeListRows {
        let area = context.officer.area
        return IntakeListRows(
            rows: try benefits.intakeLists(within: area),
            waiting: try benefits.unlistedMonths(within: area, before: context.today.month))
    }
}

extension ListSurveys {
    func read(_ benefits: BenefitsReads, _ context: ReadContext) throws -> SurveyRecords {
        SurveyRecords(rows: try benefits.surveys(within: context.officer.area))
    }
}
