import Contracts
import Domain
import Host
import Sealing
import Store

/// The benefits store in the hands of a command or an event: named writes that keep the invariants.
final class BenefitsWriter: BenefitsReads {
    let context: WriteContext
    let transaction: Transaction

    init(_ context: WriteContext, _ sealer: Sealer) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction, sealer)
    }

    // MARK: Heard from the ledger

    /// An enterprise of the ledger. Its annuity may come later than its survey.
    func know(_ enterprise: String, hasAnnuity: Bool) throws {
        try transaction.execute(
            """
            INSERT INTO enterprise(code, has_annuity) VALUES(?, ?)
            ON CONFLICT(code) DO UPDATE SET has_annuity = excluded.has_annuity
            """, enterprise, hasAnnuity)
    }

    func know(_ person: PersonID, enterprise: String, township: String) throws {
        try transaction.execute(
            """
            INSERT INTO person(id, enterprise, township) VALUES(?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET enterprise = excluded.enterprise, township = excluded.township
            """, person.rawValue, enterprise, township)
    }

    /// An unknown person's event is parked: whose it is would otherwise be lost without a word.
    func noteOutOfPool(_ person: PersonID) throws {
        try transaction.execute("UPDATE person SET has_out_of_pool = 1 WHERE id = ?", person.rawValue)
        guard transaction.changedRows == 1 else { throw CommonRefusal.unknownPerson }
    }

    func accept(_ person: PersonID, on day: CalendarDay) throws {
        try transaction.execute(
            "UPDATE person SET accepted_on = ? WHERE id = ?", day.description, person.rawValue)
    }

    /// Removes a person of whom nothing was entered here. What was entered is kept, but waits for nothing any more.
    func withdraw(_ person: PersonID) throws {
        try transaction.execute(
            "DELETE FROM insurance_transfer WHERE person = ? AND recorded_by IS NULL", person.rawValue)
        try transaction.execute(
            """
            DELETE FROM person WHERE id = ? AND registered_at IS NULL AND list IS NULL
            AND NOT EXISTS(SELECT 1 FROM insurance_transfer WHERE insurance_transfer.person = person.id)
            """, person.rawValue)
        try transaction.execute("UPDATE person SET is_withdrawn = 1 WHERE id = ?", person.rawValue)
    }

    // MARK: Items

    func freeze(_ items: [SurveyItem], of enterprise: String) throws {
        try transaction.execute(
            "UPDATE enterprise SET frozen_at = ? WHERE code = ?", context.now, enterprise)
        for item in items {
            try transaction.execute(
                "INSERT INTO survey_item(enterprise, kind, monthly_cap_in_fen) VALUES(?, ?, ?)", enterprise,
                item.kind.rawValue, item.monthlyCapInFen)
        }
    }

    /// Puts a person's items in the place of those before.
    func register(_ items: [BenefitItem], of person: PersonID) throws {
        try transaction.execute("UPDATE person SET registered_at = ? WHERE id = ?", context.now, person.rawValue)
        try seal(items.inOrder, of: person)
    }

    func seal(_ items: [BenefitItem], of person: PersonID) throws {
        try transaction.execute("DELETE FROM item WHERE person = ?", person.rawValue)
        let sealed = sealer.seal(try SealedItems(items: items).stored(), purpose: SealedItems.purpose(person))
        try transaction.execute(
            "INSERT OR REPLACE INTO sealed_items(person, items) VALUES(?, ?)", person.rawValue, sealed)
    }

    // MARK: Monthly lists

    /// Lists are never removed, so that their numbers are dense.
    func openList(_ month: CalendarMonth) throws -> Int64 {
        try transaction.execute(
            "INSERT INTO intake_list(month, built_at, built_by) VALUES(?, ?, ?)", month.description, context.now,
            context.officer.user)
        return transaction.lastInsertedRow
    }

    func put(_ person: PersonID, onList list: Int64) throws {
        try transaction.execute("UPDATE person SET list = ? WHERE id = ?", list, person.rawValue)
    }

    func record(_ finding: Finding, for person: PersonID) throws {
        try transaction.execute(
            "INSERT INTO finding(person, result, at, user) VALUES(?, ?, ?, ?)", person.rawValue,
            finding.result.rawValue, context.now, context.officer.user)
        if let note = finding.note {
            let row = transaction.lastInsertedRow
            try transaction.execute(
                "UPDATE finding SET note = ? WHERE id = ?", Self.note.seal(note, row: row, with: sealer), row)
        }
        try transaction.execute(
            "UPDATE person SET check_result = ? WHERE id = ?", finding.result.rawValue, person.rawValue)
    }
}

extension BenefitsWriter {
    /// A person of the ledger within the officer's area.
    func known(_ id: PersonID) throws -> BenefitsPerson {
        guard let person = try person(id), !person.isWithdrawn else { throw CommonRefusal.unknownPerson }
        try context.requireArea(enterprise: person.enterprise, township: person.township)
        return person
    }
}
