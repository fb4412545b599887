import Contracts
import Domain
import Sealing
import Store

/// A column whose values are sealed and bound to their row: what is moved to another row, or another column, no longer
/// opens.
///
/// Earlier releases bound some columns to the table alone. Until `bindAll` has sealed their values anew, such a value
/// still opens; from then on it does not, so that nobody who writes the file can put one back.
public struct SealedColumn: Sendable {
    private let table: String
    private let column: String
    /// The integers that tell the row.
    private let keys: [String]
    private let formerPurpose: String

    public init(_ table: String, _ column: String, keys: [String] = ["id"], formerly formerPurpose: String) {
        self.table = table
        self.column = column
        self.keys = keys
        self.formerPurpose = formerPurpose
    }

    private func purpose(_ row: [Int64]) -> String {
        "\(table).\(column):\(row.map { String($0) }.joined(separator: ":"))"
    }

    public func seal(_ content: [UInt8], row: Int64..., with sealer: Sealer) -> [UInt8] {
        sealer.seal(content, purpose: purpose(row))
    }

    public func seal(_ text: String, row: Int64..., with sealer: Sealer) -> [UInt8] {
        sealer.seal(text, purpose: purpose(row))
    }

    public func open(_ sealed: [UInt8], row: Int64..., with sealer: Sealer, in snapshot: Snapshot) throws -> [UInt8] {
        do {
            return try sealer.open(sealed, purpose: purpose(row))
        } catch  where error.code == .sealedDamaged {
            guard try !snapshot.underWay(Self.binding.name).isEmpty else { throw error }
            return try sealer.open(sealed, purpose: formerPurpose)
        }
    }

    public func openText(_ sealed: [UInt8], row: Int64..., with sealer: Sealer, in snapshot: Snapshot) throws -> String
    {
        do {
            return try sealer.openText(sealed, purpose: purpose(row))
        } catch  where error.code == .sealedDamaged {
            guard try !snapshot.underWay(Self.binding.name).isEmpty else { throw error }
            return try sealer.openText(sealed, purpose: formerPurpose)
        }
    }

    // MARK: Values of earlier releases

    /// The work of sealing anew, which a service's migration begins in stores that hold such values.
    public static let binding = LongWork(name: "bind-sealed", subject: 0)

    /// Begins it, in a migration, when one of the tables holds rows. A new store has nothing to bind.
    /// The text is part of released migrations and may not change.
    public static func begin(ifAnyIn tables: [String], as service: ServiceName) -> String {
        let any = tables.map { "EXISTS(SELECT 1 FROM \($0))" }.joined(separator: " OR ")
        return """
            INSERT INTO unfinished(work, subject, officer)
            SELECT 'bind-sealed', 0, '{"area":"county","role":"operator","user":"\(service.rawValue)"}'
            WHERE \(any);
            """
    }

    private static let rowsInOnePiece = 500

    /// One piece of the work: the next rows of the first column that is not through.
    /// - Returns: true when all columns are.
    public static func bindAll(_ columns: [SealedColumn], _ transaction: Transaction, _ sealer: Sealer) throws -> Bool {
        let begun = try transaction.first("SELECT place, key1, key2 FROM binding") { row in
            (place: try row.int(0), after: [try row.integer(1), try row.integer(2)])
        }
        var (place, after) = begun ?? (0, [.min, .min])
        guard place < columns.count else {
            try transaction.execute("DELETE FROM binding")
            return true
        }
        if let last = try columns[place].bind(after: after, transaction, sealer) {
            after = last
        } else {
            (place, after) = (place + 1, [.min, .min])
        }
        try transaction.execute("DELETE FROM binding")
        try transaction.execute("INSERT INTO binding VALUES(?, ?, ?)", place, after[0], after[1])
        return false
    }

    /// - Returns: the last row that was looked at; nil when there are no more.
    private func bind(after: [Int64], _ transaction: Transaction, _ sealer: Sealer) throws -> [Int64]? {
        let names = keys.joined(separator: ", ")
        let marks = keys.map { _ in "?" }.joined(separator: ", ")
        var values: [any SQLBindable] = []
        for key in after.prefix(keys.count) { values.append(key) }
        values.append(Self.rowsInOnePiece)
        let rows = try transaction.rows(
            """
            SELECT \(names), \(column) FROM \(table) WHERE (\(names)) > (\(marks)) ORDER BY \(names) LIMIT ?
            """, values: values
        ) { row in
            (
                key: try keys.indices.map { try row.integer($0) }, sealed: try row.optionalBlob(keys.count)
            )
        }
        let condition = keys.map { "\($0) = ?" }.joined(separator: " AND ")
        for row in rows {
            // What was touched since is bound already, and what is damaged stays so: it opens for nobody.
            guard let sealed = row.sealed, let content = try? sealer.open(sealed, purpose: formerPurpose) else {
                continue
            }
            var values: [any SQLBindable] = [sealer.seal(content, purpose: purpose(row.key))]
            for key in row.key { values.append(key) }
            try transaction.execute("UPDATE \(table) SET \(column) = ? WHERE \(condition)", values: values)
        }
        return rows.last.map { keys.count == 1 ? [$0.key[0], Int64.min] : $0.key }
    }
}
