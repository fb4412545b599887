import Domain

/// The archives bureau takes over a file with its catalogue (第九条（一）、（二）).
public struct ReceiveFile: Command {
    public static let name = "archives.file.receive"
    public static let roles: Set<Role> = [.archives]
    public typealias Reply = FileReceipt

    public var person: PersonID
    public var scheme: FileScheme
    public var volumes: Int
    public var catalogue: [CatalogueEntry]
    public var missing: [MissingMaterial]
    public var dated: CalendarDay
    /// What is received together: the files of one enterprise in one batch share a hand-over document.
    public var batch: String?

    public init(
        person: PersonID, scheme: FileScheme, volumes: Int, catalogue: [CatalogueEntry], missing: [MissingMaterial],
        dated: CalendarDay, batch: String? = nil
    ) {
        self.batch = batch
        self.person = person
        self.scheme = scheme
        self.volumes = volumes
        self.catalogue = catalogue
        self.missing = missing
        self.dated = dated
    }
}

/// Sends a file back to be put in order (第九条（二）).
public struct ReturnFile: Command {
    public static let name = "archives.file.return"
    public static let roles: Set<Role> = [.archives]
    public typealias Reply = Done

    public var person: PersonID
    public var reasons: [String]

    public init(person: PersonID, reasons: [String]) {
        self.person = person
        self.reasons = reasons
    }
}

/// One person's file.
public struct GetFile: Query {
    public static let name = "archives.file.get"
    public static let roles: Set<Role> = [
        .archives, .organization, .township, .enterprise, .humanResources, .workingTeam,
    ]
    public typealias Reply = FileRecord

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Whose file is awaited.
public struct ArchivesWork: Query {
    public static let name = "archives.work.list"
    public static let roles: Set<Role> = [.archives, .enterprise, .workingTeam]
    public typealias Reply = FileWorkRows

    public var narrowing: Narrowing?
    public var after: Int64?
    public var limit: Int

    public init(narrowing: Narrowing? = nil, after: Int64? = nil, limit: Int) {
        self.narrowing = narrowing
        self.after = after
        self.limit = limit
    }
}

/// Where a personnel file is.
public enum FileState: String, CaseIterable, Codable, Sendable {
    case awaiting
    case returned
    case received
    case heldBack = "held-back"

    public var chinese: String {
        switch self {
        case .awaiting: "待移交"
        case .returned: "已退回整理"
        case .received: "已接收"
        case .heldBack: "按规定不移交"
        }
    }
}

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
    /// Whether the enterprise has entered the catalogue.
    public var hasCatalogue: Bool?

    public init(
        person: PersonID, enterprise: String, township: String, state: FileState, isCommitteeManaged: Bool,
        hasApplication: Bool? = nil, hasCatalogue: Bool? = nil
    ) {
        self.hasCatalogue = hasCatalogue
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

/// The archives bureau has the file.
public struct FileReceived: PersonEvent {
    public static let name = "archives.file.received"
    public static let title = "档案局接收人事档案"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID
    public var missing: Int

    public var trackChange: TrackChange? { .done(.archives) }

    public init(person: PersonID, missing: Int) {
        self.person = person
        self.missing = missing
    }
}

/// The file went back to the enterprise.
public struct FileReturned: PersonEvent {
    public static let name = "archives.file.returned"
    public static let title = "人事档案退回整理"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var trackChange: TrackChange? { .reopened(.archives) }

    public init(person: PersonID) {
        self.person = person
    }
}

extension ArchivesRefusal {
    public static let heldBack = Refusal(
        "archives.file.held-back", .notAllowed, article: Article(number: 9, paragraph: 4),
        "该档案已按规定登记为不移交，由原管理部门保管，不办理接收和退回；登记有误的，请先撤销不移交登记。")
    public static let committeeManaged = Refusal(
        "archives.file.committee-managed", .notAllowed, article: Article(number: 9, paragraph: 4),
        "县委（县委组织部）管理的领导人员档案不移交，请改办“不移交登记”。")
    public static let alreadyReceived = Refusal(
        "archives.file.already-received", .conflict, article: Article(number: 9, paragraph: 2),
        "该档案已接收并签订交接书；需要重新整理的，请先退回。")
    public static let notApplied = Refusal(
        "archives.file.not-applied", .conflict, article: Article(number: 16, paragraph: 1),
        "档案随移交申请办理，请企业先向乡镇提出移交申请。")
    public static let dateInFuture = Refusal("archives.date.in-future", .invalid, "交接日期不能晚于今天，请改正。")
    public static let dateTooEarly = Refusal(
        "archives.date.before-rules", .invalid, article: Article(number: 23),
        "交接日期早于实施细则施行之日（2020年7月31日），请改正。")
    public static let wrongVolumes = Refusal(
        "archives.file.wrong-volumes", .invalid, article: Article(number: 9, paragraph: 2),
        "档案卷数应为 1 至 99，请清点后填写。")
    public static let emptyCatalogue = Refusal(
        "archives.catalogue.empty", .invalid, article: Article(number: 9, paragraph: 2),
        "档案目录为空，请按规范整理并逐份登记材料后再移交。")
    public static let catalogueTooLong = Refusal(
        "archives.catalogue.too-long", .invalid, "一份档案目录最多登记 2000 份材料，请核对。")
    /// The details name the lines, counted from 1.
    public static let unknownClass = Refusal(
        "archives.catalogue.unknown-class", .invalid, article: Article(number: 9, paragraph: 2),
        "类号不在该档案的分类中：干部档案第四、九类须写到小类（如 4-1），工人档案为 1 至 10。请改正：")
    public static let titleMissing = Refusal(
        "archives.catalogue.title-missing", .invalid, article: Article(number: 9, paragraph: 2),
        "材料名称不能为空，请补填：")
    public static let wrongPages = Refusal(
        "archives.catalogue.wrong-pages", .invalid, article: Article(number: 9, paragraph: 2),
        "页数应为 1 至 9999，请清点后填写：")
    /// The details name the titles.
    public static let proofMissing = Refusal(
        "archives.missing.proof-missing", .invalid, article: Article(number: 9, paragraph: 1),
        "档案有缺失的，须由企业提供书面情况证明一并移交，请补充证明：")
    public static let reasonsMissing = Refusal(
        "archives.return.reasons-missing", .invalid, article: Article(number: 9, paragraph: 2),
        "请逐条写明退回原因，以便企业按规范整理。")
}
