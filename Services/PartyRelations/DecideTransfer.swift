import Contracts
import Domain

extension AcceptTransfer {
    /// From here on the township's Party organization is responsible (第十条（二）). Accepted once more changes nothing. A
    /// letter that had run out on the day it was received is void: the enterprise's organization stays responsible.
    func execute(_ relations: PartyRelationsWriter) throws -> Done {
        let transfer = try relations.chosen(person).transfer
        if transfer.isTakenOver { return Done() }
        guard transfer.state == .sent, let letter = transfer.letter else { throw PartyRelationsRefusal.notSent }
        let today = relations.context.today
        let received = dated ?? today
        try DateRule.check(received, today: today)
        if let written = try relations.letterDay(person), received < written {
            throw PartyRelationsRefusal.receivedBeforeLetter
        }
        guard letter.validUntil >= received else { throw PartyRelationsRefusal.letterExpired }
        try relations.accept(person)
        try relations.context.emit(TransferAccepted(person: person))
        return Done()
    }
}

extension RefuseTransfer {
    /// Only for a cause of the list, and with the facts: a member is not turned away without cause (第十条（五）).
    func execute(_ relations: PartyRelationsWriter) throws -> Done {
        let transfer = try relations.chosen(person).transfer
        guard transfer.state == .sent else { throw PartyRelationsRefusal.notSent }
        guard cause != .other else { throw PartyRelationsRefusal.unfoundedCause }
        let isExpired = transfer.letter.map { $0.validUntil < relations.context.today } ?? false
        guard cause != .letterExpired || isExpired else { throw PartyRelationsRefusal.letterStillValid }
        let explanation = TextForm.trimming(self.explanation)
        guard !explanation.isEmpty else { throw PartyRelationsRefusal.explanationMissing }
        try relations.giveBack(person, cause: cause, explanation: explanation)
        try relations.context.emit(TransferReturned(person: person, cause: cause))
        return Done()
    }
}

extension PlaceMember {
    /// Again with another branch is a move inside the township; with the same one it changes nothing.
    func execute(_ relations: PartyRelationsWriter) throws -> Done {
        let transfer = try relations.chosen(person).transfer
        guard transfer.isTakenOver else { throw PartyRelationsRefusal.notAccepted }
        let branch = TextForm.trimming(self.branch)
        guard !branch.isEmpty else { throw PartyRelationsRefusal.branchMissing }
        if transfer.branch == branch { return Done() }
        try relations.place(person, in: branch)
        try relations.context.emit(MemberPlaced(person: person))
        return Done()
    }
}

extension DenyMembership {
    /// Nothing may be under way: a relation that was sent comes back first. The rows stay, out of everyone's sight.
    func execute(_ relations: PartyRelationsWriter) throws -> Done {
        let transfer = try relations.chosen(person).transfer
        guard [.awaiting, .prepared, .returned].contains(transfer.state) else {
            throw PartyRelationsRefusal.alreadySent
        }
        try relations.deny(person)
        try relations.context.emit(MembershipDenied(person: person))
        return Done()
    }
}
