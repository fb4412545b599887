import Domain

/// Begins a roster, or finds the one that the same file began (第十五条（二）).
public struct OpenRoster: Command {
    public static let name = "registry.roster.open"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = RosterSummary

    public var enterprise: String
    public var fileName: String
    /// SM3 of the file's bytes, in hexadecimal: the same file twice changes nothing.
    public var fileDigest: String
    public var headings: [String]
    public var rowCount: Int
    /// What the reader of the file left out, resolved or guessed; kept with the roster for good.
    public var notes: [RosterNote]?

    public init(
        enterprise: String, fileName: String, fileDigest: String, headings: [String], rowCount: Int,
        notes: [RosterNote]? = nil
    ) {
        self.enterprise = enterprise
        self.fileName = fileName
        self.fileDigest = fileDigest
        self.headings = headings
        self.rowCount = rowCount
        self.notes = notes
    }
}

/// Registers the good rows of a batch and sets the others aside.
public struct AddRosterRows: Command {
    public static let name = "registry.roster.add-rows"
    /// What a cell of a workbook can hold.
    public static let longestTextInCharacters = 32_767
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = RowsOutcome

    public var roster: Int64
    /// Index of the first row of this batch, from 0; a batch delivered again changes nothing.
    public var firstRow: Int
    /// What stands in each place of `RosterRowInput.original`, by the stable names of `RosterField`, empty for a column
    /// without meaning; nil when the rows tell all in their `cells`.
    public var columns: [String]?
    public var rows: [RosterRowInput]

    public init(roster: Int64, firstRow: Int, columns: [String]? = nil, rows: [RosterRowInput]) {
        self.roster = roster
        self.firstRow = firstRow
        self.columns = columns
        self.rows = rows
    }
}

/// Ends a roster once all its rows are in.
public struct CloseRoster: Command {
    public static let name = "registry.roster.close"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = RosterSummary

    public var roster: Int64

    public init(roster: Int64) {
        self.roster = roster
    }
}

/// Takes a whole roster back, while nobody in it has moved on.
public struct UndoRoster: Command {
    public static let name = "registry.roster.undo"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator]
    public typealias Reply = UndoneRoster

    public var roster: Int64
    public var reason: String

    public init(roster: Int64, reason: String) {
        self.roster = roster
        self.reason = reason
    }
}

/// Rosters within the asker's area.
public struct ListRosters: Query {
    public static let name = "registry.roster.list"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator, .workingTeam]
    public typealias Reply = RosterRows

    public var enterprise: String?

    public init(enterprise: String? = nil) {
        self.enterprise = enterprise
    }
}

/// One roster.
public struct GetRoster: Query {
    public static let name = "registry.roster.get"
    public static let roles: Set<Role> = [.humanResources, .enterprise, .systemOperator, .workingTeam]
    public typealias Reply = RosterSummary

    public var roster: Int64

    public init(roster: Int64) {
        self.roster = roster
    }
}

/// The life of a roster.
public enum RosterState: String, CaseIterable, Codable, Sendable {
    case open
    case closed
    /// Taken back: its people are in no list any more, and leave the ledger one after the other.
    case undoing
    case undone

    public var chinese: String {
        switch self {
        case .open: "导入中"
        case .closed: "已导入"
        case .undoing: "正在撤销"
        case .undone: "已撤销"
        }
    }
}

/// One row of a roster on its way in.
public struct RosterRowInput: Codable, Equatable, Sendable {
    /// 1-based row in the file that the user has.
    public var sheetRow: Int
    /// What the row tells, by the stable names of `RosterField`, where that is not what stands in `original` under
    /// `AddRosterRows.columns`: a date made ISO text, narrow digits. Nil when all of it is.
    public var cells: [String: String]?
    /// The row as it stood, so that it can come back in the same format.
    public var original: [String]
    /// Why the row as a whole is set aside, whatever its cells say.
    public var problem: RosterRowProblem?

    public init(sheetRow: Int, cells: [String: String]?, original: [String], problem: RosterRowProblem? = nil) {
        self.sheetRow = sheetRow
        self.cells = cells
        self.original = original
        self.problem = problem
    }
}

/// What became of a batch of rows.
public struct RowsOutcome: Codable, Equatable, Sendable {
    public var registered: Int
    /// Rows of this batch that an earlier delivery of the same batch registered already.
    public var alreadyKnown: Int
    public var setAside: [SetAsideRow]
    /// What was noted about rows that were registered.
    public var noted: [NotedRow]?

    public init(registered: Int, alreadyKnown: Int, setAside: [SetAsideRow], noted: [NotedRow]? = nil) {
        self.registered = registered
        self.alreadyKnown = alreadyKnown
        self.setAside = setAside
        self.noted = noted
    }
}

/// Who took a roster back, when and why.
public struct RosterUndoing: Codable, Equatable, Sendable {
    public var at: Timestamp
    public var user: String
    public var reason: String

    public init(at: Timestamp, user: String, reason: String) {
        self.at = at
        self.user = user
        self.reason = reason
    }
}

