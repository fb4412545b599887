import Contracts
import Domain

extension CheckListed {
    /// May be checked again, e.g. once a difference has been worked off. The same finding again changes nothing.
    func execute(_ benefits: BenefitsWriter) throws -> Done {
        let person = try benefits.known(self.person)
        guard person.list != nil else { throw BenefitsLiaisonRefusal.notListed }
        let note = TextForm.trimming(self.note ?? "")
        let finding = Finding(result: result, note: note.isEmpty ? nil : note)
        guard result == .matches || finding.note != nil else { throw BenefitsLiaisonRefusal.noteMissing }
        let former = try benefits.finding(for: person.id)
        guard former != finding else { return Done() }
        // What somebody found must not vanish by a tick for many.
        if former?.result == .differs, finding.result == .matches, finding.note == nil {
            throw BenefitsLiaisonRefusal.differenceOpen
        }
        try benefits.record(finding, for: person.id)
        try benefits.context.emit(PersonChecked(person: person.id, result: result))
        return Done()
    }
}
