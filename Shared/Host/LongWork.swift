import Contracts
import Domain
import Store

/// Work that a command has begun and that is too long for one turn of the writer. It goes on piece by piece, each in a
/// commit of its own among everybody else's work, also after a restart; until it is done, the service's own state says
/// so and what others see does not change by halves.
public struct LongWork: Sendable, Equatable {
    /// What is done, in the service's own words.
    public var name: String
    /// What it is done to.
    public var subject: Int64

    public init(name: String, subject: Int64) {
        self.name = name
        self.subject = subject
    }
}

extension WriteContext {
    /// Notes work that goes on after this turn, in the name of the officer who orders it. Work that is under way
    /// already is not begun twice.
    public func begin(_ work: LongWork) throws {
        try transaction.execute(
            "INSERT OR IGNORE INTO unfinished(work, subject, officer) VALUES(?, ?, ?)", work.name, work.subject,
            String(decoding: try JSONCoding.bytes(Unfinished.Ordered(acting)), as: UTF8.self))
    }
}

extension Snapshot {
    /// What work of a name is done to at the moment.
    public func underWay(_ name: String) throws -> [Int64] {
        try rows("SELECT subject FROM unfinished WHERE work = ? ORDER BY subject", name) { try $0.integer(0) }
    }
}

/// The host's list of what is under way.
enum Unfinished {
    private static let pauseInMilliseconds: Int64 = 60_000

    struct Entry {
        var id: Int64
        var work: LongWork
        var ordered: Ordered
    }

    /// Who ordered the work, as it is kept: an officer, and since proofs are known what proved it.
    struct Ordered: Codable {
        var user: String
        var role: Role
        var area: Area
        var proof: String?

        init(_ acting: ActingOfficer) {
            user = acting.officer.user
            role = acting.officer.role
            area = acting.officer.area
            proof = acting.proof
        }

        var acting: ActingOfficer { ActingOfficer(Officer(user: user, role: role, area: area), proof: proof) }
    }

    /// What is to go on now: what was begun first. A piece that failed rests for a minute and holds up nothing else.
    static func next(_ transaction: Transaction) throws -> Entry? {
        let rested = transaction.now.advanced(byMilliseconds: -pauseInMilliseconds)
        return try transaction.first(
            """
            SELECT id, work, subject, officer FROM unfinished
            WHERE failed_at IS NULL OR failed_at NOT BETWEEN ? AND ? ORDER BY id LIMIT 1
            """, rested, transaction.now
        ) { row in
            Entry(
                id: try row.integer(0), work: LongWork(name: try row.text(1), subject: try row.integer(2)),
                ordered: try JSONCoding.value(Ordered.self, from: Array(row.text(3).utf8)))
        }
    }

    static func finish(_ entry: Entry, _ transaction: Transaction) throws {
        try transaction.execute("DELETE FROM unfinished WHERE id = ?", entry.id)
    }

    static func rest(_ entry: Entry, _ transaction: Transaction) throws {
        try transaction.execute("UPDATE unfinished SET failed_at = ? WHERE id = ?", transaction.now, entry.id)
    }
}
