import Domain

/// Notes that a file is not handed over (第九条（四）).
public struct HoldBackFile: Command {
    public static let name = "archives.file.hold-back"
    public static let roles: Set<Role> = [.archives, .organization]
    public typealias Reply = Done

    public var person: PersonID
    public var ground: HoldBackGround

    public init(person: PersonID, ground: HoldBackGround) {
        self.person = person
        self.ground = ground
    }
}

/// Takes back that a file is not handed over: it was entered by mistake, or the ground has gone (第九条（一）、（四）).
public struct ReleaseFile: Command {
    public static let name = "archives.file.release"
    public static let roles: Set<Role> = [.archives, .organization]
    public typealias Reply = Done

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Why a file stays where it is (第九条（四）).
public enum HoldBackGround: String, CaseIterable, Codable, Sendable {
    case committeeManaged = "committee-managed"
    case classified

    public var chinese: String {
        switch self {
        case .committeeManaged: "县委（县委组织部）管理的领导人员档案"
        case .classified: "涉密人员档案"
        }
    }
}

/// The file is not handed over, by rule. On what ground stays with the archives service (第九条（四）).
public struct FileHeldBack: PersonEvent {
    public static let name = "archives.file.held-back"
    public static let title = "人事档案按规定不移交"
    public static let sensitivity = Sensitivity.heldBack

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.archives) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The file is to be handed over after all.
public struct FileReleased: PersonEvent {
    public static let name = "archives.file.released"
    public static let title = "撤销不移交登记"
    public static let sensitivity = Sensitivity.heldBack

    public var person: PersonID

    public var trackChange: TrackChange? { .reopened(.archives) }

    public init(person: PersonID) {
        self.person = person
    }
}

extension ArchivesRefusal {
    public static let notNoted = Refusal(
        "archives.hold-back.not-noted", .notAllowed, article: Article(number: 9, paragraph: 4),
        "名册未注明此人由县委（县委组织部）管理，请由县委组织部办理；未核准的也可由人社局不予核准，企业更正名册后重报。")
    public static let heldBackOnOtherGround = Refusal(
        "archives.hold-back.other-ground", .conflict, article: Article(number: 9, paragraph: 4),
        "该档案已按另一理由登记为不移交；确需更改的，请先撤销不移交登记。")
    public static let notHeldBack = Refusal(
        "archives.hold-back.none", .conflict, article: Article(number: 9, paragraph: 4),
        "该档案没有登记为不移交，无须撤销。")
    public static let committeeReleases = Refusal(
        "archives.hold-back.committee-releases", .notAllowed, article: Article(number: 9, paragraph: 4),
        "县委（县委组织部）管理的领导人员档案，须由县委组织部撤销不移交登记。")
    public static let receivedCannotBeHeldBack = Refusal(
        "archives.hold-back.received", .conflict, article: Article(number: 9, paragraph: 4),
        "该档案已由县档案局接收；确属不应移交的，请先退回，再办理不移交登记。")
}
