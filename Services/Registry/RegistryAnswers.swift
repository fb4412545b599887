import Contracts
import Domain
import Host

extension GetPerson {
    func read(_ registry: RegistryReader) throws -> PersonRecord {
        guard let person = try registry.person(self.person) else { throw CommonRefusal.unknownPerson }
        try registry.context.requireArea(enterprise: person.enterprise, township: person.township)
        return try Self.record(of: person, registry.enterpriseNames(), registry)
    }

    static func record(
        of person: LedgerPerson, _ enterpriseNames: [String: String], _ registry: RegistryReader
    ) throws -> PersonRecord {
        let details = try registry.details(person.id)
        let row = try registry.row(person, details, enterpriseNames)
        let enterprise = try registry.enterprise(person.enterprise)
        let managing =
            person.acceptedOn == nil
            ? enterprise?.standIn ?? enterprise?.name ?? person.enterprise
            : Township(person.township)?.name ?? person.township
        let record = PersonRecord(
            row: row, identityNumber: details.identityNumber, sex: details.sex, ethnicity: details.ethnicity,
            birthday: details.birthday, workStart: details.workStart, retirement: details.retirement,
            politicalStatus: details.politicalStatus, registeredAddress: details.registeredAddress,
            residence: details.residence, telephone: details.telephone, pensionPlace: details.pensionPlace,
            medicalPlace: details.medicalPlace, basicPensionInFen: details.basicPensionInFen,
            outOfPool: details.outOfPool, managingUnit: managing, managedSince: person.managedSince,
            acceptedOn: person.acceptedOn, confirmedBy: person.confirmedBy, delegate: try registry.delegate(person.id),
            cardNumber: person.cardNumber, corrections: try registry.corrections(person.id),
            scopeReason: details.scopeReason, returned: try registry.returned(person),
            contact: try registry.contact(of: person.township),
            facts: details.facts(shownTo: registry.context.officer.role)
                + (try registry.notedFacts(of: person)))
        return record.limited(to: registry.context.officer.role)
    }
}

extension RegistryReader {
    /// What was noted when the person's row came in, for those who verify.
    func notedFacts(of person: LedgerPerson) throws -> [PersonFact] {
        guard Sensitivity.remark.isShown(to: context.officer.role) else { return [] }
        let noted = try noted(ofRoster: person.roster, sheetRow: person.sheetRow)
        let others = try alike(details(person.id)).filter {
            context.officer.area.covers(enterprise: $0.enterprise, township: $0.township)
        }
        return noted.map { PersonFact(title: "请核实" + ($0.column.map { "：\($0)" } ?? ""), text: $0.text) }
            + others.map {
                PersonFact(title: "同名同出生日期", text: "台账第 \($0.id.rawValue) 号，身份证号不同，请核实是否同一人")
            }
    }
}

extension ReadPersons {
    static let mostPersons = 500

    func read(_ registry: RegistryReader) throws -> PersonRecords {
        let names = try registry.enterpriseNames()
        let area = registry.context.officer.area
        return PersonRecords(
            rows: try persons.prefix(Self.mostPersons).compactMap { id in
                guard let person = try registry.person(id),
                    area.covers(enterprise: person.enterprise, township: person.township)
                else { return nil }
                return try GetPerson.record(of: person, names, registry)
            })
    }
}

extension SearchPersons {
    func read(_ registry: RegistryReader) throws -> PersonRows {
        var filter = RegistryReads.Filter(
            enterprise: enterprise, township: township,
            stages: status.map(LedgerStage.within) ?? LedgerStage.allCases)
        let text = TextForm.tidied(self.text ?? "")
        if let number = try? ResidentIdentityNumber(text) {
            // Whoever may not see numbers would have guesses confirmed.
            guard Sensitivity.identity.isShown(to: registry.context.officer.role) else {
                throw RegistryRefusal.numberSearchNotEntitled
            }
            guard let person = try registry.person(identityNumber: number),
                registry.context.officer.area.covers(enterprise: person.enterprise, township: person.township)
            else { return PersonRows(rows: [], next: nil) }
            let names = try registry.enterpriseNames()
            return PersonRows(
                rows: [try registry.row(person, registry.details(person.id), names)], next: nil)
        }
        guard !text.isEmpty else { return try registry.page(filter, after: after, limit: limit) }
        filter.nameCharacters = Array(Set(PersonName(text)?.text ?? text))
        // The characters' tokens say nothing of their order: what they find is held against the name itself.
        var page = try registry.page(filter, after: after, limit: limit)
        let wanted = PersonName(text)?.text ?? text
        page.rows = page.rows.filter { $0.name.contains(wanted) }
        return page
    }
}

