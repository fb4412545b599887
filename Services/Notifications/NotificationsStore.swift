import Contracts
import Domain
import Host
import Sealing
import Store

/// A track that is past its day.
struct LateTrack: Sendable {
    /// The row's own number, by which lists are paged.
    var id: Int64
    var person: PersonID
    var track: Track
    var due: CalendarDay
    var enterprise: String
    var township: String
    /// By what the day was set.
    var rule: AppliedRule?

    static let columns = "id, person, track, due, enterprise, township, term, rule_from, rule_source"

    init(_ row: Row) throws {
        id = try row.integer(0)
        person = PersonID(try row.integer(1))
        track = try Stored.value(Track(rawValue: try row.text(2)))
        due = try Stored.value(CalendarDay(try row.text(3)))
        enterprise = try row.text(4)
        township = try row.text(5)
        if let term = try row.optionalText(6) {
            rule = AppliedRule(
                text: term, holdsFrom: try Stored.value(CalendarDay(try row.text(7))), source: try row.text(8))
        }
    }
}

/// A supervision notice as stored, opened.
struct StoredNotice: Sendable {
    var row: SupervisionRow
    var openedByRole: Role
}

/// Named reads of the store. SQL of this service stands here and in `NotificationsWriter` only.
class NotificationsReads {
    let snapshot: Snapshot
    let sealer: Sealer
    let today: CalendarDay

    init(_ snapshot: Snapshot, _ sealer: Sealer, today: CalendarDay) {
        self.snapshot = snapshot
        self.sealer = sealer
        self.today = today
    }

    func enterpriseName(_ code: String) throws -> String? {
        try snapshot.first("SELECT name FROM enterprise WHERE code = ?", code) { try $0.text(0) }
    }

    func enterpriseCount() throws -> Int { Int(try snapshot.scalar("SELECT count(*) FROM enterprise") ?? 0) }

    // MARK: Tracks

    func person(_ id: PersonID) throws -> TrackedPerson? {
        try snapshot.first(
            """
            SELECT enterprise, township, applied_on, accepted_on, is_party_member, has_out_of_pool FROM person
            WHERE id = ?
            """, id.rawValue
        ) { row in
            TrackedPerson(
                id: id, enterprise: try row.text(0), township: try row.text(1),
                appliedOn: try row.optionalText(2).map { try Stored.value(CalendarDay($0)) },
                acceptedOn: try row.optionalText(3).map { try Stored.value(CalendarDay($0)) },
                concerned: Set(try (row.bool(4) ? [.party] : []) + (row.bool(5) ? [.benefits] : [])))
        }
    }

    /// Tracks past due and not done, not reported yet; the longest late first.
    func unreported(before day: CalendarDay, limit: Int) throws -> [LateTrack] {
        try snapshot.rows(
            """
            SELECT \(LateTrack.columns) FROM track
            WHERE is_done = 0 AND is_passed = 0 AND due < ? ORDER BY due, id LIMIT ?
            """, day.description, limit
        ) { try LateTrack($0) }
    }

    /// Reported late tracks within an area, in the order of their rows. A short walk along an index for each track,
    /// then merged: a single query would pass over all rows of other tracks.
    func passed(_ tracks: [Track], _ area: Area, after: Int64, limit: Int) throws -> [LateTrack] {
        let scope = PeopleScope(area)
        let found = try tracks.flatMap { track in
            try snapshot.rows(
                """
                SELECT \(LateTrack.columns) FROM track
                WHERE is_passed = 1 AND track = ? AND \(scope.sql) AND id > ? ORDER BY id LIMIT ?
                """, values: [track.rawValue] + scope.values + [after, limit]
            ) { try LateTrack($0) }
        }
        return Array(found.sorted { $0.id < $1.id }.prefix(limit))
    }

    func passedCount(_ tracks: [Track], _ area: Area) throws -> Int {
        let scope = PeopleScope(area)
        return try tracks.reduce(0) { sum, track in
            sum
                + Int(
                    try snapshot.scalar(
                        "SELECT sum(tracks) FROM passed_count WHERE track = ? AND \(scope.sql)",
                        values: [track.rawValue] + scope.values) ?? 0)
        }
    }

    // MARK: Messages

