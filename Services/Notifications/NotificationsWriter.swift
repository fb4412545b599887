import Contracts
import Domain
import Host
import Sealing
import Store

/// The store in the hands of a command, an event or the clock: named writes that keep the invariants.
final class NotificationsWriter: NotificationsReads {
    let context: WriteContext
    private let transaction: Transaction

    init(_ context: WriteContext, _ sealer: Sealer) {
        self.context = context
        transaction = context.transaction
        super.init(context.transaction, sealer, today: context.today)
    }

    func save(_ enterprise: String, name: String) throws {
        try transaction.execute(
            "INSERT INTO enterprise(code, name) VALUES(?, ?) ON CONFLICT(code) DO UPDATE SET name = excluded.name",
            enterprise, name)
    }

    // MARK: Tracks

    func register(_ person: PersonID, enterprise: String, township: String) throws {
        try transaction.execute(
            """
            INSERT INTO person(id, enterprise, township) VALUES(?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET enterprise = excluded.enterprise, township = excluded.township
            """, person.rawValue, enterprise, township)
    }

    /// Changes what is known of a person, and the days on which the person's tracks are due accordingly.
    func change(_ id: PersonID, _ change: (inout TrackedPerson) -> Void) throws {
        guard let before = try person(id) else { return }
        var after = before
        change(&after)
        guard after != before else { return }
        try transaction.execute(
            """
            UPDATE person SET enterprise = ?, township = ?, applied_on = ?, accepted_on = ?, is_party_member = ?,
                has_out_of_pool = ? WHERE id = ?
            """, after.enterprise, after.township, after.appliedOn?.description, after.acceptedOn?.description,
            after.concerned.contains(.party), after.concerned.contains(.benefits), id.rawValue)
        let hasMoved = before.enterprise != after.enterprise || before.township != after.township
        for track in Track.allCases {
            let startBefore = before.start(track)
            let start = after.start(track)
            if start != startBefore {
                try begin(track, of: after, on: start)
            } else if hasMoved, start != nil {
                // The day that was set stays, whatever rule holds by now.
                try transaction.execute(
                    "UPDATE track SET enterprise = ?, township = ? WHERE person = ? AND track = ?", after.enterprise,
                    after.township, id.rawValue, track.rawValue)
            }
        }
    }

    /// Sets the day on which a track is due by the rule of the day on which it began, and writes both down; nil, or a
    /// day before the first rule, takes the day away.
    private func begin(_ track: Track, of person: TrackedPerson, on start: CalendarDay?) throws {
        guard let start, let dated = try context.value(of: track.deadline, on: start) else {
            try clearPassed(track, of: person.id)
            return try transaction.execute(
                """
                UPDATE track SET due = NULL, term = NULL, rule_from = NULL, rule_source = NULL
                WHERE person = ? AND track = ?
                """, person.id.rawValue, track.rawValue)
        }
        let rule = track.deadline.applied(dated)
        try transaction.execute(
            """
            INSERT INTO track(person, track, enterprise, township, due, term, rule_from, rule_source)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(person, track) DO UPDATE SET enterprise = excluded.enterprise,
                township = excluded.township, due = excluded.due, term = excluded.term,
                rule_from = excluded.rule_from, rule_source = excluded.rule_source
            """, person.id.rawValue, track.rawValue, person.enterprise, person.township,
            dated.value.due(from: start).description, rule.text, rule.holdsFrom.description, rule.source)
    }

    /// Sets the days of the open tracks that began on the days of a change, by its value. One statement: a county's
    /// tracks are many.
    func setDays(of track: Track, _ change: ParameterChange, _ dated: DatedValue<DeadlineTerm>) throws {
        let rule = track.deadline.applied(dated)
        let column = track.start.column
        try transaction.execute(
            """
            UPDATE track SET due = \(dated.value.dueSQL("person.\(column)")), term = ?, rule_from = ?, rule_source = ?
            FROM person WHERE person.id = track.person AND track.track = ? AND due IS NOT NULL AND is_done = 0
                AND is_passed = 0 AND person.\(column) >= ? AND person.\(column) < ?
            """, rule.text, rule.holdsFrom.description, rule.source, track.rawValue, change.holdsFrom.description,
            change.end.description)
    }

    /// Notes that a track is done, or open again. What was late is then no longer.
    func setDone(_ isDone: Bool, _ track: Track, of person: PersonID) throws {
        if isDone { try clearPassed(track, of: person) }
        try transaction.execute(
            """
            INSERT INTO track(person, track, is_done) VALUES(?, ?, ?)
            ON CONFLICT(person, track) DO UPDATE SET is_done = excluded.is_done
            """, person.rawValue, track.rawValue, isDone)
    }

    func setPassed(_ track: Int64) throws {
        try transaction.execute("UPDATE track SET is_passed = 1 WHERE id = ?", track)
    }

