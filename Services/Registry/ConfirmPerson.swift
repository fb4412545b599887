import Contracts
import Domain

extension ConfirmPerson {
    func execute(_ registry: RegistryWriter) throws -> Done {
        let person = try registry.accepted(self.person)
        let delegate = TextForm.trimming(self.delegate ?? "")
        if method == .delegate, delegate.isEmpty { throw RegistryRefusal.delegateMissing }
        let twice = Set(corrections.map(\.field)).filter { field in corrections.count { $0.field == field } > 1 }
        guard twice.isEmpty else { throw RegistryRefusal.fieldTwice.naming(twice.map(\.chinese).sorted()) }
        // A sheet sends back what is registered: what says the same is no correction, in whatever form it stands there.
        let registered = try registry.details(person.id)
        let changes = corrections.filter { TextForm.trimming($0.value) != registered.text(of: $0.field) }
        for correction in try changes.map(CorrectionRule.checked) {
            if correction.field == .politicalStatus { try noteMembership(correction.value, person, registry) }
            try registry.correct(person.id, correction)
        }
        try registry.confirm(person.id, method: method, delegate: method == .delegate ? delegate : nil)
        try registry.context.emit(PersonConfirmed(person: person.id))
        return Done()
    }
}

extension ConfirmPerson {
    /// Who turns out to be a Party member at the door needs the transfer of 第十条, too. Nobody ceases to be one here.
    private func noteMembership(_ status: String, _ person: LedgerPerson, _ registry: RegistryWriter) throws {
        switch (person.isPartyMember, PoliticalStatus.membership(status)) {
        case (_, nil): throw RegistryRefusal.wrongCorrection.naming(["政治面貌：应为“中共党员”“中共预备党员”“群众”或民主党派名称"])
        case (true, true), (false, false): return
        case (true, false): throw RegistryRefusal.membershipNotEndedHere
        case (false, true):
            try registry.setMembership(true, of: person.id)
            try registry.context.emit(PartyMembershipNoted(person: person.id))
            // Now one track more is to be done.
            try registry.reopen(person.id)
        }
    }
}

/// What may be written at the door in the place of what the roster says.
enum CorrectionRule {
    /// - Returns: the correction, trimmed and in the ledger's form.
    static func checked(_ correction: Correction) throws -> Correction {
        let value = TextForm.tidied(correction.value)
        guard !value.isEmpty else { throw RegistryRefusal.emptyCorrection }
        do throws(DomainError) {
            return Correction(field: correction.field, value: try formed(value, correction.field))
        } catch {
            throw RegistryRefusal.wrongCorrection.naming(["\(correction.field.chinese)：\(error.message)"])
        }
    }

    private static func formed(_ value: String, _ field: CorrectableField) throws(DomainError) -> String {
        switch field {
        case .name: return try PersonName(validating: value).text
        case .telephone: return try TelephoneNumber(validating: value).text
        case .politicalStatus, .ethnicity: return try short(value, 20)
        case .residence, .registeredAddress, .community: return try short(value, 100)
        }
    }

    private static func short(_ value: String, _ longest: Int) throws(DomainError) -> String {
        guard value.count <= longest else {
            throw DomainError(code: "correction.too-long", message: "最多 \(longest) 字")
        }
        return value
    }
}

extension IssueCard {
    /// One card for a person: asked again, the same number comes back.
    func execute(_ registry: RegistryWriter) throws -> IssuedCard {
        let person = try registry.accepted(self.person)
        if let number = person.cardNumber { return IssuedCard(cardNumber: number) }
        guard person.confirmedBy != nil else { throw RegistryRefusal.notConfirmed }
        let serial = String(person.id.rawValue)
        let number = person.township + "-" + String(repeating: "0", count: max(0, 6 - serial.count)) + serial
        try registry.setCard(number, of: person.id)
        try registry.context.emit(CardIssued(person: person.id))
        try registry.completeIfDone(person.id)
        return IssuedCard(cardNumber: number)
    }
}

extension RegistryWriter {
    /// A person whom the officer's township manages already.
    func accepted(_ id: PersonID) throws -> LedgerPerson {
        guard let person = try person(id) else { throw CommonRefusal.unknownPerson }
        try context.requireArea(enterprise: person.enterprise, township: person.township)
        guard person.status == .accepted || person.status == .handedOver else { throw RegistryRefusal.notAccepted }
        return person
    }
}