    /// Messages to the officer's role in the officer's area and county-wide, the newest first. Two short walks along
    /// the key, then merged: a single query would sort the whole inbox.
    func inbox(of officer: Officer, before: Int64, limit: Int) throws -> [InboxMessage] {
        let found = try Self.areas(of: officer).flatMap { area in
            try snapshot.rows(
                """
                SELECT message.id, at, title, body,
                    EXISTS(SELECT 1 FROM read_mark WHERE message = message.id AND user = ?)
                FROM addressee JOIN message ON message.id = addressee.message
                WHERE role = ? AND area = ? AND addressee.message < ? ORDER BY addressee.message DESC LIMIT ?
                """, officer.user, officer.role.rawValue, area.text, before, limit
            ) { row in
                InboxMessage(
                    message: try row.integer(0), at: try row.timestamp(1), title: try row.text(2),
                    body: try row.text(3), isRead: try row.bool(4))
            }
        }
        return Array(found.sorted { $0.message > $1.message }.prefix(limit))
    }

    /// How many of the newest messages the officer has not read. Only so many are looked at, so that the figure, which
    /// stands on every page, costs the same in the tenth year as in the first.
    func unread(of officer: Officer) throws -> Int {
        try Self.areas(of: officer).reduce(0) { sum, area in
            let unread = try snapshot.scalar(
                """
                SELECT count(*) FROM (
                    SELECT message FROM addressee WHERE role = ? AND area = ? ORDER BY message DESC LIMIT ?) AS newest
                WHERE NOT EXISTS(SELECT 1 FROM read_mark WHERE message = newest.message AND user = ?)
                """, officer.role.rawValue, area.text, UnreadCount.mostLookedAt, officer.user)
            return sum + Int(unread ?? 0)
        }
    }

    func hasMessage(_ message: Int64) throws -> Bool {
        try snapshot.scalar("SELECT 1 FROM message WHERE id = ?", message) != nil
    }

    func isAddressed(_ message: Int64, to officer: Officer) throws -> Bool {
        try Self.areas(of: officer).contains { area in
            try snapshot.scalar(
                "SELECT 1 FROM addressee WHERE role = ? AND area = ? AND message = ?", officer.role.rawValue,
                area.text, message) != nil
        }
    }

    private static func areas(of officer: Officer) -> [Area] {
        officer.area == .county ? [.county] : [officer.area, .county]
    }

    // MARK: Supervision

    static let subject = SealedColumn("notice", "subject", formerly: "notice.subject")
    static let answer = SealedColumn("notice", "answer", formerly: "notice.answer")

    func notice(_ id: Int64) throws -> StoredNotice? { try notices("id = ?", [id]).first }

    /// All notices, the newest first.
    func notices() throws -> [StoredNotice] { try notices("1 = 1", []) }

    /// What the officer's role gave, and what the officer's unit has to answer.
    func notices(of officer: Officer) throws -> [StoredNotice] {
        try notices(
            "opened_by_role = ?1 OR (role = ?1 AND area = ?2)", [officer.role.rawValue, officer.area.text])
    }

    private func notices(_ condition: String, _ values: [any SQLBindable]) throws -> [StoredNotice] {
        try snapshot.rows(
            """
            SELECT id, role, area, subject, due, state, answer, opened_by_role FROM notice
            WHERE \(condition) ORDER BY id DESC LIMIT 500
            """, values: values
        ) { row in
            let due = try Stored.value(CalendarDay(try row.text(4)))
            let state = try Stored.value(SupervisionState(rawValue: try row.text(5)))
            return StoredNotice(
                row: SupervisionRow(
                    notice: try row.integer(0), role: try Stored.value(Role(rawValue: try row.text(1))),
                    area: try Stored.value(Area(text: try row.text(2))),
                    subject: try Self.subject.openText(
                        row.blob(3), row: row.integer(0), with: sealer, in: snapshot), due: due, state: state,
                    answer: try row.optionalBlob(6).map {
                        try Self.answer.openText($0, row: row.integer(0), with: sealer, in: snapshot)
                    },
                    isOverdue: state == .open && due < today),
                openedByRole: try Stored.value(Role(rawValue: try row.text(7))))
        }
    }
}

/// The store in the hands of a query.
final class NotificationsReader: NotificationsReads {
    let context: ReadContext

    init(_ context: ReadContext, _ sealer: Sealer) {
        self.context = context
        super.init(context.snapshot, sealer, today: context.today)
    }
}