extension NamePersons {
    func read(_ registry: RegistryReader) throws -> PersonRows {
        let names = try registry.enterpriseNames()
        let area = registry.context.officer.area
        return PersonRows(
            rows: try persons.prefix(500).compactMap { id in
                guard let person = try registry.person(id),
                    area.covers(enterprise: person.enterprise, township: person.township)
                else { return nil }
                return try registry.row(person, registry.details(id), names)
            }, next: nil)
    }
}

extension RegistryWork {
    func read(_ registry: RegistryReader) throws -> PersonRows {
        var filter = RegistryReads.Filter()
        switch step {
        case .verify: filter.stages = [.registered]
        case .apply: filter.stages = [.verified]
        case .confirm: filter.stages = [.toConfirm]
        case .issueCard: filter.stages = [.toCard]
        }
        filter.enterprise = narrowing?.enterprise
        filter.township = narrowing?.township
        return try registry.page(filter, after: after, limit: limit)
    }
}

extension ListApplications {
    func read(_ registry: RegistryReader) throws -> ApplicationRows {
        let names = try registry.enterpriseNames()
        let area = registry.context.officer.area
        let found = try registry.applications(state: state, within: area)
        // A township's explanation may tell of the people whom it sends back.
        for stored in found where stored.explanation != nil {
            for person in try registry.persons(returnedWith: stored.id) { registry.context.looked(at: person.id) }
        }
        return ApplicationRows(rows: try found.map { try registry.row($0, names) })
    }
}

extension GetApplication {
    func read(_ registry: RegistryReader) throws -> ApplicationRecord {
        guard let stored = try registry.application(application) else { throw RegistryRefusal.unknownApplication }
        try registry.context.requireArea(enterprise: stored.enterprise, township: stored.township)
        let names = try registry.enterpriseNames()
        let limit = max(1, min(limit ?? 500, 500))
        let persons = try registry.persons(concernedBy: application, after: after ?? 0, limit: limit)
        return ApplicationRecord(
            application: try registry.row(stored, names), materials: Material.allCases,
            persons: try persons.map { try registry.row($0, registry.details($0.id), names) },
            next: persons.count == limit ? persons.last?.id.rawValue : nil)
    }
}

extension ListCards {
    func read(_ registry: RegistryReader) throws -> CardRows {
        let limit = max(1, min(limit, 500))
        let filter = RegistryReads.Filter(area: registry.context.officer.area, stages: LedgerStage.withCard)
        let found = try registry.persons(filter, after: after ?? 0, limit: limit)
        let names = try registry.enterpriseNames()
        var contact: ServiceContact?
        if case .township(let code) = registry.context.officer.area { contact = try registry.contact(of: code) }
        return CardRows(
            rows: try found.people.map { person, details in
                CardRow(
                    person: try registry.row(person, details, names), cardNumber: try Stored.value(person.cardNumber))
            }, next: found.next, contact: contact)
    }
}

extension ListEnterprises {
    func read(_ registry: RegistryReader) throws -> EnterpriseRows { EnterpriseRows(rows: try registry.enterprises()) }
}

extension ListRosters {
    func read(_ registry: RegistryReader) throws -> RosterRows {
        let area = registry.context.officer.area
        return RosterRows(rows: try registry.rosters(enterprise: enterprise, within: area).map(\.summary))
    }
}

extension GetRoster {
    func read(_ registry: RegistryReader) throws -> RosterSummary {
        guard var stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.enterprise, township: nil)
        stored.declined = try registry.declined(roster)
        stored.undoing = try registry.undoing(ofRoster: roster)
        stored.notes = try registry.notes(ofRoster: roster)
        stored.noted = try registry.noted(ofRoster: roster)
        stored.differences = try registry.differenceCount(ofRoster: roster)
        if stored.state == .undoing { stored.leaving = try registry.peopleCount(ofRoster: roster) }
        return stored
    }
}

extension GetSetAside {
    func read(_ registry: RegistryReader) throws -> SetAsideRows {
        guard let stored = try registry.roster(roster) else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.summary.enterprise, township: nil)
        let limit = max(1, min(limit, 2000))
        let rows = try registry.setAside(roster, after: after ?? 0, limit: limit)
        registry.context.looked(atSetAsideOf: roster)
        return SetAsideRows(
            headings: stored.headings, rows: rows, next: rows.count == limit ? rows.last?.row.sheetRow : nil)
    }
}
