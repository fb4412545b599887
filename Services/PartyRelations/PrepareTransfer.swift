import Contracts
import Domain

extension PrepareTransfer {
    /// May be recorded several times, as the work goes on, until the relation is sent.
    func execute(_ relations: PartyRelationsWriter) throws -> MonthlyDues {
        let transfer = try relations.chosen(person).transfer
        guard [.awaiting, .prepared, .returned].contains(transfer.state) else {
            throw PartyRelationsRefusal.alreadySent
        }
        let today = relations.context.today
        let dues = try relations.dues(base: Money(amountInFen: duesBaseInFen), on: today)
        try relations.prepare(self, dues: dues)
        let isComplete = TransferConditions.missing(preparation, dated: today).isEmpty
        try relations.context.emit(TransferPrepared(person: person, isComplete: isComplete))
        return dues
    }
}
