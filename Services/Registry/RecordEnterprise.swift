import Contracts
import Domain

extension RecordEnterprise {
    func execute(_ registry: RegistryWriter) throws -> Done {
        do {
            _ = try UnifiedSocialCreditCode(code)
        } catch {
            throw RegistryRefusal.wrongCreditCode.naming([error.hint])
        }
        if hasVanished, (standIn ?? "").isEmpty { throw RegistryRefusal.standInMissing }
        try registry.save(self)
        try registry.context.emit(
            EnterpriseRecorded(
                enterprise: code, name: name, ownership: ownership, isFinancial: isFinancial,
                hasVanished: hasVanished, hasAnnuity: hasAnnuity))
        return Done()
    }
}
