import Contracts
import Domain
import Host
import Store

/// Named reads of the gateway's store. SQL of the gateway stands in this file only.
struct GatewayReads {
    let snapshot: Snapshot

    init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    // MARK: Accounts

    func account(_ user: String) throws -> Account? {
        try snapshot.first(
            "SELECT user, display_name, role, area, password_hash FROM account WHERE user = ?", user
        ) { row in
            Account(
                officer: Officer(
                    user: try row.text(0), role: try Stored.value(Role(rawValue: row.text(2))),
                    area: try Stored.value(Area(text: row.text(3)))),
                displayName: try row.text(1), passwordHash: try row.text(4))
        }
    }

    // MARK: Figures

    /// The figures of one scope; nil when nobody counts in it.
    func tally(_ scope: String) throws -> Tally? { try tallies(where: "scope = ?", scope).first }

    /// The figures of all scopes with a prefix, e.g. `township:`.
    func tallies(prefix: String) throws -> [Tally] { try tallies(where: "substr(scope, 1, length(?1)) = ?1", prefix) }

    private func tallies(where condition: String, _ value: String) throws -> [Tally] {
        let statuses = PersonStatus.allCases.map { "status_\(PersonProgress.column($0.rawValue))" }
        let tracks = Track.allCases.flatMap { track in
            ["needed", "done", "overdue"].map { "\($0)_\(PersonProgress.column(track.rawValue))" }
        }
        let columns = ["scope", "people"] + statuses + tracks
        return try snapshot.rows(
            "SELECT \(columns.joined(separator: ", ")) FROM tally WHERE \(condition) ORDER BY scope", value
        ) { row in
            Tally(
                scope: try row.text(0), people: try row.int(1),
                statuses: try PersonStatus.allCases.enumerated().map {
                    StatusCount(status: $1, people: try row.int(2 + $0))
                },
                tracks: try Track.allCases.enumerated().map { index, track in
                    let first = 2 + PersonStatus.allCases.count + 3 * index
                    return TrackCount(
                        track: track, needed: try row.int(first), done: try row.int(first + 1),
                        overdue: try row.int(first + 2))
                })
        }
    }

    /// An enterprise as the overview shows it.
    struct EnterpriseState: Sendable {
        var code: String
        var name: String
        var ownership: Ownership
        var isFinancial: Bool
        var hasRoster: Bool
        var assets: AssetState
    }

    func enterprises() throws -> [EnterpriseState] {
        try snapshot.rows(
            """
            SELECT code, name, ownership, is_financial,
                EXISTS(SELECT 1 FROM roster WHERE roster.enterprise = enterprise.code), assets
            FROM enterprise ORDER BY ownership, code
            """
        ) { row in
            EnterpriseState(
                code: try row.text(0), name: try row.text(1),
                ownership: try Stored.value(Ownership(rawValue: row.text(2))), isFinancial: try row.bool(3),
                hasRoster: try row.bool(4), assets: try Stored.value(AssetState(rawValue: row.text(5))))
        }
    }

    // MARK: Persons

    func progress(_ person: PersonID) throws -> PersonProgress? {
        try snapshot.first(
            "SELECT enterprise, township, status, needed, done, overdue FROM person WHERE id = ?", person.rawValue
        ) { row in
            PersonProgress(
                enterprise: try row.optionalText(0), township: try row.optionalText(1),
                status: try Stored.value(PersonStatus(rawValue: row.text(2))),
                needed: TrackSet(rawValue: try row.integer(3)), done: TrackSet(rawValue: try row.integer(4)),
                overdue: TrackSet(rawValue: try row.integer(5)))
        }
    }

    /// How many people an account sees by the filters of the ledger; nil leaves a filter open.
    func people(
        within area: Area, enterprise: String?, township: String?, status: PersonStatus?
    ) throws -> Int {
        let scope = PeopleScope(area, Narrowing(enterprise: enterprise, township: township))
        var values = scope.values
        if let status { values.append(status.rawValue) }
        let counted = try snapshot.scalar(
            "SELECT sum(people) FROM census WHERE \(scope.sql)\(status == nil ? "" : " AND status = ?")",
            values: values)
        return Int(counted ?? 0)
    }

    /// What happened to a person, in the order of time.
    func timeline(_ person: PersonID) throws -> [TimelineEntry] {
        try snapshot.rows(
            "SELECT at, stream, name FROM timeline WHERE person = ? ORDER BY at, stream, seq LIMIT 500", person.rawValue
        ) { row in
            TimelineEntry(
                at: try row.timestamp(0), service: try Stored.value(ServiceName(rawValue: row.text(1))),
                event: try row.text(2))
        }
    }

    func positions() throws -> [String: Int64] { try snapshot.offsets().mapValues(\.seq) }
}

/// An account of the gateway.
struct Account: Sendable {
    var officer: Officer
    var displayName: String
    var passwordHash: String
}

/// The figures of one scope.
struct Tally: Sendable {
    var scope: String
    var people: Int
    var statuses: [StatusCount]
    var tracks: [TrackCount]

    func people(_ statuses: PersonStatus...) -> Int {
        self.statuses.reduce(0) { statuses.contains($1.status) ? $0 + $1.people : $0 }
    }
}

