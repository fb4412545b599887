import Domain

/// What a roster says otherwise of people who were in the ledger before (第十五条（二）).
public struct ListDifferences: Query {
    public static let name = "registry.roster.differences"
    public static let roles: Set<Role> = [.humanResources, .enterprise]
    public typealias Reply = DifferenceRows

    public var roster: Int64
    public var after: Int64?
    public var limit: Int

    public init(roster: Int64, after: Int64? = nil, limit: Int) {
        self.roster = roster
        self.after = after
        self.limit = limit
    }
}

/// Takes over what a later roster says otherwise; the old value is kept.
public struct TakeDifferences: Command {
    public static let name = "registry.roster.take-differences"
    public static let roles: Set<Role> = [.humanResources, .enterprise]
    public typealias Reply = TakenDifferences
    /// As many as one command takes.
    public static let most = 5_000

    public var roster: Int64
    /// By their numbers; nil for all of the roster that may be taken over.
    public var differences: [Int64]?

    public init(roster: Int64, differences: [Int64]? = nil) {
        self.roster = roster
        self.differences = differences
    }
}

/// How many differences were taken over, and how many are left to be taken over by asking again.
public struct TakenDifferences: Codable, Equatable, Sendable {
    public var taken: Int
    public var left: Int

    public init(taken: Int, left: Int) {
        self.taken = taken
        self.left = left
    }
}

/// One field of one person, of which the ledger says one thing and a later roster another.
public struct DifferenceRow: Codable, Equatable, Sendable {
    public var difference: Int64
    public var person: PersonID
    public var name: String
    public var maskedIdentity: String
    public var sheetRow: Int
    /// The column's heading.
    public var column: String
    /// What the ledger says now, or said before it was taken over.
    public var before: String
    public var after: String
    public var isTaken: Bool
    /// Why the asker cannot take it over, in Chinese, and where it is corrected; nil when the asker can.
    public var obstacle: String?

    public init(
        difference: Int64, person: PersonID, name: String, maskedIdentity: String, sheetRow: Int, column: String,
        before: String, after: String, isTaken: Bool, obstacle: String? = nil
    ) {
        self.difference = difference
        self.person = person
        self.name = name
        self.maskedIdentity = maskedIdentity
        self.sheetRow = sheetRow
        self.column = column
        self.before = before
        self.after = after
        self.isTaken = isTaken
        self.obstacle = obstacle
    }
}

public struct DifferenceRows: Codable, Equatable, Sendable {
    public var rows: [DifferenceRow]
    /// Ask again with this as `after`; nil at the end.
    public var next: Int64?

    public init(rows: [DifferenceRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}

/// Data of a person were taken over from a later roster. Which columns, not what stands in them.
public struct PersonUpdated: PersonEvent {
    public static let name = "registry.person.updated"
    public static let title = "按新名册更正信息"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var columns: [String]

    public init(person: PersonID, columns: [String]) {
        self.person = person
        self.columns = columns
    }
}

extension RegistryRefusal {
    public static let unknownDifference = Refusal(
        "registry.difference.unknown", .notFound, "没有这项差异，或已随名册撤销，请刷新名册页后重试。")
    public static let differenceNotTaken = Refusal(
        "registry.difference.not-here", .conflict, "所选差异中有不能在这里采用的，请按说明办理：")
    public static let tooManyDifferences = Refusal(
        "registry.difference.too-many", .invalid, "一次最多采用 5000 项，请分批选择。")
}
