import Domain

/// Begins a run (批量办理): one step for many people, in the name of one account. Its items are added, then it is
/// started, and from then on it goes on by itself, also after a restart, until each item has its outcome.
public struct OpenRun: Command {
    public static let name = "gateway.run.open"
    public static let roles = Set(Role.allCases)
    public typealias Reply = RunOpened

    /// The step's message, e.g. `archives.file.receive`.
    public var step: String
    public var version: Int
    public var origin: RunOrigin
    /// Of the sheet from which the items came.
    public var fileName: String?
    /// The run whose refused and untried items are tried again.
    public var again: Int64?
    /// What of the sheet was not used, for whoever looks at the run.
    public var remarks: [String]?
    public var items: Int

    public init(
        step: String, version: Int, origin: RunOrigin, fileName: String? = nil, again: Int64? = nil,
        remarks: [String]? = nil, items: Int
    ) {
        self.step = step
        self.version = version
        self.origin = origin
        self.fileName = fileName
        self.again = again
        self.remarks = remarks
        self.items = items
    }
}

/// Lets a run go on in the account's name as long as its sign-in lasts.
public struct ProveRun: Command {
    public static let name = "gateway.run.prove"
    public static let roles = Set(Role.allCases)
    public typealias Reply = Done

    public var run: Int64
    /// The session, sealed by the gateway, in hexadecimal.
    public var proof: String

    public init(run: Int64, proof: String) {
        self.run = run
        self.proof = proof
    }
}

/// The number of a run.
public struct RunOpened: Codable, Equatable, Sendable {
    public var run: Int64

    public init(run: Int64) { self.run = run }
}

/// Adds items to a run that is not started, in order.
public struct AddRunItems: Command {
    public static let name = "gateway.run.add"
    public static let roles = Set(Role.allCases)
    public typealias Reply = Done
    /// A command with all its tables is one text here.
    public static let longestTextInCharacters = 2_000_000

    public var run: Int64
    /// The place of the first of them, from 0.
    public var first: Int
    public var items: [RunItem]

    public init(run: Int64, first: Int, items: [RunItem]) {
        self.run = run
        self.first = first
        self.items = items
    }
}

/// One person's item of a run.
public struct RunItem: Codable, Equatable, Sendable {
    /// Nil when a line of the sheet names nobody.
    public var person: PersonID?
    /// The line of the sheet from which it came.
    public var sheetRow: Int?
    /// The command's JSON; nil when it cannot be made of what was filled in.
    public var command: String?
    /// What was filled in, by the fields' names, to be given back when it is refused.
    public var filled: [String: FieldValue]
    /// Why it cannot be made.
    public var refusal: Refusal?

    public init(
        person: PersonID? = nil, sheetRow: Int? = nil, command: String? = nil, filled: [String: FieldValue],
        refusal: Refusal? = nil
    ) {
        self.person = person
        self.sheetRow = sheetRow
        self.command = command
        self.filled = filled
        self.refusal = refusal
    }
}

/// Starts a run whose items are all there.
public struct StartRun: Command {
    public static let name = "gateway.run.start"
    public static let roles = Set(Role.allCases)
    public typealias Reply = Done

    public var run: Int64

    public init(run: Int64) { self.run = run }
}

/// Stops a run, or drops one that was not started. What was done stays done.
public struct StopRun: Command {
    public static let name = "gateway.run.stop"
    public static let roles = Set(Role.allCases)
    public typealias Reply = Done

    public var run: Int64

    public init(run: Int64) { self.run = run }
}

/// Writes down what became of some items. Sent by the gateway itself, in the name of whoever began the run.
public struct NoteRun: Command {
    public static let name = "gateway.run.note"
    public static let roles = Set(Role.allCases)
    public typealias Reply = Done

    public struct Outcome: Codable, Equatable, Sendable {
        public var place: Int
        /// Nil when it was done.
        public var refusal: Refusal?
        /// What the answer told beyond "done".
        public var word: String?

        public init(place: Int, refusal: Refusal? = nil, word: String? = nil) {
            self.place = place
            self.refusal = refusal
            self.word = word
        }
    }

    public var run: Int64
    public var outcomes: [Outcome]

    public init(run: Int64, outcomes: [Outcome]) {
        self.run = run
        self.outcomes = outcomes
    }
}

/// Where a run's items came from.
public enum RunOrigin: String, CaseIterable, Codable, Sendable {
    case selection
    case filter
    case sheet
    case again
    case program

    public var chinese: String {
        switch self {
        case .selection: "列表中勾选的人员"
        case .filter: "符合筛选条件的全部人员"
        case .sheet: "上传的表格"
        case .again: "此前未成的各项"
        case .program: "程序提交"
        }
    }
}

/// How far a run is.
public enum RunState: String, CaseIterable, Codable, Sendable {
    /// Its items are there, or are being added; nothing is tried yet.
    case ready
    case running
    case stopped
    case finished

    public var chinese: String {
        switch self {
        case .ready: "待确认"
        case .running: "办理中"
        case .stopped: "已停止"
        case .finished: "已办完"
        }
    }
}

/// A run, as pages and programs show it.
public struct RunSummary: Codable, Equatable, Sendable {
    public var run: Int64
    public var step: String
    /// Of the step, in Chinese.
    public var title: String
    /// The account that began it.
    public var user: String
    public var origin: RunOrigin
    public var fileName: String?
    public var again: Int64?
    /// What of the sheet was not used.
    public var remarks: [String]?
    public var state: RunState
    public var begun: Timestamp
    public var ended: Timestamp?
    public var items: Int
    public var done: Int
    public var refused: Int

    public init(
        run: Int64, step: String, title: String, user: String, origin: RunOrigin, fileName: String? = nil,
        again: Int64? = nil, remarks: [String]? = nil, state: RunState, begun: Timestamp, ended: Timestamp? = nil,
        items: Int, done: Int,
        refused: Int
    ) {
        self.run = run
        self.step = step
        self.title = title
        self.user = user
        self.origin = origin
        self.fileName = fileName
        self.again = again
        self.remarks = remarks
        self.state = state
        self.begun = begun
        self.ended = ended
        self.items = items
        self.done = done
        self.refused = refused
    }

    /// Neither done nor refused.
    public var untried: Int { items - done - refused }
}

extension GatewayRefusal {
    public static let unknownRun = Refusal(
        "gateway.run.unknown", .notFound, "没有这次批量办理，或它由其他部门办理，请返回列表。")
    public static let nobodyTicked = Refusal(
        "gateway.run.nobody", .invalid, "没有选择人员，请在列表中勾选，或选择“符合条件的全部”。")
    public static let nothingLeft = Refusal(
        "gateway.run.nothing-left", .conflict, "没有可以再次办理的项目：有误的行须在表格中更正后重新上传。")
    public static let runSize = Refusal(
        "gateway.run.size", .invalid, "一次批量办理须为 1 至 \(RunRule.mostItems) 人，请缩小范围后分次办理。")
    public static let runStarted = Refusal(
        "gateway.run.started", .conflict, "这次批量办理已经开始或已结束，请刷新页面查看进度。")
    public static let runIncomplete = Refusal(
        "gateway.run.incomplete", .conflict, "这次批量办理的名单没有传完，请重新提交。")
}

/// What holds of every run.
public enum RunRule {
    public static let mostItems = 5000
    /// What was filled in for items that were refused is kept for so long, to be mended and sent again.
    public static let keptInDays = 90
}
