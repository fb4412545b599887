import Contracts
import Domain

extension ConfirmPerson {
    func execute(_ registry: RegistryWriter) throws -> Done {
        let person = try registry.accepted(self.person)
        if method == .delegate, (delegate ?? "").isEmpty { throw RegistryRefusal.delegateMissing }
        for correction in corrections {
            guard !TextForm.trimming(correction.value).isEmpty else { throw RegistryRefusal.emptyCorrection }
            try registry.correct(person.id, correction)
        }
        try registry.confirm(person.id, method: method, delegate: method == .delegate ? delegate : nil)
        try registry.context.emit(PersonConfirmed(person: person.id))
        return Done()
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
        guard person.status == .accepted || person.status == .handedOver else { throw RegistryRefusal.wrongStatus }
        return person
    }
}
