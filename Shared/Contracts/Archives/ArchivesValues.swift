import Domain

/// A line of a file's catalogue.
public struct CatalogueEntry: Codable, Equatable, Sendable {
    /// 1 to 10, with the sub-classes of cadre files as 4-1 … 4-4 and 9-1 … 9-4.
    public var classNumber: String
    public var title: String
    /// Year, year and month, or day, as the material says.
    public var formedOn: String?
    public var pages: Int
    public var remark: String?

    public init(classNumber: String, title: String, formedOn: String? = nil, pages: Int, remark: String? = nil) {
        self.classNumber = classNumber
        self.title = title
        self.formedOn = formedOn
        self.pages = pages
        self.remark = remark
    }
}

/// Something that should be in the file and is not.
public struct MissingMaterial: Codable, Equatable, Sendable {
    public var classNumber: String
    public var title: String
    /// The written statement's number or title (第九条（一）).
    public var proof: String?

    public init(classNumber: String, title: String, proof: String? = nil) {
        self.classNumber = classNumber
        self.title = title
        self.proof = proof
    }
}

/// The number of the signed hand-over document (交接书, 第十六条（一）).
public struct FileReceipt: Codable, Equatable, Sendable {
    public var receiptNumber: String

    public init(receiptNumber: String) {
        self.receiptNumber = receiptNumber
    }
}

/// A personnel file.
public struct FileRecord: Codable, Equatable, Sendable {
    public var person: PersonID
    public var state: FileState
    public var scheme: FileScheme?
    public var volumes: Int
    public var receiptNumber: String?
    public var receivedOn: CalendarDay?
    public var catalogue: [CatalogueEntry]
    public var missing: [MissingMaterial]
    public var returnReasons: [String]
    public var ground: HoldBackGround?

    public init(
        person: PersonID, state: FileState, scheme: FileScheme? = nil, volumes: Int, receiptNumber: String? = nil,
        receivedOn: CalendarDay? = nil, catalogue: [CatalogueEntry], missing: [MissingMaterial],
        returnReasons: [String], ground: HoldBackGround? = nil
    ) {
        self.person = person
        self.state = state
        self.scheme = scheme
        self.volumes = volumes
        self.receiptNumber = receiptNumber
        self.receivedOn = receivedOn
        self.catalogue = catalogue
        self.missing = missing
        self.returnReasons = returnReasons
        self.ground = ground
    }
}

/// A person whose file is awaited.
public struct FileWorkRow: Codable, Equatable, Sendable {
    public var person: PersonID
    public var enterprise: String
    public var township: String
    public var state: FileState
    public var isCommitteeManaged: Bool
    /// Whether the hand-over has been applied for, so that the file can be taken over now (第十六条（一）).
    public var hasApplication: Bool?

    public init(
        person: PersonID, enterprise: String, township: String, state: FileState, isCommitteeManaged: Bool,
        hasApplication: Bool? = nil
    ) {
        self.person = person
        self.enterprise = enterprise
        self.township = township
        self.state = state
        self.isCommitteeManaged = isCommitteeManaged
        self.hasApplication = hasApplication
    }
}

/// A page of the archives' work list.
public struct FileWorkRows: Codable, Equatable, Sendable {
    public var rows: [FileWorkRow]
    public var next: Int64?

    public init(rows: [FileWorkRow], next: Int64? = nil) {
        self.rows = rows
        self.next = next
    }
}
