import Contracts
import Domain

extension SignAgreement {
    /// The same agreement again changes nothing; another one is refused.
    func execute(_ assets: AssetsWriter) throws -> WriteDown {
        let stored = try assets.known(enterprise)
        let agreement = StoredAgreement(
            township: township, number: TextForm.trimming(agreementNumber), on: dated,
            decisionDocument: Self.text(decisionDocument), settlement: Self.text(settlement))
        if let signed = stored.agreement {
            guard signed == agreement, let writeDown = try stored.writeDown() else {
                throw AssetsRefusal.otherAgreement
            }
            return writeDown
        }
        guard stored.state != .none else { throw AssetsRefusal.nothingToAgree }
        guard let writeDown = try stored.writeDown() else { throw AssetsRefusal.notInventoried }
        try AgreementRule.check(
            agreement, shareholders: stored.shareholders, items: stored.items, today: assets.context.today)
        try assets.save(agreement, of: enterprise)
        try assets.context.emit(AgreementSigned(enterprise: enterprise, township: township, on: dated))
        return writeDown
    }

    /// Blanks are no document and no settlement.
    private static func text(_ text: String?) -> String? {
        let trimmed = TextForm.trimming(text ?? "")
        return trimmed.isEmpty ? nil : trimmed
    }
}

/// What an agreement must hold before it counts (第十一条（二）、（四）、第十六条（五）), in the order of precedence.
enum AgreementRule {
    static func check(
        _ agreement: StoredAgreement, shareholders: Int, items: [AssetItem], today: CalendarDay
    ) throws {
        guard Township(agreement.township) != nil else { throw AssetsRefusal.unknownTownship }
        guard !agreement.number.isEmpty else { throw AssetsRefusal.agreementNumberMissing }
        try SignedDay.check(agreement.on, today: today)
        if shareholders > 1, agreement.decisionDocument == nil { throw AssetsRefusal.decisionMissing }
        let inseparable = items.filter { !$0.isSeparable }
        if !inseparable.isEmpty, agreement.settlement == nil {
            throw AssetsRefusal.settlementMissing.naming(inseparable.map(\.name))
        }
    }
}

/// Days that are written on signed papers: not before the rules (第二十三条), not after today.
enum SignedDay {
    static func check(_ day: CalendarDay, today: CalendarDay) throws {
        if day < Article.effectiveDay { throw AssetsRefusal.dateTooEarly }
        if day > today { throw AssetsRefusal.dateInFuture }
    }
}
