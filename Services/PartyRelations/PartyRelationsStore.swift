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

/// A member's transfer as stored, without what is sealed.
struct StoredTransfer: Sendable {
    var person: PersonID
    var enterprise: String
    var township: String
    var state: TransferState
    var kind: MemberKind?
    var preparation: TransferPreparation
    var dues: MonthlyDues?
    var duesBaseInFen: Int64?
    var organization: String?
    var letter: TransferLetter?
    var branch: String?
    var refusalCause: TransferRefusalCause?

    static let columns = """
        person, enterprise, township, state, kind, file_checked, dues_base_verified, dues_paid_through, data_gathered,
        dues_amount_in_fen, dues_rate_per_ten_thousand, dues_source, organization, letter_year, letter_serial,
        valid_until, branch, refusal_cause, dues_base_in_fen, dues_rule_from
        """

    init(_ row: Row) throws {
        person = PersonID(try row.integer(0))
        enterprise = try row.text(1)
        township = try row.text(2)
        state = try Stored.value(TransferState(rawValue: try row.text(3)))
        kind = try row.optionalText(4).map { try Stored.value(MemberKind(rawValue: $0)) }
        preparation = TransferPreparation(
            fileChecked: try row.bool(5), duesBaseVerified: try row.bool(6),
            duesPaidThrough: try row.optionalText(7).map { try Stored.value(CalendarMonth($0)) },
            dataGathered: try row.bool(8))
        if let amount = try row.optionalInteger(9) {
            dues = MonthlyDues(
                amountInFen: amount, ratePerTenThousand: try row.int(10), source: try row.text(11),
                ruleFrom: try row.optionalText(19).map { try Stored.value(CalendarDay($0)) })
        }
        organization = try row.optionalText(12)
        if let year = try row.optionalInt(13) {
            letter = TransferLetter(
                letterNumber: LetterNumber(year: year, serial: try row.int(14)).text,
                validUntil: try Stored.value(CalendarDay(try row.text(15))))
        }
        branch = try row.optionalText(16)
        duesBaseInFen = try row.optionalInteger(18)
        refusalCause = try row.optionalText(17).map { try Stored.value(TransferRefusalCause(rawValue: $0)) }
    }

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
        ) { try StoredTransfer($0) }
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
            ) { try StoredTransfer($0) }
        }
        return Array(found.sorted { $0.person < $1.person }.prefix(limit))
    }
}
