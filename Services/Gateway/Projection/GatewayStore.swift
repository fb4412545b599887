import Contracts
import Domain
import Host
import Store

/// Named reads of the gateway's store. SQL of the gateway stands here and in ProgressStore.swift.
package struct GatewayReads {
    let snapshot: Snapshot

    package init(_ snapshot: Snapshot) { self.snapshot = snapshot }

    // MARK: Accounts

    /// Up to where the accounts service's log tells something new of an account or a session; 0 when it does not.
    func accessChange(user: String, session: String) throws -> Int64 {
        try snapshot.scalar(
            "SELECT max(seq) FROM access_change WHERE subject IN (?, ?)", "user:\(user)", "session:\(session)") ?? 0
    }

    /// What an earlier release kept here.
    func formerAccounts() throws -> FormerAccounts {
        FormerAccounts(
            rows: try snapshot.rows(
                "SELECT user, display_name, role, area, password_hash FROM account ORDER BY user"
            ) { row in
                AdoptAccount(
                    user: try row.text(0), displayName: try row.text(1),
                    role: try Stored.value(Role(rawValue: row.text(2))),
                    area: try Stored.value(Area(text: row.text(3))), passwordHash: try row.text(4))
            })
    }

    // MARK: Figures

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
    /// What one log told of people after an event.
    func timeline(of stream: ServiceName, after seq: Int64, limit: Int) throws -> [KnownEvent] {
        try snapshot.rows(
            "SELECT seq, at, name, person FROM timeline WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?",
            stream.rawValue, seq, limit
        ) { row in
            KnownEvent(
                seq: try row.integer(0), at: try row.timestamp(1), name: try row.text(2),
                key: PersonID(try row.integer(3)).key)
        }
    }

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

/// An account, as the accounts service tells of it.
struct Account: Sendable {
    var officer: Officer
    var displayName: String
    var mustChangePassword: Bool
    var hasSecondFactor: Bool
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

    /// The accounts service told something new of an account or a session.
    func noteAccess(_ event: AccountsEvent, _ seq: Int64) throws {
        switch event {
        case .accountChanged, .sessionEnded: break
        case .sessionOpened, .signInFailed: return
        }
        try transaction.execute(
            "INSERT OR REPLACE INTO access_change(subject, seq) VALUES(?, ?)", event.event.key, seq)
    }

    func forgetAccounts() throws { try transaction.execute("DELETE FROM account") }

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
}
