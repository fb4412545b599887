import Contracts
import Domain
import Host
import Sealing
import Store

/// The registry's store in the hands of a query: reads, who asks, and whom the answer shows.
final class RegistryReader: RegistryReads {
    let context: ReadContext

    init(_ context: ReadContext, _ sealer: Sealer) {
        self.context = context
        super.init(context.snapshot, sealer)
    }

    /// The line of the ledger that lists show. Notes that the officer saw it.
    func row(_ person: LedgerPerson, _ details: PersonDetails, _ enterpriseNames: [String: String]) throws -> PersonRow
    {
        context.looked(at: person.id)
        let row = PersonRow(
            person: person.id, name: details.name,
            maskedIdentity: try Stored.value(try? ResidentIdentityNumber(details.identityNumber)).masked,
            enterprise: person.enterprise, enterpriseName: enterpriseNames[person.enterprise] ?? person.enterprise,
            township: person.township, community: details.community, status: person.status,
            isPartyMember: person.isPartyMember, isNoted: person.isNoted ? true : nil)
        return row.limited(to: context.officer.role)
    }

    /// A page of the ledger within the officer's area.
    func page(_ filter: Filter, after: Int64?, limit: Int) throws -> PersonRows {
        var filter = filter
        filter.area = context.officer.area
        let limit = max(1, min(limit, 500))
        let names = try enterpriseNames()
        let found = try persons(filter, after: after ?? 0, limit: limit)
        return PersonRows(rows: try found.people.map { try row($0, $1, names) }, next: found.next)
    }
}

/// The registry's store in the hands of a command or an event: named writes that keep the invariants.
final class RegistryWriter: RegistryReads {
    let context: WriteContext
    let transaction: Transaction

