import Domain

/// What would become of rows, without registering anybody (第十五条（二）).
public struct CheckRosterRows: Query {
    public static let name = "registry.roster.check-rows"
    public static let roles = AddRosterRows.roles
    public typealias Reply = CheckedRows

    public var enterprise: String
    /// As in `AddRosterRows`.
    public var columns: [String]?
    public var rows: [RosterRowInput]

    public init(enterprise: String, columns: [String]? = nil, rows: [RosterRowInput]) {
        self.enterprise = enterprise
        self.columns = columns
        self.rows = rows
    }
}

/// What would become of a batch of rows, as far as the ledger of this moment tells. Rows of the same person within the
/// file are not held against each other.
public struct CheckedRows: Codable, Equatable, Sendable {
    public var fit: Int
    public var setAside: [SetAsideRow]
    public var noted: [NotedRow]
    /// What the rows say otherwise of people who are in the ledger already; for those who may ask for differences.
    public var differences: [DifferenceRow]

    public init(fit: Int, setAside: [SetAsideRow], noted: [NotedRow], differences: [DifferenceRow]) {
        self.fit = fit
        self.setAside = setAside
        self.noted = noted
        self.differences = differences
    }
}

/// What headings of an enterprise's rosters mean, where somebody said so by hand.
public struct GetHeadings: Query {
    public static let name = "registry.roster.headings"
    public static let roles = AddRosterRows.roles
    public typealias Reply = HeadingRows

    public var enterprise: String

    public init(enterprise: String) {
        self.enterprise = enterprise
    }
}

/// Keeps what headings of an enterprise's rosters mean, for its next files.
public struct RememberHeadings: Command {
    public static let name = "registry.roster.remember-headings"
    public static let roles = AddRosterRows.roles
    public typealias Reply = Done
    /// A sheet has no more columns.
    public static let most = 256

    public var enterprise: String
    public var headings: [HeadingMeaning]

    public init(enterprise: String, headings: [HeadingMeaning]) {
        self.enterprise = enterprise
        self.headings = headings
    }
}

/// A heading and what it means; nothing for a column that is not to be used.
public struct HeadingMeaning: Codable, Equatable, Hashable, Sendable {
    public var heading: String
    public var field: RosterField?

    public init(heading: String, field: RosterField?) {
        self.heading = heading
        self.field = field
    }
}

public struct HeadingRows: Codable, Equatable, Sendable {
    public var rows: [HeadingMeaning]

    public init(rows: [HeadingMeaning]) {
        self.rows = rows
    }
}

extension RegistryRefusal {
    public static let headingsTooMany = Refusal(
        "registry.roster.headings-too-many", .invalid, "列名过多或过长，请只改需要更正的列。")
}
