import Contracts
import Domain
import Host
import Sealing
import Store

/// A person's row: what decisions are made of, without what is sealed.
struct LedgerPerson: Sendable {
    var id: PersonID
    var roster: Int64
    var sheetRow: Int
    var enterprise: String
    var township: String
    var status: PersonStatus
    var registeredOn: CalendarDay
    var isPartyMember: Bool
    var hasOutOfPool: Bool
    var application: Int64?
    var acceptedOn: CalendarDay?
    var confirmedBy: ConfirmationMethod?
    var cardNumber: String?
    var archivesDone: Bool
    var partyDone: Bool
    var listed: Bool
    var healthDone: Bool
    var benefitsDone: Bool
    /// Something of the roster has to be looked into.
    var isNoted: Bool

    static let columns = """
        id, roster, sheet_row, enterprise, township, status, registered_on, is_party_member, has_out_of_pool,
        application, accepted_on, confirmed_by, card_number, archives_done, party_done, listed, health_done,
        benefits_done, noted
        """

    init(_ row: Row) throws {
        id = PersonID(try row.integer(0))
        roster = try row.integer(1)
        sheetRow = Int(try row.integer(2))
        enterprise = try row.text(3)
        township = try row.text(4)
        status = try Stored.value(PersonStatus(rawValue: try row.text(5)))
        registeredOn = try Stored.value(CalendarDay(try row.text(6)))
        isPartyMember = try row.integer(7) != 0
        hasOutOfPool = try row.integer(8) != 0
        application = try row.optionalInteger(9)
        acceptedOn = try row.optionalText(10).flatMap(CalendarDay.init)
        confirmedBy = try row.optionalText(11).flatMap(ConfirmationMethod.init)
        cardNumber = try row.optionalText(12)
        archivesDone = try row.integer(13) != 0
        partyDone = try row.integer(14) != 0
        listed = try row.integer(15) != 0
        healthDone = try row.integer(16) != 0
        benefitsDone = try row.integer(17) != 0
        isNoted = try row.bool(18)
    }

    /// Every track that this person needs is done (第九条至第十六条).
    var isComplete: Bool {
        status == .accepted && cardNumber != nil && archivesDone && (partyDone || !isPartyMember) && listed
            && healthDone && (benefitsDone || !hasOutOfPool)
    }

    /// The one unit that manages the person now (第二条): the enterprise until the township accepts.
    var managedSince: CalendarDay { acceptedOn ?? registeredOn }
}

/// Named reads of the registry's store. SQL of the registry stands here and in `RegistryWriter` only.
class RegistryReads {
    let snapshot: Snapshot
    let sealer: Sealer

    init(_ snapshot: Snapshot, _ sealer: Sealer) {
        self.snapshot = snapshot
        self.sealer = sealer
    }

    // MARK: Enterprises

    func enterprise(_ code: String) throws -> EnterpriseRow? {
        try enterprises(where: "code = ?", code).first
    }

    func enterprises() throws -> [EnterpriseRow] { try enterprises(where: "1 = ?", 1) }

    private func enterprises(where condition: String, _ value: any SQLBindable) throws -> [EnterpriseRow] {
        try snapshot.rows(
            """
            SELECT code, name, ownership, is_financial, has_vanished, stand_in, has_annuity, people
            FROM enterprise WHERE \(condition) ORDER BY code
            """, value
        ) { row in
            EnterpriseRow(
                code: try row.text(0), name: try row.text(1),
                ownership: try Stored.value(Ownership(rawValue: try row.text(2))),
                isFinancial: try row.integer(3) != 0, hasVanished: try row.integer(4) != 0,
                standIn: try row.optionalText(5),
                hasAnnuity: try row.integer(6) != 0, people: Int(try row.integer(7)))
        }
    }

