import Contracts
import Domain
import Host
import Sealing
import Store

/// What of a file is sealed in the store: titles tell much of a life.
struct FileContents: StoredJSON, Equatable {
    var catalogue: [CatalogueEntry] = []
    var missing: [MissingMaterial] = []
    var returnReasons: [String] = []

    /// Bound to the person, so that contents moved to another row do not open.
    static func purpose(_ person: PersonID) -> String { "file.contents:\(person.rawValue)" }
}

/// A file's row: what decisions are made of, without what is sealed.
struct StoredFile: Sendable {
    var person: PersonID
    var enterprise: String
    var township: String
    var state: FileState
    var isCommitteeManaged: Bool
    var hasApplication: Bool
    var ground: HoldBackGround?
    var scheme: FileScheme?
    var volumes: Int
    var receipt: ReceiptNumber?
    var receivedOn: CalendarDay?
    var hasCatalogue: Bool

    static let columns = """
        person, enterprise, township, state, is_committee_managed, has_application, ground, scheme, volumes,
        receipt_year, receipt_serial, received_on, has_catalogue
        """

    init(_ row: Row) throws {
        person = PersonID(try row.integer(0))
        enterprise = try row.text(1)
        township = try row.text(2)
        state = try Stored.value(FileState(rawValue: try row.text(3)))
        isCommitteeManaged = try row.bool(4)
        hasApplication = try row.bool(5)
        ground = try row.optionalText(6).map { try Stored.value(HoldBackGround(rawValue: $0)) }
        scheme = try row.optionalText(7).map { try Stored.value(FileScheme(rawValue: $0)) }
        volumes = try row.int(8)
        if let year = try row.optionalInt(9), let serial = try row.optionalInt(10) {
            receipt = ReceiptNumber(year: year, serial: serial)
        }
        receivedOn = try row.optionalText(11).map { try Stored.value(CalendarDay($0)) }
        hasCatalogue = try row.bool(12)
    }
}

/// Number of a hand-over document (交接书): the year of its date, and a serial within the year.
struct ReceiptNumber: Equatable, Sendable {
    var year: Int
    var serial: Int

    /// The year in 〔 〕 and no leading zeros, as GB/T 9704-2012, 7.2.5 writes document numbers.
    var text: String { "红档接〔\(year)〕\(serial)号" }
}

/// Named reads of the archives' store. SQL of the archives stands here and in `ArchivesWriter` only.
class ArchivesReads {
    let snapshot: Snapshot
    let sealer: Sealer

    init(_ snapshot: Snapshot, _ sealer: Sealer) {
        self.snapshot = snapshot
        self.sealer = sealer
    }

    /// Nil for people who are not, or no longer, in the ledger.
    func file(_ person: PersonID) throws -> StoredFile? {
        try snapshot.first(
            "SELECT \(StoredFile.columns) FROM file WHERE person = ? AND is_withdrawn = 0", person.rawValue
        ) { try StoredFile($0) }
    }

    func contents(_ person: PersonID) throws -> FileContents {
        let sealed = try snapshot.first("SELECT contents FROM file WHERE person = ?", person.rawValue) {
            try $0.optionalBlob(0)
        }
        guard let sealed = sealed ?? nil else { return FileContents() }
        return try FileContents(stored: sealer.open(sealed, purpose: FileContents.purpose(person)))
    }

    /// Where a page of the work list begins. People with an application come first, so the place is not a person's
    /// number alone.
    struct WorkPlace {
        /// More than any person's number.
        private static let withoutApplication: Int64 = 1 << 50

        var hasApplication: Bool
        var person: Int64

        init(hasApplication: Bool, person: Int64) {
            self.hasApplication = hasApplication
            self.person = person
        }

        init(_ cursor: Int64?) {
            let cursor = cursor ?? 0
            hasApplication = cursor < Self.withoutApplication
            person = hasApplication ? cursor : cursor - Self.withoutApplication
        }

        var cursor: Int64 { hasApplication ? person : person + Self.withoutApplication }
    }

    /// Files that the bureau does not have and should have, after `place`, at most `limit`.
    func work(_ scope: PeopleScope, after place: WorkPlace, limit: Int) throws -> [StoredFile] {
        var found: [StoredFile] = []
        for hasApplication in [true, false] where hasApplication == place.hasApplication || !hasApplication {
            let after = hasApplication == place.hasApplication ? place.person : 0
            found += try work(scope, hasApplication: hasApplication, after: after, limit: limit - found.count)
        }
        return found
    }

    private func work(
        _ scope: PeopleScope, hasApplication: Bool, after: Int64, limit: Int
    ) throws -> [StoredFile] {
        try snapshot.rows(
            """
            SELECT \(StoredFile.columns) FROM file
            WHERE state IN ('awaiting', 'returned') AND is_withdrawn = 0 AND has_application = ? AND person > ?
            AND \(scope.sql) ORDER BY person LIMIT ?
            """, values: [hasApplication, after] + scope.values + [limit]
        ) { try StoredFile($0) }
    }
}
