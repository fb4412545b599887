import Contracts
import Domain

extension HandOverAssets {
    /// The end of the matter: nothing of it changes afterwards. The same day again changes nothing.
    func execute(_ assets: AssetsWriter) throws -> Done {
        let stored = try assets.known(enterprise)
        if let day = stored.handedOverOn {
            guard day == dated else { throw AssetsRefusal.handedOver }
            return Done()
        }
        guard let agreement = stored.agreement else { throw AssetsRefusal.notAgreed }
        guard dated >= agreement.on else { throw AssetsRefusal.dateBeforeAgreement }
        try SignedDay.check(dated, today: assets.context.today)
        try assets.saveHandOver(of: enterprise, on: dated)
        try assets.context.emit(AssetsHandedOver(enterprise: enterprise, on: dated))
        return Done()
    }
}
