import Contracts
import Domain
import Host
import Sealing
import Store

/// What of a record is sealed in the store: health data are sensitive.
struct HealthFindings: StoredJSON, Equatable {
    var bloodType: String?
    var allergies: String?
    var chronicDiseases: [String]
}

/// A person as far as the registry's events tell.
struct KnownPerson: Sendable {
    var id: PersonID
    var enterprise: String
    var township: String
    var acceptedOn: CalendarDay?

    static let columns = "id, enterprise, township, accepted_on"

    init(_ row: Row) throws {
        id = PersonID(try row.integer(0))
        enterprise = try row.text(1)
        township = try row.text(2)
        acceptedOn = try row.optionalText(3).map { try Stored.value(CalendarDay($0)) }
    }
}

/// A record as stored, opened.
struct StoredRecord: Sendable {
    var number: HealthRecordNumber
    var openedOn: CalendarDay
    var findings: HealthFindings
}

/// Named reads of the store. SQL of this service stands here and in `HealthRecordsWriter` only.
class HealthRecordsReads {
    let snapshot: Snapshot
    let sealer: Sealer

    init(_ snapshot: Snapshot, _ sealer: Sealer) {
        self.snapshot = snapshot
        self.sealer = sealer
    }

    func person(_ id: PersonID) throws -> KnownPerson? {
        try snapshot.first("SELECT \(KnownPerson.columns) FROM person WHERE id = ?", id.rawValue) {
            try KnownPerson($0)
        }
    }

    func record(_ person: PersonID) throws -> StoredRecord? {
        try snapshot.first(
            "SELECT township, village, sequence, opened_on, findings FROM record WHERE person = ?", person.rawValue
        ) { row in
            let township = try Stored.value(Township(try row.text(0)))
            let number = HealthRecordNumber(township: township, village: try row.int(1), sequence: try row.int(2))
            return StoredRecord(
                number: try Stored.value(number), openedOn: try Stored.value(CalendarDay(try row.text(3))),
                findings: try HealthFindings(
                    stored: sealer.open(try row.blob(4), purpose: Self.purpose(person))))
        }
    }

    func hasRecord(_ person: PersonID) throws -> Bool {
        try snapshot.scalar("SELECT 1 FROM record WHERE person = ?", person.rawValue) != nil
    }

    /// The last sequence that was given in a village; 0 before the first.
    func lastSequence(township: String, village: Int) throws -> Int {
        Int(
            try snapshot.scalar(
                "SELECT max(sequence) FROM record WHERE township = ? AND village = ?", township, village) ?? 0)
    }

    /// Accepted people without a record after `after` in the order of their numbers, at most `limit`.
    func awaiting(_ scope: PeopleScope, after: Int64, limit: Int) throws -> [KnownPerson] {
        try snapshot.rows(
            """
            SELECT \(KnownPerson.columns) FROM person
            WHERE awaits = 1 AND id > ? AND \(scope.sql) ORDER BY id LIMIT ?
            """, values: [after] + scope.values + [limit]
        ) { try KnownPerson($0) }
    }

    /// Bound to the person, so that findings moved to another row no longer open.
    static func purpose(_ person: PersonID) -> String { "record.findings:\(person.rawValue)" }
}

/// The store in the hands of a query.
final class HealthRecordsReader: HealthRecordsReads {
    let context: ReadContext

    init(_ context: ReadContext, _ sealer: Sealer) {
        self.context = context
        super.init(context.snapshot, sealer)
    }
}

/// The store in the hands of a command or an event: named writes that keep the invariants.
final class HealthRecordsWriter: HealthRecordsReads {
    let context: WriteContext
    private let transaction: Transaction

    init(_ context: WriteContext, _ sealer: Sealer) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction, sealer)
    }

    func register(_ person: PersonID, enterprise: String, township: String) throws {
        try transaction.execute(
            """
            INSERT INTO person(id, enterprise, township) VALUES(?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET enterprise = excluded.enterprise, township = excluded.township
            """, person.rawValue, enterprise, township)
    }

    func accept(_ person: PersonID, on day: CalendarDay) throws {
        try transaction.execute(
            """
            UPDATE person SET accepted_on = ?, awaits = NOT EXISTS(SELECT 1 FROM record WHERE person = person.id)
            WHERE id = ?
            """, day.description, person.rawValue)
    }

    /// Forgets a person for whom nothing was done yet; a record that is open stays.
    func withdraw(_ person: PersonID) throws {
        try transaction.execute(
            "DELETE FROM person WHERE id = ?1 AND NOT EXISTS(SELECT 1 FROM record WHERE person = ?1)", person.rawValue)
    }

    func open(
        _ number: HealthRecordNumber, of person: PersonID, on day: CalendarDay, _ findings: HealthFindings
    ) throws {
        try transaction.execute(
            """
            INSERT INTO record(person, township, village, sequence, opened_on, opened_by, findings)
            VALUES(?, ?, ?, ?, ?, ?, ?)
            """, person.rawValue, number.townshipCode, number.village, number.sequence, day.description,
            context.officer.user, sealer.seal(try findings.stored(), purpose: Self.purpose(person)))
        try transaction.execute("UPDATE person SET awaits = 0 WHERE id = ?", person.rawValue)
    }
}