/// One imported roster.
public struct RosterSummary: Codable, Equatable, Sendable {
    public var roster: Int64
    public var enterprise: String
    public var fileName: String
    public var state: RosterState
    public var rowCount: Int
    /// Rows received so far: the next batch begins here.
    public var received: Int
    public var registered: Int
    public var setAside: Int
    public var outOfScope: Int
    /// True while nobody in it has moved on.
    public var undoable: Bool
    /// True when the same file was imported before and nothing was changed.
    public var isRepeat: Bool
    public var importedAt: Timestamp
    /// Only with one roster asked for by its number.
    public var declined: [DeclinedRow]?
    /// Only with one roster asked for by its number, once it is taken back.
    public var undoing: RosterUndoing?
    /// Only with one roster asked for by its number, while it is being undone: how many people are still to leave.
    public var leaving: Int?
    /// Only with one roster asked for by its number: what was said of its file when it came in.
    public var notes: [RosterNote]?
    /// Only with one roster asked for by its number: what was noted about rows that were registered.
    public var noted: [NotedGroup]?
    /// Only with one roster asked for by its number: how many differences from the ledger are not taken over; nil when
    /// there were none.
    public var differences: Int?

    public init(
        roster: Int64, enterprise: String, fileName: String, state: RosterState, rowCount: Int, received: Int,
        registered: Int, setAside: Int, outOfScope: Int, undoable: Bool, isRepeat: Bool, importedAt: Timestamp,
        declined: [DeclinedRow]? = nil, undoing: RosterUndoing? = nil, leaving: Int? = nil,
        notes: [RosterNote]? = nil, noted: [NotedGroup]? = nil, differences: Int? = nil
    ) {
        self.roster = roster
        self.enterprise = enterprise
        self.fileName = fileName
        self.state = state
        self.rowCount = rowCount
        self.received = received
        self.registered = registered
        self.setAside = setAside
        self.outOfScope = outOfScope
        self.undoable = undoable
        self.isRepeat = isRepeat
        self.importedAt = importedAt
        self.declined = declined
        self.undoing = undoing
        self.leaving = leaving
        self.notes = notes
        self.noted = noted
        self.differences = differences
    }
}

/// Rosters, the newest first.
public struct RosterRows: Codable, Equatable, Sendable {
    public var rows: [RosterSummary]

    public init(rows: [RosterSummary]) {
        self.rows = rows
    }
}

/// How many people an undone roster took out of the ledger.
public struct UndoneRoster: Codable, Equatable, Sendable {
    public var removed: Int

    public init(removed: Int) {
        self.removed = removed
    }
}

/// A roster is in.
public struct RosterClosed: Event {
    public static let name = "registry.roster.closed"
    public static let title = "名册导入完毕"
    public static let sensitivity = Sensitivity.open

    public var roster: Int64
    public var enterprise: String
    public var registered: Int
    public var setAside: Int

    public var key: String { "roster:\(roster)" }

    public init(roster: Int64, enterprise: String, registered: Int, setAside: Int) {
        self.roster = roster
        self.enterprise = enterprise
        self.registered = registered
        self.setAside = setAside
    }
}

/// A roster was taken back.
public struct RosterUndone: Event {
    public static let name = "registry.roster.undone"
    public static let title = "名册撤销"
    public static let sensitivity = Sensitivity.open

    public var roster: Int64
    public var enterprise: String
    public var removed: Int

    public var key: String { "roster:\(roster)" }

    public init(roster: Int64, enterprise: String, removed: Int) {
        self.roster = roster
        self.enterprise = enterprise
        self.removed = removed
    }
}

extension RegistryRefusal {
    public static let unknownRoster = Refusal("registry.roster.unknown", .notFound, "没有这份名册，请返回名册列表。")
    public static let emptyRoster = Refusal("registry.roster.empty", .invalid, "名册中没有人员，请填写后重新上传。")
    public static let rosterTooLong = Refusal(
        "registry.roster.too-long", .invalid, "一份名册最多 10 万人，请按乡镇或企业拆分后分别上传。")
    public static let rosterNotOpen = Refusal(
        "registry.roster.not-open", .conflict, "这份名册已经导入完毕或已撤销，不能再增加人员；还有人员的，请另做一份名册上传。")
    public static let rosterIncomplete = Refusal(
        "registry.roster.incomplete", .conflict, "名册尚未全部送达，请重新上传同一文件，系统会从中断处继续。")
    public static let rowsOutOfOrder = Refusal(
        "registry.roster.rows-out-of-order", .conflict, "名册行未按顺序送达，请重新上传同一文件，系统会从中断处继续。")
    public static let rosterMovedOn = Refusal(
        "registry.roster.moved-on", .conflict, article: Article(number: 15, paragraph: 2),
        "名册中已有人员核准登记，不能整体撤销。个别人员有误的，尚未提出申请的由人社局不予核准，已接收的由乡镇核对时更正。")
    public static let reasonMissing = Refusal(
        "registry.roster.reason-missing", .invalid, "请填写撤销原因（500 字以内）。")
}
