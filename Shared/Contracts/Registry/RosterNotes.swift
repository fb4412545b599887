import Domain

/// Something about a row that was registered, which whoever verifies is to know: what the file says otherwise, or what
/// it does not say. Holds no personal data.
public struct NotedRow: Codable, Equatable, Sendable {
    public var sheetRow: Int
    /// The column's heading; nil when the row as a whole is concerned.
    public var column: String?
    /// Stable slug such as `roster.row.birth-differs`.
    public var slug: String
    /// In Chinese, with what to do.
    public var text: String

    public init(sheetRow: Int, column: String? = nil, slug: String, text: String) {
        self.sheetRow = sheetRow
        self.column = column
        self.slug = slug
        self.text = text
    }
}

/// The rows of a roster about which the same was noted.
public struct NotedGroup: Codable, Equatable, Sendable {
    public var column: String?
    public var slug: String
    public var text: String
    public var count: Int
    /// The first of the rows, at most 200.
    public var sheetRows: [Int]

    public init(column: String? = nil, slug: String, text: String, count: Int, sheetRows: [Int]) {
        self.column = column
        self.slug = slug
        self.text = text
        self.count = count
        self.sheetRows = sheetRows
    }
}

/// The person's pension or medical insurance is not in the county's own management, so its relation has to be
/// transferred (第十三条（二）).
public struct InsuranceTransferNoted: PersonEvent {
    public static let name = "registry.person.insurance-transfer-noted"
    public static let title = "参保关系待转入本县"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    /// Which of the two is concerned.
    public var pension: Bool
    public var medical: Bool

    public init(person: PersonID, pension: Bool, medical: Bool) {
        self.person = person
        self.pension = pension
        self.medical = medical
    }
}
