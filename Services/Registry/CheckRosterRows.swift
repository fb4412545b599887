import Contracts
import Domain

extension CheckRosterRows {
    /// The checks of an import, without its effects.
    func read(_ registry: RegistryReader) throws -> CheckedRows {
        guard let enterprise = try registry.enterprise(enterprise) else { throw RegistryRefusal.unknownEnterprise }
        try registry.context.requireArea(enterprise: enterprise.code, township: nil)
        let columns = RosterColumns(self.columns)
        var checked = CheckedRows(fit: 0, setAside: [], noted: [], differences: [])
        for row in rows {
            switch RosterRowCheck.check(row, columns, of: enterprise, today: CalendarDay(registry.context.now)) {
            case .failure(let fault): checked.setAside.append(fault.row(row.sheetRow))
            case .success(let candidate):
                if let duplicate = try registry.duplicate(of: candidate, in: enterprise.code, roster: nil) {
                    // That somebody is in the ledger is told: it is written down who asked.
                    registry.context.looked(at: duplicate.person)
                    checked.setAside.append(duplicate.fault.row(row.sheetRow))
                    checked.differences += try differences(duplicate, candidate, registry)
                } else {
                    checked.fit += 1
                    let alike = try registry.alike(candidate, in: enterprise.code)
                    checked.noted += (candidate.notes + (alike.map { [$0] } ?? [])).map { $0.row(row.sheetRow) }
                }
            }
        }
        return checked
    }

    private func differences(
        _ duplicate: RosterDuplicate, _ candidate: RosterCandidate, _ registry: RegistryReader
    ) throws -> [DifferenceRow] {
        // What the ledger says is for those alone who may ask for the differences; the columns stand in the fault.
        guard ListDifferences.roles.contains(registry.context.officer.role), !duplicate.differences.isEmpty,
            let person = try registry.person(duplicate.person)
        else { return [] }
        let details = try registry.details(person.id)
        return duplicate.differences.map { difference in
            DifferenceRow(
                difference: 0, person: person.id, name: details.name, maskedIdentity: candidate.identityNumber.masked,
                sheetRow: candidate.sheetRow, column: difference.field.heading,
                before: RosterDifferences.text(of: difference.field, details, township: person.township),
                after: difference.sent, isTaken: false,
                obstacle: RosterDifferences.obstacle(
                    difference.field, difference.sent, of: person, for: registry.context.officer.role))
        }
    }
}

extension GetHeadings {
    func read(_ registry: RegistryReader) throws -> HeadingRows {
        try registry.context.requireArea(enterprise: enterprise, township: nil)
        return HeadingRows(rows: try registry.headings(ofEnterprise: enterprise))
    }
}

extension RememberHeadings {
    func execute(_ registry: RegistryWriter) throws -> Done {
        guard try registry.enterprise(enterprise) != nil else { throw RegistryRefusal.unknownEnterprise }
        try registry.context.requireArea(enterprise: enterprise, township: nil)
        guard headings.count <= Self.most, headings.allSatisfy({ (1...100).contains($0.heading.count) }) else {
            throw RegistryRefusal.headingsTooMany
        }
        for heading in headings { try registry.remember(heading, ofEnterprise: enterprise) }
        return Done()
    }
}

extension RegistryReads {
    func headings(ofEnterprise enterprise: String) throws -> [HeadingMeaning] {
        try snapshot.rows(
            "SELECT heading, field FROM heading WHERE enterprise = ? ORDER BY heading LIMIT 2000", enterprise
        ) { row in
            HeadingMeaning(
                heading: try row.text(0), field: try row.optionalText(1).flatMap { RosterField(rawValue: $0) })
        }
    }
}

extension RegistryWriter {
    func remember(_ heading: HeadingMeaning, ofEnterprise enterprise: String) throws {
        try transaction.execute(
            """
            INSERT INTO heading(enterprise, heading, field) VALUES(?, ?, ?)
            ON CONFLICT(enterprise, heading) DO UPDATE SET field = excluded.field
            """, enterprise, heading.heading, heading.field?.rawValue)
    }
}
