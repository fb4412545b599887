import Domain

/// The set-aside rows with their cells.
public struct GetSetAside: Query {
    public static let name = "registry.roster.set-aside"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = SetAsideRows

    public var roster: Int64
    public var after: Int?
    public var limit: Int

    public init(roster: Int64, after: Int? = nil, limit: Int) {
        self.roster = roster
        self.after = after
        self.limit = limit
    }
}

/// Why a roster row was not registered.
public enum SetAsideKind: String, CaseIterable, Codable, Sendable {
    case fault
    case duplicate
    case outOfScope = "out-of-scope"

    public var chinese: String {
        switch self {
        case .fault: "需改正"
        case .duplicate: "重复"
        case .outOfScope: "不属移交范围"
        }
    }
}

/// A row that was not registered, and what to do. Holds no personal data.
public struct SetAsideRow: Codable, Equatable, Sendable {
    public var sheetRow: Int
    public var kind: SetAsideKind
    /// The column's heading; nil when the row as a whole is concerned.
    public var column: String?
    public var slug: String
    public var reason: String
    public var hint: String
    public var article: Article?

    public init(
        sheetRow: Int, kind: SetAsideKind, column: String? = nil, slug: String, reason: String, hint: String,
        article: Article? = nil
    ) {
        self.sheetRow = sheetRow
        self.kind = kind
        self.column = column
        self.slug = slug
        self.reason = reason
        self.hint = hint
        self.article = article
    }
}

/// A set-aside row together with its cells, for the file that goes back.
public struct SetAsideOriginal: Codable, Equatable, Sendable {
    public var row: SetAsideRow
    public var original: [String]

    public init(row: SetAsideRow, original: [String]) {
        self.row = row
        self.original = original
    }
}

/// Set-aside rows of a roster.
public struct SetAsideRows: Codable, Equatable, Sendable {
    public var headings: [String]
    public var rows: [SetAsideOriginal]
    public var next: Int?

    public init(headings: [String], rows: [SetAsideOriginal], next: Int? = nil) {
        self.headings = headings
        self.rows = rows
        self.next = next
    }
}
