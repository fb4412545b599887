import Contracts
import Domain
import Host
import Sealing
import Store

/// Somebody in the ledger, a member or not.
struct KnownPerson: Sendable {
    var id: PersonID
    var enterprise: String
    var township: String
    /// Whether the township has accepted the person (第十六条).
    var isAccepted: Bool

    static let columns = "id, enterprise, township, is_accepted"

    init(_ row: Row) throws {
        id = PersonID(try row.integer(0))
        enterprise = try row.text(1)
        township = try row.text(2)
        isAccepted = try row.bool(3)
    }
}

/// Number of a letter of introduction (介绍信): the year of its date, and a serial within the year.
struct LetterNumber: Equatable, Sendable {
    var year: Int
    var serial: Int

    var text: String { "红组转〔\(year)〕第\(serial)号" }
}

/// A member's transfer as stored, opened, without the explanation of its return.
struct StoredTransfer: Sendable {
    var person: PersonID
    var enterprise: String
    var township: String
    var state: TransferState
    var preparation: TransferPreparation
    var letter: TransferLetter?
    var details: TransferDetails

    static let columns = """
        person, enterprise, township, state, file_checked, dues_base_verified, dues_paid_through, data_gathered,
        letter_year, letter_serial, valid_until, details, \(TransferDetails.former)
        """

    init(_ row: Row, _ sealer: Sealer) throws {
        person = PersonID(try row.integer(0))
        enterprise = try row.text(1)
        township = try row.text(2)
        state = try Stored.value(TransferState(rawValue: try row.text(3)))
        preparation = TransferPreparation(
            fileChecked: try row.bool(4), duesBaseVerified: try row.bool(5),
            duesPaidThrough: try row.optionalText(6).map { try Stored.value(CalendarMonth($0)) },
            dataGathered: try row.bool(7))
        if let year = try row.optionalInt(8) {
            letter = TransferLetter(
                letterNumber: LetterNumber(year: year, serial: try row.int(9)).text,
                validUntil: try Stored.value(CalendarDay(try row.text(10))))
        }
        if let sealed = try row.optionalBlob(11) {
            details = try TransferDetails(stored: sealer.open(sealed, purpose: TransferDetails.purpose(person)))
        } else {
            details = try TransferDetails(former: row, from: 12)
        }
    }

    var kind: MemberKind? { details.kind }
    var dues: MonthlyDues? { details.dues }
    var duesBaseInFen: Int64? { details.duesBaseInFen }
    var organization: String? { details.organization }
    var branch: String? { details.branch }
    var refusalCause: TransferRefusalCause? { details.refusalCause }

    /// Whether the township's Party organization has taken over (第十条（二）).
    var isTakenOver: Bool { state == .accepted || state == .placed }
}

/// Named reads of the service's store. SQL of the service stands here and in `PartyRelationsWriter` only.
class PartyRelationsReads {
    let snapshot: Snapshot
    let sealer: Sealer

    init(_ snapshot: Snapshot, _ sealer: Sealer) {
        self.snapshot = snapshot
        self.sealer = sealer
    }

    /// Nil for people who are not, or no longer, in the ledger.
    func person(_ id: PersonID) throws -> KnownPerson? {
        try snapshot.first(
            "SELECT \(KnownPerson.columns) FROM person WHERE id = ? AND is_withdrawn = 0", id.rawValue
        ) { try KnownPerson($0) }
    }

    /// Nil for people who are no members.
    func transfer(_ person: PersonID) throws -> StoredTransfer? {
        try snapshot.first(
            "SELECT \(StoredTransfer.columns) FROM transfer WHERE person = ? AND is_withdrawn = 0", person.rawValue
        ) { try StoredTransfer($0, sealer) }
    }

    /// The day of the letter that is under way; nil when there is none.
    func letterDay(_ person: PersonID) throws -> CalendarDay? {
        let text = try snapshot.first(
            """
            SELECT letter.dated FROM transfer
            JOIN letter ON letter.year = transfer.letter_year AND letter.serial = transfer.letter_serial
            WHERE transfer.person = ?
            """, person.rawValue
        ) { try $0.text(0) }
        return try text.map { try Stored.value(CalendarDay($0)) }
    }

    /// The rule by which the letter that is under way was made out.
    func letterRule(_ person: PersonID) throws -> AppliedRule? {
        try snapshot.first(
            """
            SELECT letter.most_valid_days, letter.rule_from, letter.rule_source FROM transfer
            JOIN letter ON letter.year = transfer.letter_year AND letter.serial = transfer.letter_serial
            WHERE transfer.person = ? AND letter.rule_from IS NOT NULL
            """, person.rawValue
        ) { row in
            LetterValidity.parameter.applied(
                DatedValue(
                    try row.int(0), from: try Stored.value(CalendarDay(try row.text(1))), source: try row.text(2)))
        }
    }

    func explanation(_ person: PersonID) throws -> String? {
        let sealed = try snapshot.first("SELECT explanation FROM transfer WHERE person = ?", person.rawValue) {
            try $0.optionalBlob(0)
        }
        return try sealed.flatMap { $0 }.map { try sealer.openText($0, purpose: Self.purpose(person)) }
    }

    /// Bound to the person, so that an explanation moved to another row does not open.
    static func purpose(_ person: PersonID) -> String { "transfer.explanation:\(person.rawValue)" }

    /// The one organization that is responsible for the member now (第十条（二）): the enterprise's until the township's
    /// has accepted.
    func responsible(_ transfer: StoredTransfer) throws -> String {
        if transfer.isTakenOver, let organization = transfer.organization { return organization }
        let name = try snapshot.first("SELECT name FROM enterprise WHERE code = ?", transfer.enterprise) {
            try $0.text(0)
        }
        return (name ?? transfer.enterprise) + "党组织"
    }

    /// Members within the area after `after` in the order of their numbers, at most `limit`; without a state those
    /// whose transfer is not finished. A short walk along an index for each state, then merged.
    func work(_ scope: PeopleScope, state: TransferState?, after: Int64, limit: Int) throws -> [StoredTransfer] {
        let states = state.map { [$0] } ?? TransferState.allCases.filter { $0 != .placed }
        let found = try states.flatMap { state in
            try snapshot.rows(
                """
                SELECT \(StoredTransfer.columns) FROM transfer
                WHERE is_withdrawn = 0 AND state = ? AND \(scope.sql) AND person > ? ORDER BY person LIMIT ?
                """, values: [state.rawValue] + scope.values + [after, limit]
            ) { try StoredTransfer($0, sealer) }
        }
        return Array(found.sorted { $0.person < $1.person }.prefix(limit))
    }
}