    private func clearPassed(_ track: Track, of person: PersonID) throws {
        try transaction.execute(
            "UPDATE track SET is_passed = 0 WHERE person = ? AND track = ? AND is_passed = 1", person.rawValue,
            track.rawValue)
        if transaction.changedRows > 0 { try context.emit(LateTrackDone(person: person, track: track)) }
    }

    /// Forgets a person together with all tracks.
    func withdraw(_ person: PersonID) throws {
        for track in Track.allCases { try clearPassed(track, of: person) }
        try transaction.execute("DELETE FROM track WHERE person = ?", person.rawValue)
        try transaction.execute("DELETE FROM person WHERE id = ?", person.rawValue)
    }

    // MARK: Messages

    /// - Returns: the message's number.
    func send(title: String, body: String, at moment: Timestamp, to addressees: [Addressee]) throws -> Int64 {
        try transaction.execute(
            "INSERT INTO message(at, title, body) VALUES(?, ?, ?)", moment.millisecondsSinceEpoch, title, body)
        let message = transaction.lastInsertedRow
        for addressee in addressees {
            try transaction.execute(
                "INSERT INTO addressee(role, area, message) VALUES(?, ?, ?)", addressee.role.rawValue,
                addressee.area.text, message)
        }
        return message
    }

    /// Adds to the day's one message to a unit. Whoever has read it has to read it again.
    func addToDigest(of day: CalendarDay, for addressee: Addressee, _ counts: [Track: Int]) throws {
        let key: [any SQLBindable] = [addressee.role.rawValue, addressee.area.text, day.description]
        let known = try transaction.scalar(
            "SELECT message FROM digest WHERE role = ? AND area = ? AND day = ?", values: key)
        let message = try known ?? send(title: "", body: "", at: context.now, to: [addressee])
        if known == nil {
            try transaction.execute(
                "INSERT INTO digest(role, area, day, message) VALUES(?, ?, ?, ?)", values: key + [message])
        }
        for (track, people) in counts {
            try transaction.execute(
                """
                INSERT INTO digest_count(message, track, people) VALUES(?, ?, ?)
                ON CONFLICT(message, track) DO UPDATE SET people = people + excluded.people
                """, message, track.rawValue, people)
        }
        let total = Dictionary(
            uniqueKeysWithValues: try transaction.rows(
                "SELECT track, people FROM digest_count WHERE message = ?", message
            ) { (try Stored.value(Track(rawValue: try $0.text(0))), try $0.int(1)) })
        try transaction.execute(
            "UPDATE message SET at = ?, title = ?, body = ? WHERE id = ?", context.now.millisecondsSinceEpoch,
            DigestText.title(total), DigestText.body(total, day: day, terms: try terms(of: total.keys, on: day)),
            message)
        try transaction.execute("DELETE FROM read_mark WHERE message = ?", message)
    }

    /// The commitments that count on a day.
    private func terms(of tracks: some Sequence<Track>, on day: CalendarDay) throws -> [Track: String] {
        var terms: [Track: String] = [:]
        for track in tracks {
            if let dated = try context.value(of: track.deadline, on: day) {
                terms[track] = "\(track.deadline.applied(dated).text)，\(dated.source)"
            }
        }
        return terms
    }

    func markRead(_ message: Int64) throws {
        try transaction.execute(
            "INSERT OR IGNORE INTO read_mark(message, user, at) VALUES(?, ?, ?)", message, context.officer.user,
            context.now.millisecondsSinceEpoch)
    }

    /// - Returns: the announcement's number.
    func publish(_ message: Int64, recipients: Int) throws -> Int64 {
        try transaction.execute(
            "INSERT INTO announcement(message, recipients, published_by) VALUES(?, ?, ?)", message, recipients,
            context.officer.user)
        return transaction.lastInsertedRow
    }

    // MARK: Supervision

    /// - Returns: the notice's number.
    func open(_ notice: OpenSupervision, subject: String) throws -> Int64 {
        try transaction.execute(
            """
            INSERT INTO notice(role, area, subject, due, state, opened_by, opened_by_role, opened_at)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?)
            """, notice.role.rawValue, notice.area.text, [UInt8](),
            notice.due.description, SupervisionState.open.rawValue, context.officer.user,
            context.officer.role.rawValue, context.now.millisecondsSinceEpoch)
        let row = transaction.lastInsertedRow
        try transaction.execute(
            "UPDATE notice SET subject = ? WHERE id = ?", Self.subject.seal(subject, row: row, with: sealer), row)
        return row
    }

    func answer(_ notice: Int64, _ text: String) throws {
        try transaction.execute(
            "UPDATE notice SET state = ?, answer = ?, answered_by = ?, answered_at = ? WHERE id = ?",
            SupervisionState.answered.rawValue, Self.answer.seal(text, row: notice, with: sealer), context.officer.user,
            context.now.millisecondsSinceEpoch, notice)
    }

    func close(_ notice: Int64) throws {
        try transaction.execute(
            "UPDATE notice SET state = ?, closed_by = ?, closed_at = ? WHERE id = ?",
            SupervisionState.closed.rawValue, context.officer.user, context.now.millisecondsSinceEpoch, notice)
    }
}
