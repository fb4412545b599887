import Contracts
import Domain
import Host
import Store

extension RecordInsuranceTransfer {
    /// The same state again changes nothing.
    func execute(_ benefits: BenefitsWriter) throws -> Done {
        let person = try benefits.known(self.person)
        guard benefits.context.officer.role == insurance.office else { throw BenefitsLiaisonRefusal.otherInsurance }
        guard dated <= benefits.context.today else { throw BenefitsLiaisonRefusal.transferInFuture }
        guard let before = try benefits.transfers(of: person.id).first(where: { $0.insurance == insurance }) else {
            throw BenefitsLiaisonRefusal.noTransfer
        }
        guard before.state != state || before.since != dated else { return Done() }
        try benefits.record(self)
        try benefits.context.emit(
            InsuranceTransferRecorded(person: person.id, insurance: insurance, state: state, on: dated))
        return Done()
    }
}

extension ListInsuranceTransfers {
    func read(_ benefits: BenefitsReads, _ context: ReadContext) throws -> InsuranceTransferRows {
        let limit = max(1, min(limit, 500))
        let scope = PeopleScope(context.officer.area, narrowing)
        let persons = try benefits.personsWithTransfer(insurance, within: scope, after: after ?? 0, limit: limit)
        let rows = try persons.flatMap { person in
            try benefits.transfers(of: person).filter { row in
                !row.state.isSettled && (insurance == nil || row.insurance == insurance)
            }
        }
        return InsuranceTransferRows(rows: rows, next: persons.count == limit ? persons.last?.rawValue : nil)
    }
}

extension BenefitsReads {
    func transfers(of person: PersonID) throws -> [InsuranceTransferRow] {
        try snapshot.rows(
            "SELECT insurance, state, since FROM insurance_transfer WHERE person = ? ORDER BY insurance",
            person.rawValue
        ) { row in
            InsuranceTransferRow(
                person: person, insurance: try Stored.value(Insurance(rawValue: row.text(0))),
                state: try Stored.value(InsuranceTransferState(rawValue: row.text(1))),
                since: try Stored.value(CalendarDay(row.text(2))))
        }
    }

    /// People with a transfer that is not settled, after `after` in the order of their numbers, at most `limit`.
    func personsWithTransfer(
        _ insurance: Insurance?, within scope: PeopleScope, after: Int64, limit: Int
    ) throws -> [PersonID] {
        let kinds = insurance.map { [$0] } ?? Insurance.allCases
        // A walk along the index for each, then merged, as lists go.
        let found = try kinds.flatMap { kind in
            try snapshot.rows(
                """
                SELECT id FROM person
                WHERE id > ? AND transfers <> 0 AND is_withdrawn = 0 AND transfers & ? <> 0 AND \(scope.sql)
                ORDER BY id LIMIT ?
                """, values: [after, kind.bit] + scope.values + [limit]
            ) { try $0.integer(0) }
        }
        return Set(found).sorted().prefix(limit).map { PersonID($0) }
    }
}

extension Insurance {
    /// In the column that tells which transfers of a person are not settled.
    fileprivate var bit: Int64 {
        switch self {
        case .medical: 1
        case .pension: 2
        }
    }
}

extension BenefitsWriter {
    /// The ledger noted that a relation has to be transferred. An unknown person's event is parked.
    func open(_ noted: InsuranceTransferNoted, on day: CalendarDay) throws {
        guard try person(noted.person) != nil else { throw CommonRefusal.unknownPerson }
        for insurance in Insurance.allCases where insurance == .medical ? noted.medical : noted.pension {
            try transaction.execute(
                "INSERT OR IGNORE INTO insurance_transfer(person, insurance, state, since) VALUES(?, ?, ?, ?)",
                noted.person.rawValue, insurance.rawValue, InsuranceTransferState.open.rawValue, day.description)
        }
        try countTransfers(of: noted.person)
    }

    func record(_ transfer: RecordInsuranceTransfer) throws {
        try transaction.execute(
            """
            UPDATE insurance_transfer SET state = ?, since = ?, recorded_by = ? WHERE person = ? AND insurance = ?
            """, transfer.state.rawValue, transfer.dated.description, context.officer.user, transfer.person.rawValue,
            transfer.insurance.rawValue)
        try countTransfers(of: transfer.person)
    }

    private func countTransfers(of person: PersonID) throws {
        let open = try transfers(of: person).filter { !$0.state.isSettled }
        try transaction.execute(
            "UPDATE person SET transfers = ? WHERE id = ?", open.reduce(0) { $0 | $1.insurance.bit }, person.rawValue)
    }
}