    func enterpriseNames() throws -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: try snapshot.rows("SELECT code, name FROM enterprise") {
                (try $0.text(0), try $0.text(1))
            })
    }

    // MARK: Persons

    /// Whoever came with a roster that is being undone is in the ledger no more, though the row has not gone yet.
    private static let isThere = "roster NOT IN (SELECT id FROM roster WHERE state = 'undoing')"

    func person(_ id: PersonID) throws -> LedgerPerson? {
        try snapshot.first(
            "SELECT \(LedgerPerson.columns) FROM person WHERE id = ? AND \(Self.isThere)", id.rawValue
        ) { try LedgerPerson($0) }
    }

    func person(identityNumber: ResidentIdentityNumber) throws -> LedgerPerson? {
        try snapshot.first(
            "SELECT \(LedgerPerson.columns) FROM person WHERE identity_token = ? AND \(Self.isThere)",
            token(of: identityNumber)
        ) { try LedgerPerson($0) }
    }

    func details(_ id: PersonID) throws -> PersonDetails {
        let sealed = try snapshot.first("SELECT details FROM person WHERE id = ?", id.rawValue) { try $0.blob(0) }
        guard let sealed else { throw CommonRefusal.unknownPerson }
        return try unseal(sealed, of: id)
    }

    func delegate(_ id: PersonID) throws -> String? {
        let sealed = try snapshot.first("SELECT delegate FROM person WHERE id = ?", id.rawValue) {
            try $0.optionalBlob(0)
        }
        return try sealed.flatMap { $0 }.map {
            try RegistrySealed.delegate.openText($0, row: id.rawValue, with: sealer, in: snapshot)
        }
    }

    func corrections(_ id: PersonID) throws -> [CorrectionRecord] {
        try snapshot.rows(
            "SELECT field, before, after, at, id FROM correction WHERE person = ? ORDER BY id", id.rawValue
        ) { row in
            let id = try row.integer(4)
            return CorrectionRecord(
                field: try Stored.value(CorrectableField(rawValue: try row.text(0))),
                before: try RegistrySealed.before.openText(row.blob(1), row: id, with: sealer, in: snapshot),
                after: try RegistrySealed.after.openText(row.blob(2), row: id, with: sealer, in: snapshot),
                at: Timestamp(millisecondsSinceEpoch: try row.integer(3)))
        }
    }

    func peopleCount(ofRoster roster: Int64) throws -> Int {
        Int(try snapshot.scalar("SELECT count(*) FROM person WHERE roster = ?", roster) ?? 0)
    }

    /// The first people of a roster, also of one that is being undone.
    func persons(ofRoster roster: Int64, limit: Int) throws -> [PersonID] {
        try snapshot.rows("SELECT id FROM person WHERE roster = ? ORDER BY id LIMIT ?", roster, limit) {
            PersonID(try $0.integer(0))
        }
    }

    /// Somebody with this ID number whose roster is being undone, and who has not left yet.
    func leaving(identityNumber: ResidentIdentityNumber) throws -> PersonID? {
        try snapshot.scalar(
            "SELECT id FROM person WHERE identity_token = ? AND NOT \(Self.isThere)", token(of: identityNumber)
        ).map { PersonID($0) }
    }

    func persons(ofApplication application: Int64) throws -> [LedgerPerson] {
        try persons("application = ?", application)
    }

    /// Whom a refused application was about. Those who have left the ledger since are not among them.
    func persons(returnedWith application: Int64) throws -> [LedgerPerson] {
        try persons("id IN (SELECT person FROM returned WHERE application = ?)", application)
    }

    /// Both together, after `after` in the order of their numbers, at most `limit`.
    func persons(concernedBy application: Int64, after: Int64, limit: Int) throws -> [LedgerPerson] {
        let found = try [
            "SELECT id FROM person WHERE application = ? AND id > ? ORDER BY id LIMIT ?",
            "SELECT person FROM returned WHERE application = ? AND person > ? ORDER BY person LIMIT ?",
        ].flatMap { try snapshot.rows($0, application, after, limit) { PersonID(try $0.integer(0)) } }
        return try Set(found).sorted().prefix(limit).compactMap { try person($0) }
    }

    private func persons(_ condition: String, _ value: Int64) throws -> [LedgerPerson] {
        try snapshot.rows("SELECT \(LedgerPerson.columns) FROM person WHERE \(condition) ORDER BY id", value) {
            try LedgerPerson($0)
        }
    }

    /// What the ledger is filtered by. Nil does not filter.
    struct Filter {
        var area: Area = .county
        var enterprise: String?
        var township: String?
        var stages: [LedgerStage] = LedgerStage.allCases
        /// Only people whose names hold all of these.
        var nameCharacters: [Character] = []

        fileprivate var scope: PeopleScope {
            PeopleScope(area, Narrowing(enterprise: enterprise, township: township))
        }
    }

    /// A piece of the ledger in the order of people's numbers.
    struct Page {
        var people: [(LedgerPerson, PersonDetails)]
        /// After whom the next piece begins; nil at the end.
        var next: Int64?
    }

    /// People after `after`, at most `limit`.
    func persons(_ filter: Filter, after: Int64, limit: Int) throws -> Page {
        let ids: [Int64]
        let end: Int64?
        if filter.nameCharacters.isEmpty {
            (ids, end) = (try walk(filter, after: after, limit: limit), nil)
        } else {
            (ids, end) = try named(filter, after: after, limit: limit)
        }
        let people = try ids.compactMap { id in
            try snapshot.first("SELECT \(LedgerPerson.columns), details FROM person WHERE id = ?", id) {
                (try LedgerPerson($0), try unseal($0.blob(19), of: PersonID(id)))
            }
        }
        return Page(people: people, next: ids.count == limit ? ids.last : end)
    }

    /// One short walk along an index for each stage, then merged: a single query over several stages would sort all
    /// that they hold, and the thousandth page would cost a thousand times the first.
    private func walk(_ filter: Filter, after: Int64, limit: Int) throws -> [Int64] {
        let scope = filter.scope
        let found = try filter.stages.flatMap { stage -> [Int64] in
            // Only a roster of which nobody has moved on can be undone.
            let isThere = stage == .registered ? " AND \(Self.isThere)" : ""
            return try snapshot.rows(
                "SELECT id FROM person WHERE stage = ? AND \(scope.sql) AND id > ?\(isThere) ORDER BY id LIMIT ?",
                values: [stage.rawValue] + scope.values + [after, limit]
            ) { try $0.integer(0) }
        }
        return Array(found.sorted().prefix(limit))
    }

    /// So many people who have a character in common are looked at for one page. Where hardly any of them fits the rest
    /// of the filter the page is short, and the next one goes on.
    static let mostLookedAt = 5_000

    /// People whose names hold all the characters: along the rarest one's tokens, each held against the others.
    /// - Returns: and where the search stopped before the end without a full page.
    private func named(_ filter: Filter, after: Int64, limit: Int) throws -> (ids: [Int64], end: Int64?) {
        let tokens = filter.nameCharacters.map { sealer.token(String($0), purpose: "name") }
        let counted = try tokens.map { token in
            let count = "SELECT count(*) FROM (SELECT 1 FROM name_token WHERE token = ? LIMIT ?)"
            return (token: token, people: try snapshot.scalar(count, token, Self.mostLookedAt) ?? 0)
        }
        guard let rarest = counted.min(by: { $0.people < $1.people })?.token else { return ([], nil) }
        let end = try snapshot.scalar(
            "SELECT person FROM name_token WHERE token = ? AND person > ? ORDER BY person LIMIT 1 OFFSET ?", rarest,
            after, Self.mostLookedAt - 1)
        let others = tokens.filter { $0 != rarest }
        let hasOthers = others.map { _ in
            " AND EXISTS(SELECT 1 FROM name_token AS other WHERE other.token = ? AND other.person = named.person)"
        }
        let scope = filter.scope
        let stages = filter.stages.map { _ in "?" }.joined(separator: ", ")
        var values: [any SQLBindable] = [rarest, after, end ?? .max]
        values += others as [any SQLBindable]
        values += filter.stages.map(\.rawValue) as [any SQLBindable]
        let ids = try snapshot.rows(
            """
            SELECT person FROM name_token AS named WHERE token = ? AND person > ? AND person <= ?\(hasOthers.joined())
            AND EXISTS(SELECT 1 FROM person WHERE id = named.person AND stage IN (\(stages)) AND \(scope.sql)
                AND \(Self.isThere))
            ORDER BY person LIMIT ?
            """, values: values + scope.values + [limit]
        ) { try $0.integer(0) }
        return (ids, end)
    }

    private func unseal(_ sealed: [UInt8], of person: PersonID) throws -> PersonDetails {
        try PersonDetails(
            stored: RegistrySealed.details.open(sealed, row: person.rawValue, with: sealer, in: snapshot))
    }

    func token(of number: ResidentIdentityNumber) -> Int64 { sealer.token(number.text, purpose: "identity-number") }

    // MARK: Applications

    func application(_ id: Int64) throws -> StoredApplication? {
        try snapshot.first("SELECT \(StoredApplication.columns) FROM application WHERE id = ?", id) {
            try StoredApplication($0)
        }
    }

    /// The application with which a person was sent back; nil for somebody who was not, or who has moved on since.
    func returned(_ person: LedgerPerson) throws -> ReturnedApplication? {
        guard person.status == .verified else { return nil }
        let last = try snapshot.scalar("SELECT max(application) FROM returned WHERE person = ?", person.id.rawValue)
        guard let stored = try last.flatMap(application), let day = stored.decidedOn, let cause = stored.cause else {
            return nil
        }
        return ReturnedApplication(
            application: stored.id, on: day, cause: cause, explanation: try explanation(stored))
    }

    private func explanation(_ stored: StoredApplication) throws -> String? {
        try stored.explanation.map {
            try RegistrySealed.explanation.openText($0, row: stored.id, with: sealer, in: snapshot)
        }
    }

    func row(_ stored: StoredApplication, _ enterpriseNames: [String: String]) throws -> ApplicationRow {
        ApplicationRow(
            application: stored.id, enterprise: stored.enterprise,
            enterpriseName: enterpriseNames[stored.enterprise] ?? stored.enterprise, township: stored.township,
            people: stored.people, dated: stored.dated, state: stored.state, decidedOn: stored.decidedOn,
            cause: stored.cause, explanation: try explanation(stored))
    }

    /// The last 500 of the area: what others have in hand must not push one's own off the list.
    func applications(state: String?, within area: Area) throws -> [StoredApplication] {
        let scope = PeopleScope(area)
        var values = scope.values
        if let state { values.append(state) }
        return try snapshot.rows(
            """
            SELECT \(StoredApplication.columns) FROM application
            WHERE \(scope.sql)\(state == nil ? "" : " AND state = ?") ORDER BY id DESC LIMIT 500
            """, values: values
        ) { try StoredApplication($0) }
    }
}

/// An application as stored.
struct StoredApplication: Sendable {
    var id: Int64
    var enterprise: String
    var township: String
    var people: Int
    var dated: CalendarDay
    var state: String
    var decidedOn: CalendarDay?
    var cause: RefusalCause?
    /// Sealed.
    var explanation: [UInt8]?

    static let columns = "id, enterprise, township, people, dated, state, decided_on, cause, sealed_explanation"

    init(_ row: Row) throws {
        id = try row.integer(0)
        enterprise = try row.text(1)
        township = try row.text(2)
        people = Int(try row.integer(3))
        dated = try Stored.value(CalendarDay(try row.text(4)))
        state = try row.text(5)
        decidedOn = try row.optionalText(6).map { try Stored.value(CalendarDay($0)) }
        cause = try row.optionalText(7).map { try Stored.value(RefusalCause(rawValue: $0)) }
        explanation = try row.optionalBlob(8)
    }
}
