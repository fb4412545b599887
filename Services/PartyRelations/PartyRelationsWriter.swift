import Contracts
import Domain
import Host
import Sealing
import Store

/// The service's store in the hands of a query: reads, and who asks.
final class PartyRelationsReader: PartyRelationsReads {
    let context: ReadContext

    init(_ context: ReadContext, _ sealer: Sealer) {
        self.context = context
        super.init(context.snapshot, sealer)
    }
}

/// The service's store in the hands of a command or an event: named writes that keep the invariants.
final class PartyRelationsWriter: PartyRelationsReads {
    let context: WriteContext
    private let transaction: Transaction

    init(_ context: WriteContext, _ sealer: Sealer) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction, sealer)
    }

    /// The transfer that a command is about, within the officer's area. Only who is entitled to the person learns that
    /// the person is no member.
    func chosen(_ id: PersonID) throws -> (person: KnownPerson, transfer: StoredTransfer) {
        guard let person = try person(id) else { throw CommonRefusal.unknownPerson }
        try context.requireArea(enterprise: person.enterprise, township: person.township)
        guard let transfer = try transfer(id) else { throw PartyRelationsRefusal.notMember }
        return (person, transfer)
    }

    // MARK: Commands

    func prepare(_ work: PrepareTransfer, dues: MonthlyDues) throws {
        try transaction.execute(
            """
            UPDATE transfer SET state = ?, file_checked = ?, dues_base_verified = ?, dues_paid_through = ?,
                data_gathered = ?, dues_on = ? WHERE person = ?
            """, TransferState.prepared.rawValue, work.preparation.fileChecked, work.preparation.duesBaseVerified,
            work.preparation.duesPaidThrough?.description, work.preparation.dataGathered, context.today.description,
            work.person.rawValue)
        try change(work.person) { details in
            details.kind = work.kind
            details.duesBaseInFen = work.duesBaseInFen
            details.dues = dues
        }
    }

    /// Dues that were reckoned anew; the base and its day stay.
    func save(_ dues: MonthlyDues, of person: PersonID) throws { try change(person) { $0.dues = dues } }

    private func change(_ person: PersonID, _ change: (inout TransferDetails) -> Void) throws {
        var details =
            try snapshot.first(
                "SELECT \(StoredTransfer.columns) FROM transfer WHERE person = ?", person.rawValue
            ) { try StoredTransfer($0, sealer).details } ?? TransferDetails()
        change(&details)
        try save(details, of: person)
    }

    func save(_ details: TransferDetails, of person: PersonID) throws {
        let cleared = TransferDetails.former.split(separator: ",").map {
            "\($0.filter { !$0.isWhitespace }) = NULL"
        }
        try transaction.execute(
            "UPDATE transfer SET details = ?, \(cleared.joined(separator: ", ")) WHERE person = ?",
            sealer.seal(try details.stored(), purpose: TransferDetails.purpose(person)), person.rawValue)
    }

    /// The number of the next letter of a year, taken for good.
    func takeLetterNumber(
        for person: PersonID, dated day: CalendarDay, validFor days: Int, atMost longest: DatedValue<Int>
    ) throws -> LetterNumber {
        let last = try snapshot.scalar("SELECT max(serial) FROM letter WHERE year = ?", day.year) ?? 0
        let number = LetterNumber(year: day.year, serial: Int(last) + 1)
        try transaction.execute(
            """
            INSERT INTO letter(year, serial, person, dated, valid_days, most_valid_days, rule_from, rule_source)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?)
            """, number.year, number.serial, person.rawValue, day.description, days, longest.value,
            longest.holdsFrom.description, longest.source)
        return number
    }

    func send(_ person: PersonID, to organization: String, _ number: LetterNumber, validUntil: CalendarDay) throws {
        try transaction.execute(
            """
            UPDATE transfer SET state = ?, letter_year = ?, letter_serial = ?, valid_until = ?, explanation = NULL
            WHERE person = ?
            """, TransferState.sent.rawValue, number.year, number.serial, validUntil.description, person.rawValue)
        try change(person) { details in
            details.organization = organization
            details.refusalCause = nil
        }
    }

    func accept(_ person: PersonID) throws {
        try transaction.execute(
            "UPDATE transfer SET state = ? WHERE person = ?", TransferState.accepted.rawValue, person.rawValue)
    }

    /// The letter is void with it: the next one may go elsewhere.
    func giveBack(_ person: PersonID, cause: TransferRefusalCause, explanation: String) throws {
        try transaction.execute(
            """
            UPDATE transfer SET state = ?, letter_year = NULL, letter_serial = NULL, valid_until = NULL, explanation = ?
            WHERE person = ?
            """, TransferState.returned.rawValue, sealer.seal(explanation, purpose: Self.purpose(person)),
            person.rawValue)
        try change(person) { details in
            details.organization = nil
            details.refusalCause = cause
        }
    }

    func place(_ person: PersonID, in branch: String) throws {
        try transaction.execute(
            "UPDATE transfer SET state = ? WHERE person = ?", TransferState.placed.rawValue, person.rawValue)
        try change(person) { $0.branch = branch }
    }

    func deny(_ person: PersonID) throws {
        try transaction.execute("UPDATE transfer SET is_withdrawn = 1 WHERE person = ?", person.rawValue)
    }

    // MARK: Events of the registry

    func save(enterprise code: String, name: String) throws {
        try transaction.execute(
            "INSERT INTO enterprise(code, name) VALUES(?, ?) ON CONFLICT(code) DO UPDATE SET name = excluded.name",
            code, name)
    }

    func register(_ person: PersonID, enterprise: String, township: String) throws {
        try transaction.execute(
            "INSERT INTO person(id, enterprise, township) VALUES(?, ?, ?)", person.rawValue, enterprise, township)
    }

    func noteMember(_ id: PersonID) throws {
        let person = try known(id)
        // Denied once and found to be a member after all: the work begins anew.
        try transaction.execute(
            """
            INSERT INTO transfer(person, enterprise, township, state) VALUES(?, ?, ?, ?)
            ON CONFLICT(person) DO UPDATE SET is_withdrawn = 0
            """, id.rawValue, person.enterprise, person.township, TransferState.awaiting.rawValue)
    }

    func setAccepted(_ id: PersonID) throws {
        _ = try known(id)
        try transaction.execute("UPDATE person SET is_accepted = 1 WHERE id = ?", id.rawValue)
    }

    /// A transfer on which somebody has worked keeps its rows, out of everyone's sight.
    func withdraw(_ id: PersonID) throws {
        try transaction.execute(
            "DELETE FROM transfer WHERE person = ? AND state = ?", id.rawValue, TransferState.awaiting.rawValue)
        try transaction.execute("UPDATE transfer SET is_withdrawn = 1 WHERE person = ?", id.rawValue)
        try transaction.execute("UPDATE person SET is_withdrawn = 1 WHERE id = ?", id.rawValue)
        try transaction.execute(
            "DELETE FROM person WHERE id = ? AND NOT EXISTS(SELECT 1 FROM transfer WHERE transfer.person = person.id)",
            id.rawValue)
    }

    /// The registry registers people before it tells more of them; an event of somebody unknown is parked, where
    /// operators see it, rather than dropped.
    private func known(_ id: PersonID) throws -> KnownPerson {
        guard let person = try person(id) else { throw CommonRefusal.unknownPerson }
        return person
    }
}
