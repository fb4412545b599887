import Contracts
import Domain

extension RecordEnterprise {
    func execute(_ registry: RegistryWriter) throws -> Done {
        do {
            _ = try UnifiedSocialCreditCode(code)
        } catch {
            throw RegistryRefusal.wrongCreditCode.naming([error.hint])
        }
        let standIn = TextForm.trimming(self.standIn ?? "")
        if hasVanished, standIn.isEmpty { throw RegistryRefusal.standInMissing }
        // A stand-in acts only for an enterprise that is no more: two managing units there must never be (第二条).
        var enterprise = self
        enterprise.standIn = hasVanished ? standIn : nil
        try registry.save(enterprise)
        try registry.context.emit(
            EnterpriseRecorded(
                enterprise: code, name: name, ownership: ownership, isFinancial: isFinancial,
                hasVanished: hasVanished, hasAnnuity: hasAnnuity))
        return Done()
    }
}
