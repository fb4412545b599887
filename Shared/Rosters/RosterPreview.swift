import Contracts
import Domain
import Messaging
import Sheets

/// What would become of a roster, before anything is registered.
public struct RosterPreview: Sendable {
    /// A preview is looked at, not kept: of a very long roster the first rows are checked, and that is said.
    public static let mostRows = 5_000

    public var checkedRows: Int
    public var fit: Int
    public var setAside: [SetAsideRow]
    public var noted: [NotedRow]
    public var differences: [DifferenceRow]
}

extension RosterSending {
    /// - Parameter check: asks the registry about a batch.
    public func preview(
        for enterprise: String, check: (CheckRosterRows) throws -> CheckedRows
    ) throws -> RosterPreview {
        var preview = RosterPreview(checkedRows: 0, fit: 0, setAside: [], noted: [], differences: [])
        let count = min(table.rows.count, RosterPreview.mostRows)
        while preview.checkedRows < count {
            let batch = batch(of: 0, from: preview.checkedRows)
            let checked = try check(
                CheckRosterRows(enterprise: enterprise, columns: batch.columns, rows: batch.rows))
            preview.checkedRows += batch.rows.count
            preview.fit += checked.fit
            preview.setAside += checked.setAside
            preview.noted += checked.noted
            preview.differences += checked.differences
        }
        return preview
    }
}

extension RosterChoices {
    /// With what an enterprise said of its headings before.
    public init(remembered: [HeadingMeaning], told: [HeadingMeaning] = [], takesHiddenRows: Bool = false) {
        self.init(
            meanings: HeadingMeanings(
                Dictionary((remembered + told).map { ($0.heading, $0.field) }, uniquingKeysWith: { $1 })),
            takesHiddenRows: takesHiddenRows)
    }
}

/// Rows about which the same was said, for people: a line each, with the rows.
public struct RosterGroups: Sendable {
    public struct Group: Sendable {
        public var column: String?
        public var text: String
        public var hint: String
        public var kind: SetAsideKind?
        public var article: Article?
        public var rows: [Int]
    }

    public private(set) var groups: [Group] = []
    private var places: [String: Int] = [:]

    public init(noted: [NotedRow]) {
        for row in noted {
            add(Group(column: row.column, text: row.text, hint: "", rows: []), row: row.sheetRow)
        }
    }

    public init(setAside: [SetAsideRow]) {
        for row in setAside {
            add(
                Group(
                    column: row.column, text: row.reason, hint: row.hint, kind: row.kind, article: row.article,
                    rows: []), row: row.sheetRow)
        }
    }

    private mutating func add(_ group: Group, row: Int) {
        let key = "\(group.column ?? "")\u{0}\(group.text)\u{0}\(group.hint)"
        let place = places[key] ?? groups.count
        if place == groups.count {
            groups.append(group)
            places[key] = place
        }
        groups[place].rows.append(row)
    }
}
