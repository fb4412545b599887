import Contracts
import Domain
import Host
import Sealing
import Store

/// What of a transfer is sealed in the store: money, organizations, and why it came back. A dues base is the pension,
/// which the registry seals as well.
struct TransferDetails: StoredJSON, Equatable {
    var kind: MemberKind?
    var duesBaseInFen: Int64?
    var dues: MonthlyDues?
    var organization: String?
    var branch: String?
    var refusalCause: TransferRefusalCause?

    /// Bound to the person, so that what is moved to another row does not open.
    static func purpose(_ person: PersonID) -> String { "transfer.details:\(person.rawValue)" }

    /// The columns in which earlier releases kept it in the clear.
    static let former = """
        kind, dues_base_in_fen, dues_amount_in_fen, dues_rate_per_ten_thousand, dues_source, dues_rule_from,
        organization, branch, refusal_cause
        """
    static let formerCount = 9

    init() {}

    /// - Parameter first: the place of the first of `former`.
    init(former row: Row, from first: Int) throws {
        kind = try row.optionalText(first).map { try Stored.value(MemberKind(rawValue: $0)) }
        duesBaseInFen = try row.optionalInteger(first + 1)
        if let amount = try row.optionalInteger(first + 2) {
            dues = MonthlyDues(
                amountInFen: amount, ratePerTenThousand: try row.int(first + 3), source: try row.text(first + 4),
                ruleFrom: try row.optionalText(first + 5).map { try Stored.value(CalendarDay($0)) })
        }
        organization = try row.optionalText(first + 6)
        branch = try row.optionalText(first + 7)
        refusalCause = try row.optionalText(first + 8).map { try Stored.value(TransferRefusalCause(rawValue: $0)) }
    }
}

/// Seals what an earlier release left in the clear, some hundred rows at a time.
enum TransferSealing {
    static let name = "seal-transfers"
    private static let rowsInOnePiece = 200

    /// For the migration: begins it where there is something to seal.
    static let begin = """
        ALTER TABLE transfer ADD COLUMN details BLOB;
        INSERT INTO unfinished(work, subject, officer)
        SELECT '\(name)', 0, '{"area":"county","role":"operator","user":"party-relations"}'
        WHERE EXISTS(SELECT 1 FROM transfer);
        """

    /// - Returns: true when all is sealed.
    static func proceed(_ relations: PartyRelationsWriter) throws -> Bool {
        let rows = try relations.snapshot.rows(
            """
            SELECT person, \(TransferDetails.former) FROM transfer WHERE details IS NULL ORDER BY person LIMIT ?
            """, rowsInOnePiece
        ) { row in (person: PersonID(try row.integer(0)), details: try TransferDetails(former: row, from: 1)) }
        for row in rows { try relations.save(row.details, of: row.person) }
        return rows.count < rowsInOnePiece
    }
}
