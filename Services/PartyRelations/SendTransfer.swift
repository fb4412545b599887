import Contracts
import Domain

extension SendTransfer {
    /// The letter of introduction (介绍信) begins to run on its day.
    func execute(_ relations: PartyRelationsWriter) throws -> TransferLetter {
        let context = relations.context
        let (known, transfer) = try relations.chosen(person)
        guard [.awaiting, .prepared, .returned].contains(transfer.state) else {
            throw PartyRelationsRefusal.alreadySent
        }
        // Until then the roster may be taken back, and a letter of somebody who is in no ledger would be at large.
        guard known.isAccepted else { throw PartyRelationsRefusal.personNotAccepted }
        try DateRule.check(dated, today: context.today)
        let longest =
            try context.value(of: LetterValidity.parameter, on: dated) ?? LetterValidity.parameter.defaults[0]
        guard (1...longest.value).contains(validDays) else {
            throw PartyRelationsRefusal.wrongValidity.naming([LetterValidity.parameter.applied(longest).sentence])
        }
        let organization = TextForm.trimming(self.organization)
        guard !organization.isEmpty else { throw PartyRelationsRefusal.organizationMissing }
        // One whose work was never recorded lacks all four.
        let missing = TransferConditions.missing(transfer.preparation, dated: dated)
        guard missing.isEmpty else { throw PartyRelationsRefusal.notPrepared.naming(missing) }
        let number = try relations.takeLetterNumber(
            for: person, dated: dated, validFor: validDays, atMost: longest)
        let letter = TransferLetter(
            letterNumber: number.text, validUntil: dated.adding(days: validDays),
            rule: LetterValidity.parameter.applied(longest))
        try relations.send(person, to: organization, number, validUntil: letter.validUntil)
        try context.emit(TransferSent(person: person, validUntil: letter.validUntil))
        return letter
    }
}

/// Days that are written on signed papers: not before the rules (第二十三条), not after today.
enum DateRule {
    static func check(_ day: CalendarDay, today: CalendarDay) throws {
        if day < Article.effectiveDay { throw PartyRelationsRefusal.dateTooEarly }
        if day > today { throw PartyRelationsRefusal.dateInFuture }
    }
}
