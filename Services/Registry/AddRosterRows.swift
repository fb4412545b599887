import Contracts
import Domain

extension AddRosterRows {
    /// Good rows are registered, the others set aside each with its reason; no row makes the others fail.
    func execute(_ registry: RegistryWriter) throws -> RowsOutcome {
        guard let stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.enterprise, township: nil)
        guard let enterprise = try registry.enterprise(stored.enterprise) else {
            throw RegistryRefusal.unknownEnterprise
        }
        guard firstRow >= 0, Set(rows.map(\.sheetRow)).count == rows.count else { throw CommonRefusal.malformed }
        // What an earlier delivery of this batch brought is not taken twice.
        let known = min(max(0, stored.received - firstRow), rows.count)
        guard known == rows.count || stored.state == .open else { throw RegistryRefusal.rosterNotOpen }
        guard firstRow <= stored.received, firstRow + rows.count <= stored.rowCount else {
            throw RegistryRefusal.rowsOutOfOrder
        }
        let columns = RosterColumns(self.columns)
        var outcome = RowsOutcome(registered: 0, alreadyKnown: known, setAside: [])
        for row in rows.dropFirst(known) {
            switch try take(row, columns, enterprise, registry) {
            case .failure(let fault):
                let setAside = fault.row(row.sheetRow)
                try registry.setAside(setAside, original: row.original, roster: roster)
                outcome.setAside.append(setAside)
            case .success(let notes):
                outcome.noted = (outcome.noted ?? []) + notes
                outcome.registered += 1
            }
        }
        let outOfScope = outcome.setAside.count { $0.kind == .outOfScope }
        try registry.count(
            roster, received: rows.count - known, registered: outcome.registered,
            setAside: outcome.setAside.count - outOfScope, outOfScope: outOfScope)
        return outcome
    }

    /// Registers one row and gives back what is to be known about it, or why not.
    private func take(
        _ row: RosterRowInput, _ columns: RosterColumns, _ enterprise: EnterpriseRow, _ registry: RegistryWriter
    ) throws -> Result<[NotedRow], RosterFault> {
        let candidate: RosterCandidate
        switch RosterRowCheck.check(row, columns, of: enterprise, today: registry.context.today) {
        case .failure(let fault): return .failure(fault)
        case .success(let good): candidate = good
        }
        if let duplicate = try registry.duplicate(of: candidate, in: enterprise.code, roster: roster) {
            try registry.offer(
                duplicate.differences, of: duplicate.person, roster: roster, sheetRow: row.sheetRow)
            return .failure(duplicate.fault)
        }
        // Whose roster is being undone leaves now, and comes anew.
        if let leaving = try registry.leaving(identityNumber: candidate.identityNumber) {
            try registry.withdraw(leaving)
        }
        let alike = try registry.alike(candidate, in: enterprise.code)
        let person = try registry.register(candidate, roster: roster, enterprise: enterprise.code)
        let context = registry.context
        try context.emit(
            PersonRegistered(
                person: person, enterprise: enterprise.code, township: candidate.township, roster: roster))
        if candidate.isPartyMember { try context.emit(PartyMembershipNoted(person: person)) }
        if candidate.isCommitteeManaged { try context.emit(FileRuleNoted(person: person)) }
        if !candidate.details.outOfPool.isEmpty { try context.emit(OutOfPoolNoted(person: person)) }
        if !candidate.transfers.isEmpty {
            try context.emit(
                InsuranceTransferNoted(
                    person: person, pension: candidate.transfers.contains(.pensionPlace),
                    medical: candidate.transfers.contains(.medicalPlace)))
        }
        let notes = (candidate.notes + (alike.map { [$0] } ?? [])).map { $0.row(row.sheetRow) }
        for note in notes { try registry.note(note, of: person, roster: roster) }
        return .success(notes)
    }
}