    init(_ context: WriteContext, _ sealer: Sealer) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction, sealer)
    }

    // MARK: Enterprises and rosters

    func save(_ enterprise: RecordEnterprise) throws {
        try transaction.execute(
            """
            INSERT INTO enterprise(code, name, ownership, is_financial, has_vanished, stand_in, has_annuity)
            VALUES(?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(code) DO UPDATE SET name = excluded.name, ownership = excluded.ownership,
                is_financial = excluded.is_financial, has_vanished = excluded.has_vanished,
                stand_in = excluded.stand_in, has_annuity = excluded.has_annuity
            """, enterprise.code, enterprise.name, enterprise.ownership.rawValue, enterprise.isFinancial,
            enterprise.hasVanished, enterprise.standIn, enterprise.hasAnnuity)
    }

    func openRoster(_ roster: OpenRoster) throws -> Int64 {
        let headings = String(decoding: try roster.headings.stored(), as: UTF8.self)
        try transaction.execute(
            """
            INSERT INTO roster(enterprise, file_name, file_digest, headings, row_count, state, imported_at, notes)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?)
            """, roster.enterprise, roster.fileName, roster.fileDigest, headings, roster.rowCount,
            RosterState.open.rawValue, context.now.millisecondsSinceEpoch,
            try roster.notes.map { String(decoding: try RosterNotes(notes: $0).stored(), as: UTF8.self) })
        return transaction.lastInsertedRow
    }

    func count(_ roster: Int64, received: Int, registered: Int, setAside: Int, outOfScope: Int) throws {
        try transaction.execute(
            """
            UPDATE roster SET received = received + ?, registered = registered + ?, set_aside = set_aside + ?,
                out_of_scope = out_of_scope + ? WHERE id = ?
            """, received, registered, setAside, outOfScope, roster)
    }

    func setState(_ state: RosterState, ofRoster roster: Int64) throws {
        try transaction.execute("UPDATE roster SET state = ? WHERE id = ?", state.rawValue, roster)
    }

    func setAside(_ row: SetAsideRow, original: [String], roster: Int64) throws {
        try transaction.execute(
            """
            INSERT INTO set_aside(roster, sheet_row, kind, heading, slug, reason, hint, article, original)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, roster, row.sheetRow, row.kind.rawValue, row.column, row.slug, row.reason, row.hint,
            row.article?.description,
            RegistrySealed.original.seal(
                try original.stored(), row: roster, Int64(row.sheetRow), with: sealer))
    }

    /// What is to be known about a registered person's row.
    func note(_ row: NotedRow, of person: PersonID, roster: Int64) throws {
        try transaction.execute("UPDATE person SET noted = 1 WHERE id = ?", person.rawValue)
        try transaction.execute(
            "INSERT OR IGNORE INTO noted(roster, sheet_row, slug, heading, text) VALUES(?, ?, ?, ?, ?)", roster,
            row.sheetRow, row.slug, row.column, row.text)
    }

    func noteUndoing(ofRoster roster: Int64, people: Int, reason: String) throws {
        try transaction.execute(
            """
            UPDATE roster SET state = ?, undone_at = ?, undone_by = ?, undo_reason = ?, undone_people = ? WHERE id = ?
            """, RosterState.undoing.rawValue, context.now, context.officer.user,
            RegistrySealed.undoReason.seal(reason, row: roster, with: sealer), people, roster)
        try transaction.execute("DELETE FROM difference WHERE roster = ? AND before IS NULL", roster)
    }

    func undonePeople(ofRoster roster: Int64) throws -> Int {
        Int(try transaction.scalar("SELECT undone_people FROM roster WHERE id = ?", roster) ?? 0)
    }

    /// The person leaves the ledger with the roster.
    func withdraw(_ person: PersonID) throws {
        try remove(person)
        try context.emit(PersonWithdrawn(person: person))
    }

    func noteDeclined(_ person: LedgerPerson, cause: DeclineCause) throws {
        try transaction.execute(
            "INSERT INTO declined(roster, sheet_row, cause, at, user) VALUES(?, ?, ?, ?, ?)", person.roster,
            person.sheetRow, cause.rawValue, context.now, context.officer.user)
    }

    func save(_ contact: ServiceContact, of township: String) throws {
        try transaction.execute(
            "INSERT OR REPLACE INTO township_contact(township, telephone, address) VALUES(?, ?, ?)", township,
            contact.telephone, contact.address)
    }

    // MARK: Persons

    func register(_ candidate: RosterCandidate, roster: Int64, enterprise: String) throws -> PersonID {
        // The number is known before the row is there, because what is sealed is bound to it. It is never given twice.
        let last = try transaction.scalar("SELECT seq FROM sqlite_sequence WHERE name = 'person'") ?? 0
        let person = PersonID(last + 1)
        try transaction.execute(
            """
            INSERT INTO person(id, roster, sheet_row, enterprise, township, identity_token, status, registered_on,
                is_party_member, has_out_of_pool, details, likeness)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, person.rawValue, roster, candidate.sheetRow, enterprise, candidate.township,
            token(of: candidate.identityNumber),
            PersonStatus.registered.rawValue, context.today.description, candidate.isPartyMember,
            !candidate.details.outOfPool.isEmpty, try seal(candidate.details, of: person),
            likeness(candidate.details))
        try index(candidate.details.name, of: person)
        return person
    }

    func remove(_ person: PersonID) throws {
        try unindex(details(person).name, of: person)
        try transaction.execute("DELETE FROM returned WHERE person = ?", person.rawValue)
        try transaction.execute("DELETE FROM difference WHERE person = ?", person.rawValue)
        try transaction.execute("DELETE FROM person WHERE id = ?", person.rawValue)
    }

    func save(_ details: PersonDetails, of person: PersonID) throws {
        try transaction.execute(
            "UPDATE person SET details = ? WHERE id = ?", try seal(details, of: person), person.rawValue)
    }

    func setOutOfPool(of person: PersonID) throws {
        try transaction.execute("UPDATE person SET has_out_of_pool = 1 WHERE id = ?", person.rawValue)
    }

    func setLikeness(_ details: PersonDetails, of person: PersonID) throws {
        try transaction.execute(
            "UPDATE person SET likeness = ? WHERE id = ?", likeness(details), person.rawValue)
    }

    /// The first people who have none.
    func withoutLikeness(limit: Int) throws -> [PersonID] {
        try transaction.rows("SELECT id FROM person WHERE likeness IS NULL ORDER BY id LIMIT ?", limit) {
            PersonID(try $0.integer(0))
        }
    }

    func reindex(_ before: String, as name: String, of person: PersonID) throws {
        try unindex(before, of: person)
        try index(name, of: person)
    }

    /// By the tokens of the name: the table's key begins with them.
    private func unindex(_ name: String, of person: PersonID) throws {
        for character in Set(name) {
            try transaction.execute(
                "DELETE FROM name_token WHERE token = ? AND person = ?",
                sealer.token(String(character), purpose: "name"), person.rawValue)
        }
    }

    func setMembership(_ isMember: Bool, of person: PersonID) throws {
        try transaction.execute("UPDATE person SET is_party_member = ? WHERE id = ?", isMember, person.rawValue)
    }

    private func index(_ name: String, of person: PersonID) throws {
        for character in Set(name) {
            try transaction.execute(
                "INSERT OR IGNORE INTO name_token(token, person) VALUES(?, ?)",
                sealer.token(String(character), purpose: "name"), person.rawValue)
        }
    }

    func setStatus(_ status: PersonStatus, of person: PersonID) throws {
        try transaction.execute("UPDATE person SET status = ? WHERE id = ?", status.rawValue, person.rawValue)
    }

    func setApplication(_ application: Int64, of person: PersonID) throws {
        try transaction.execute("UPDATE person SET application = ? WHERE id = ?", application, person.rawValue)
    }

    /// The person leaves the application and may be in another one; that it was about this person stays.
    func giveBack(_ person: PersonID, from application: Int64) throws {
        try transaction.execute("UPDATE person SET application = NULL WHERE id = ?", person.rawValue)
        try transaction.execute(
            "INSERT INTO returned(person, application) VALUES(?, ?)", person.rawValue, application)
    }

    func accept(_ person: PersonID, on day: CalendarDay) throws {
        try transaction.execute(
            "UPDATE person SET status = ?, accepted_on = ? WHERE id = ?", PersonStatus.accepted.rawValue,
            day.description, person.rawValue)
    }

    func confirm(_ person: PersonID, method: ConfirmationMethod, delegate: String?) throws {
        let sealed = delegate.map { RegistrySealed.delegate.seal($0, row: person.rawValue, with: sealer) }
        try transaction.execute(
            "UPDATE person SET confirmed_by = ?, delegate = ? WHERE id = ?", method.rawValue, sealed, person.rawValue)
    }

    /// Keeps the value before and after (第十六条（三）).
    func correct(_ person: PersonID, _ correction: Correction) throws {
        var details = try details(person)
        let before: String
        switch correction.field {
        case .name:
            (before, details.name) = (details.name, correction.value)
            try reindex(before, as: correction.value, of: person)
            try setLikeness(details, of: person)
        case .politicalStatus: (before, details.politicalStatus) = (details.politicalStatus, correction.value)
        case .telephone: (before, details.telephone) = (details.telephone, correction.value)
        case .residence: (before, details.residence) = (details.residence, correction.value)
        case .registeredAddress: (before, details.registeredAddress) = (details.registeredAddress, correction.value)
        case .ethnicity: (before, details.ethnicity) = (details.ethnicity, correction.value)
        case .community: (before, details.community) = (details.community, correction.value)
        }
        try transaction.execute(
            "UPDATE person SET details = ? WHERE id = ?", try seal(details, of: person), person.rawValue)
        try transaction.execute(
            "INSERT INTO correction(person, field, before, after, at) VALUES(?, ?, x'', x'', ?)", person.rawValue,
            correction.field.rawValue, context.now.millisecondsSinceEpoch)
        let row = transaction.lastInsertedRow
        try transaction.execute(
            "UPDATE correction SET before = ?, after = ? WHERE id = ?",
            RegistrySealed.before.seal(before, row: row, with: sealer),
            RegistrySealed.after.seal(correction.value, row: row, with: sealer), row)
    }

    func setCard(_ number: String, of person: PersonID) throws {
        try transaction.execute("UPDATE person SET card_number = ? WHERE id = ?", number, person.rawValue)
    }

    /// A track that another service sees to is done, or open again.
    func setTrack(_ track: Track, done: Bool, of person: PersonID) throws {
        let column: String
        switch track {
        case .archives: column = "archives_done"
        case .party: column = "party_done"
        case .socialInsurance: column = "listed"
        case .health: column = "health_done"
        case .benefits: column = "benefits_done"
        // The registry's own.
        case .acceptance, .confirmation: return
        }
        try transaction.execute("UPDATE person SET \(column) = ? WHERE id = ?", done, person.rawValue)
    }

    /// Ends a person's hand-over once every track that this person needs is done.
    /// - Parameter day: on which the last of them was done; today when absent.
    func completeIfDone(_ id: PersonID, on day: CalendarDay? = nil) throws {
        guard let person = try person(id), person.isComplete else { return }
        try setStatus(.handedOver, of: id)
        try context.emit(PersonHandedOver(person: id, on: day ?? context.today))
    }

    /// What was complete is so no longer: a track has been taken back.
    func reopen(_ id: PersonID) throws {
        guard let person = try person(id), person.status == .handedOver else { return }
        try setStatus(.accepted, of: id)
        try context.emit(PersonReopened(person: id))
    }

    private func seal(_ details: PersonDetails, of person: PersonID) throws -> [UInt8] {
        RegistrySealed.details.seal(try details.stored(), row: person.rawValue, with: sealer)
    }

    // MARK: Applications

    func openApplication(_ application: SubmitApplication, people: Int) throws -> Int64 {
        try transaction.execute(
            "INSERT INTO application(enterprise, township, people, dated, state) VALUES(?, ?, ?, ?, 'submitted')",
            application.enterprise, application.township, people, application.dated.description)
        return transaction.lastInsertedRow
    }

    func decide(
        _ application: Int64, state: String, on day: CalendarDay, cause: RefusalCause? = nil,
        explanation: String? = nil
    ) throws {
        try transaction.execute(
            "UPDATE application SET state = ?, decided_on = ?, cause = ?, sealed_explanation = ? WHERE id = ?", state,
            day.description, cause?.rawValue,
            explanation.map { RegistrySealed.explanation.seal($0, row: application, with: sealer) }, application)
    }
}