/// Something that happened to a person.
struct TimelineEntry: Sendable {
    var at: Timestamp
    var service: ServiceName
    /// The event's name. It is kept for ever, so that the title may change.
    var event: String

    private var kind: (any Event.Type)? { ServiceContract.event(event) }

    var title: String { kind?.title ?? event }
    /// Nobody is shown what the contracts do not know.
    var sensitivity: Sensitivity { kind?.sensitivity ?? .account }
}

/// Named writes of the gateway's store.
struct GatewayWriter {
    let context: WriteContext
    private var transaction: Transaction { context.transaction }

    init(_ context: WriteContext) { self.context = context }

    func save(_ account: RecordUser) throws {
        try transaction.execute(
            """
            INSERT INTO account(user, display_name, role, area, password_hash) VALUES(?, ?, ?, ?, ?)
            ON CONFLICT(user) DO UPDATE SET display_name = excluded.display_name, role = excluded.role,
                area = excluded.area, password_hash = excluded.password_hash
            """, account.user, account.displayName, account.role.rawValue, account.area.text, account.passwordHash)
    }

    func save(_ enterprise: EnterpriseRecorded) throws {
        try transaction.execute(
            """
            INSERT INTO enterprise(code, name, ownership, is_financial) VALUES(?, ?, ?, ?)
            ON CONFLICT(code) DO UPDATE SET name = excluded.name, ownership = excluded.ownership,
                is_financial = excluded.is_financial
            """, enterprise.enterprise, enterprise.name, enterprise.ownership.rawValue, enterprise.isFinancial)
    }

    func save(_ roster: RosterClosed) throws {
        try transaction.execute(
            "INSERT OR REPLACE INTO roster(id, enterprise) VALUES(?, ?)", roster.roster, roster.enterprise)
    }

    func remove(_ roster: RosterUndone) throws {
        try transaction.execute("DELETE FROM roster WHERE id = ?", roster.roster)
    }

    /// The assets service's log may be ahead of the registry's: then the enterprise is entered by its code for now.
    func setAssets(_ state: AssetState, of enterprise: String) throws {
        try transaction.execute(
            """
            INSERT INTO enterprise(code, name, ownership, is_financial, assets) VALUES(?1, ?1, 'county', 0, ?2)
            ON CONFLICT(code) DO UPDATE SET assets = excluded.assets
            """, enterprise, state.rawValue)
    }

    /// Changes where a person stands, moves the figures by the difference, and enters the event in the timeline.
    func update(
        _ person: PersonID, by event: ReceivedEvent, _ name: String, _ change: (inout PersonProgress) -> Void
    ) throws {
        let before = try GatewayReads(transaction).progress(person)
        var after = before ?? PersonProgress()
        change(&after)
        if after != before {
            try transaction.execute(
                """
                INSERT INTO person(id, enterprise, township, status, needed, done, overdue)
                VALUES(?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(id) DO UPDATE SET enterprise = excluded.enterprise, township = excluded.township,
                    status = excluded.status, needed = excluded.needed, done = excluded.done,
                    overdue = excluded.overdue
                """, person.rawValue, after.enterprise, after.township, after.status.rawValue, after.needed.rawValue,
                after.done.rawValue, after.overdue.rawValue)
            try count(from: before, to: after)
        }
        try transaction.execute(
            "INSERT OR IGNORE INTO timeline(person, at, stream, seq, name) VALUES(?, ?, ?, ?, ?)", person.rawValue,
            event.at, event.stream.rawValue, event.seq, name)
    }

    /// A person who left with an undone roster counts nowhere any more.
    func remove(_ person: PersonID) throws {
        guard let before = try GatewayReads(transaction).progress(person) else { return }
        try count(from: before, to: nil)
        try transaction.execute("DELETE FROM person WHERE id = ?", person.rawValue)
        try transaction.execute("DELETE FROM timeline WHERE person = ?", person.rawValue)
    }

    private func count(from before: PersonProgress?, to after: PersonProgress?) throws {
        guard let before, let after, before.scopes != after.scopes else {
            let was = before?.counted ?? []
            let becomes = after?.counted ?? []
            try move(
                added: becomes.subtracting(was), gone: was.subtracting(becomes),
                in: (after?.scopes.isEmpty == false ? after : before)?.scopes ?? [])
            return
        }
        // Told of under another enterprise or township: leaves the old rows whole and enters the new ones whole.
        try move(added: [], gone: before.counted, in: before.scopes)
        try move(added: after.counted, gone: [], in: after.scopes)
    }

    private func move(added: Set<String>, gone: Set<String>, in scopes: [String]) throws {
        guard !added.isEmpty || !gone.isEmpty else { return }
        let changes = added.sorted().map { "\($0) = \($0) + 1" } + gone.sorted().map { "\($0) = \($0) - 1" }
        for scope in scopes {
            let update = "UPDATE tally SET \(changes.joined(separator: ", ")) WHERE scope = ?"
            try transaction.execute(update, scope)
            if transaction.changedRows == 0 {
                try transaction.execute("INSERT INTO tally(scope) VALUES(?)", scope)
                try transaction.execute(update, scope)
            }
        }
    }
}
