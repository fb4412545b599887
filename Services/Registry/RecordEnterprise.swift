import Contracts
import Domain

extension RecordEnterprise {
    func execute(_ registry: RegistryWriter) throws -> Done {
        // In the one form of the standard: areas and people's records are compared letter by letter.
        var enterprise = self
        do {
            enterprise.code = try UnifiedSocialCreditCode(code).text
        } catch {
            throw RegistryRefusal.wrongCreditCode.naming([error.hint])
        }
        enterprise.name = TextForm.trimming(name)
        guard (1...100).contains(enterprise.name.count) else { throw RegistryRefusal.nameMissing }
        let standIn = TextForm.trimming(self.standIn ?? "")
        if hasVanished, standIn.isEmpty { throw RegistryRefusal.standInMissing }
        // A stand-in acts only for an enterprise that is no more: two managing units there must never be (第二条).
        enterprise.standIn = hasVanished ? standIn : nil
        try registry.save(enterprise)
        try registry.context.emit(
            EnterpriseRecorded(
                enterprise: enterprise.code, name: enterprise.name, ownership: ownership, isFinancial: isFinancial,
                hasVanished: hasVanished, hasAnnuity: hasAnnuity))
        return Done()
    }
}
