import Contracts
import Domain
import Host
import Messaging
import Sealing
import Store

/// A run's row.
struct StoredRun: Sendable {
    var id: Int64
    var officer: Officer
    var step: String
    var version: Int
    var origin: RunOrigin
    var fileName: String?
    var again: Int64?
    var state: RunState
    var session: Int64
    var begun: Timestamp
    var ended: Timestamp?
    var items: Int
    var done: Int
    var refused: Int
    var remarks: [String]
    /// See `GatewaySealer.session(ofRun:)`.
    var proof: [UInt8]?

    static let columns = """
        id, officer, step, version, origin, file_name, again, state, session, begun, ended, items, done, refused,
        remarks, proof
        """

    init(_ row: Row) throws {
        id = try row.integer(0)
        officer = try JSONCoding.value(Officer.self, from: Array(row.text(1).utf8))
        step = try row.text(2)
        version = try row.int(3)
        origin = try Stored.value(RunOrigin(rawValue: row.text(4)))
        fileName = try row.optionalText(5)
        again = try row.optionalInteger(6)
        state = try Stored.value(RunState(rawValue: row.text(7)))
        session = try row.integer(8)
        begun = try row.timestamp(9)
        ended = try row.optionalTimestamp(10)
        items = try row.int(11)
        done = try row.int(12)
        refused = try row.int(13)
        remarks = try row.optionalText(14).map { $0.split(separator: "\n").map(String.init) } ?? []
        proof = try row.optionalBlob(15)
    }

    var untried: Int { items - done - refused }

    /// The number of an item's command: the same whenever it is sent.
    func number(ofItemAt place: Int) -> CommandNumber {
        CommandNumber(session: UInt64(bitPattern: session), counter: UInt64(place) + 1)
    }

    /// Whoever sits in the same office may see and go on with what a colleague began.
    func isOpen(to officer: Officer) -> Bool {
        officer.role == self.officer.role && officer.area == self.officer.area || officer == Acting.itself.officer
    }

    /// - Parameter title: the step's.
    func summary(title: String) -> RunSummary {
        RunSummary(
            run: id, step: step, title: title, user: officer.user, origin: origin, fileName: fileName, again: again,
            remarks: remarks.isEmpty ? nil : remarks, state: state, begun: begun, ended: ended, items: items,
            done: done, refused: refused)
    }
}

/// An item of a run, opened.
struct StoredRunItem: Sendable {
    enum Outcome: String, Sendable {
        case done, refused
    }

    var place: Int
    var person: PersonID?
    var sheetRow: Int?
    var command: String?
    var filled: [String: FieldValue]
    var outcome: Outcome?
    var refusal: Refusal?
    var word: String?

    /// What is sealed is bound to its run, place and column.
    static func purpose(_ column: String, _ run: Int64, _ place: Int) -> String { "run_item.\(column):\(run):\(place)" }
}

extension GatewayReads {
    func run(_ id: Int64) throws -> StoredRun? {
        try snapshot.first("SELECT \(StoredRun.columns) FROM run WHERE id = ?", id) { try StoredRun($0) }
    }

    /// The latest first.
    func runs(of user: String, before id: Int64?, limit: Int) throws -> [StoredRun] {
        try snapshot.rows(
            "SELECT \(StoredRun.columns) FROM run WHERE user = ? AND id < ? ORDER BY id DESC LIMIT ?", user,
            id ?? .max, limit
        ) { try StoredRun($0) }
    }

    /// The one that has its turn after another; the first again after the last.
    func runningRun(after id: Int64) throws -> StoredRun? {
        for after in [id, 0] {
            let found = try snapshot.first(
                "SELECT \(StoredRun.columns) FROM run WHERE state = 'running' AND id > ? ORDER BY id LIMIT 1", after
            ) { try StoredRun($0) }
            if let found { return found }
        }
        return nil
    }

    enum ItemFilter: String, CaseIterable {
        case all, done, refused, untried
    }

    /// - Parameter place: items begin behind it.
    func items(
        of run: Int64, _ filter: ItemFilter = .all, after place: Int = -1, limit: Int, _ sealer: Sealer
    ) throws -> [StoredRunItem] {
        let condition =
            switch filter {
            case .all: ""
            case .done: "AND outcome = 'done'"
            case .refused: "AND outcome = 'refused'"
            case .untried: "AND outcome IS NULL"
            }
        return try snapshot.rows(
            """
            SELECT place, person, sheet_row, command, filled, outcome, refusal, word FROM run_item
            WHERE run = ? \(condition) AND place > ? ORDER BY place LIMIT ?
            """, run, place, limit
        ) { row in
            let place = try row.int(0)
            func text(_ column: Int, _ name: String) throws -> String? {
                try row.optionalBlob(column).map {
                    try sealer.openText($0, purpose: StoredRunItem.purpose(name, run, place))
                }
            }
            return StoredRunItem(
                place: place, person: try row.optionalInteger(1).map { PersonID($0) },
                sheetRow: try row.optionalInt(2), command: try text(3, "command"),
                filled: try text(4, "filled").map {
                    try JSONCoding.value([String: FieldValue].self, from: Array($0.utf8))
                } ?? [:],
                outcome: try row.optionalText(5).map { try Stored.value(StoredRunItem.Outcome(rawValue: $0)) },
                refusal: try row.optionalText(6).map { try JSONCoding.value(Refusal.self, from: Array($0.utf8)) },
                word: try text(7, "word"))
        }
    }
}
