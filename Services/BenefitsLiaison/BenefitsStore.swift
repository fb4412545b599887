import Contracts
import Domain
import Host
import Sealing
import Store

/// A person as the benefits service knows them.
struct BenefitsPerson: Sendable {
    var id: PersonID
    var enterprise: String
    var township: String
    var hasOutOfPool: Bool
    var isRegistered: Bool
    var acceptedOn: CalendarDay?
    var list: Int64?
    var check: ListCheck?
    /// Left the ledger with an undone roster, after something had been entered here that is kept.
    var isWithdrawn: Bool

    static let columns = """
        id, enterprise, township, has_out_of_pool, registered_at IS NOT NULL, accepted_on, list, check_result,
        is_withdrawn
        """

    init(_ row: Row) throws {
        id = PersonID(try row.integer(0))
        enterprise = try row.text(1)
        township = try row.text(2)
        hasOutOfPool = try row.bool(3)
        isRegistered = try row.bool(4)
        acceptedOn = try row.optionalText(5).map { try Stored.value(CalendarDay($0)) }
        list = try row.optionalInteger(6)
        check = try row.optionalText(7).map { try Stored.value(ListCheck(rawValue: $0)) }
        isWithdrawn = try row.bool(8)
    }
}

/// The agency's finding for a person.
struct Finding: Equatable, Sendable {
    var result: ListCheck
    var note: String?
}

/// Named reads of the benefits store. SQL stands here, in `IntakeListStore.swift` and in `BenefitsWriter` only.
class BenefitsReads {
    let snapshot: Snapshot
    let sealer: Sealer

    init(_ snapshot: Snapshot, _ sealer: Sealer) {
        self.snapshot = snapshot
        self.sealer = sealer
    }

    // MARK: Enterprises

    func survey(_ enterprise: String) throws -> SurveyRecord? { try surveys(within: .enterprise(enterprise)).first }

    /// The enterprises within an area, in the order of their codes; an enterprise lies in no township.
    func surveys(within area: Area) throws -> [SurveyRecord] {
        let (condition, value): (String, String?) =
            switch area {
            case .county: ("?1 IS NULL", nil)
            case .township: ("?1 IS NOT NULL", nil)
            case .enterprise(let code): ("enterprise.code = ?1", code)
            }
        let items = try snapshot.rows(
            """
            SELECT enterprise.code, kind, monthly_cap_in_fen FROM survey_item
            JOIN enterprise ON enterprise.code = survey_item.enterprise WHERE \(condition)
            """, value
        ) { row in
            (
                try row.text(0),
                SurveyItem(
                    kind: try Stored.value(BenefitKind(rawValue: try row.text(1))),
                    monthlyCapInFen: try row.integer(2))
            )
        }
        let byEnterprise = Dictionary(grouping: items, by: \.0).mapValues { $0.map(\.1).inOrder }
        return try snapshot.rows(
            "SELECT code, frozen_at IS NOT NULL, has_annuity FROM enterprise WHERE \(condition) ORDER BY code", value
        ) { row in
            let code = try row.text(0)
            return SurveyRecord(
                enterprise: code, isFrozen: try row.bool(1), hasAnnuity: try row.bool(2),
                items: byEnterprise[code] ?? [])
        }
    }

    // MARK: Persons

    func person(_ id: PersonID) throws -> BenefitsPerson? {
        try snapshot.first("SELECT \(BenefitsPerson.columns) FROM person WHERE id = ?", id.rawValue) {
            try BenefitsPerson($0)
        }
    }

    func items(of person: PersonID) throws -> [BenefitItem] {
        let sealed = try snapshot.first("SELECT items FROM sealed_items WHERE person = ?", person.rawValue) { row in
            try SealedItems(stored: sealer.open(row.blob(0), purpose: SealedItems.purpose(person)))
        }
        return try sealed?.items ?? formerItems(of: person)
    }

    /// As an earlier release kept them; none once they are sealed.
    func formerItems(of person: PersonID) throws -> [BenefitItem] {
        try snapshot.rows(
            "SELECT kind, monthly_amount_in_fen, channel FROM item WHERE person = ?", person.rawValue
        ) { row in
            BenefitItem(
                kind: try Stored.value(BenefitKind(rawValue: try row.text(0))), monthlyAmountInFen: try row.integer(1),
                channel: try Stored.value(PaymentChannel(rawValue: try row.text(2))))
        }.inOrder
    }

    /// What the agency found last.
    func finding(for person: PersonID) throws -> Finding? {
        try snapshot.first(
            "SELECT result, note, id FROM finding WHERE person = ? ORDER BY id DESC LIMIT 1", person.rawValue
        ) { row in
            Finding(
                result: try Stored.value(ListCheck(rawValue: try row.text(0))),
                note: try row.optionalBlob(1).map {
                    try Self.note.openText($0, row: row.integer(2), with: sealer, in: snapshot)
                })
        }
    }

    static let note = SealedColumn("finding", "note", formerly: "finding.note")

    /// People within a scope who wait for a step, after `after` in the order of their numbers, at most `limit`.
    func waiting(
        for step: BenefitsStep, within scope: PeopleScope, after: Int64, limit: Int
    ) throws -> [BenefitsPerson] {
        let waits =
            switch step {
            case .register: "has_out_of_pool = 1 AND registered_at IS NULL"
            case .list: "accepted_on IS NOT NULL AND list IS NULL"
            case .check: "list IS NOT NULL AND check_result IS NOT 'matches'"
            }
        return try snapshot.rows(
            """
            SELECT \(BenefitsPerson.columns) FROM person
            WHERE id > ? AND \(waits) AND is_withdrawn = 0 AND \(scope.sql) ORDER BY id LIMIT ?
            """, values: [after] + scope.values + [limit]
        ) { try BenefitsPerson($0) }
    }

    /// What confines people to an area; its value is the first of the statement.
    static func condition(_ area: Area) -> (sql: String, value: String?) {
        switch area {
        case .county: ("?1 IS NULL", nil)
        case .township(let code): ("township = ?1", code)
        case .enterprise(let code): ("enterprise = ?1", code)
        }
    }
}

extension [SurveyItem] {
    /// Items have no order of their own: equal ones are to compare as equal.
    var inOrder: [SurveyItem] { sorted { $0.kind.place < $1.kind.place } }
}

extension [BenefitItem] {
    var inOrder: [BenefitItem] { sorted { $0.kind.place < $1.kind.place } }
}

extension BenefitKind {
    /// The place in the enterprises' form.
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
