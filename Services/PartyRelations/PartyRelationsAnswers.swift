import Contracts
import Host

extension GetTransfer {
    func read(_ relations: PartyRelationsReader) throws -> TransferRecord {
        guard let person = try relations.person(self.person) else { throw CommonRefusal.unknownPerson }
        try relations.context.requireArea(enterprise: person.enterprise, township: person.township)
        guard let transfer = try relations.transfer(person.id) else { throw PartyRelationsRefusal.notMember }
        relations.context.looked(at: person.id)
        var letter = transfer.letter
        letter?.rule = try relations.letterRule(person.id)
        return TransferRecord(
            person: person.id, state: transfer.state, kind: transfer.kind, preparation: transfer.preparation,
            dues: transfer.dues, duesBaseInFen: transfer.duesBaseInFen, letter: letter,
            organization: transfer.organization,
            branch: transfer.branch, responsible: try relations.responsible(transfer),
            refusalCause: transfer.refusalCause, explanation: try relations.explanation(person.id))
    }
}

extension PartyWork {
    func read(_ relations: PartyRelationsReader) throws -> TransferWorkRows {
        let limit = max(1, min(self.limit, 500))
        let found = try relations.work(
            PeopleScope(relations.context.officer.area, narrowing), state: state, after: after ?? 0, limit: limit)
        return TransferWorkRows(
            rows: found.map { transfer in
                relations.context.looked(at: transfer.person)
                return TransferWorkRow(
                    person: transfer.person, enterprise: transfer.enterprise, township: transfer.township,
                    state: transfer.state)
            }, next: found.count == limit ? found.last?.person.rawValue : nil)
    }
}
