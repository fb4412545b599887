import Domain

/// The HR bureau verifies and registers (第十五条（二）).
public struct VerifyPersons: Command {
    public static let name = "registry.person.verify"
    public static let roles: Set<Role> = [.humanResources]
    public typealias Reply = Done

    public var persons: [PersonID]

    public init(persons: [PersonID]) {
        self.persons = persons
    }
}

/// The HR bureau does not verify people: they leave the ledger, and the enterprise sends their rows anew, corrected
/// (第十五条（二）).
public struct DeclinePersons: Command {
    public static let name = "registry.person.decline"
    public static let roles: Set<Role> = [.humanResources]
    public typealias Reply = Done

    public var persons: [PersonID]
    public var cause: DeclineCause

    public init(persons: [PersonID], cause: DeclineCause) {
        self.persons = persons
        self.cause = cause
    }
}

/// Why the HR bureau does not verify somebody (第十五条（二）). A closed list, so that no free text carries personal data
/// into a list that is kept unsealed.
public enum DeclineCause: String, CaseIterable, Codable, Sendable {
    case notRetired = "not-retired"
    case otherUnit = "other-unit"
    case dataDiffers = "data-differs"
    case deceased
    case repeated
    case veteranCadre = "veteran-cadre"

    public var chinese: String {
        switch self {
        case .notRetired: "未办理退休手续"
        case .otherUnit: "不属于该企业的退休人员"
        case .dataDiffers: "信息与人事档案或养老待遇审批表不符"
        case .deceased: "已死亡"
        case .repeated: "重复登记"
        case .veteranCadre: "离休人员，保持现有管理方式（第四条）"
        }
    }
}

/// A row whose person the HR bureau did not verify.
public struct DeclinedRow: Codable, Equatable, Sendable {
    public var sheetRow: Int
    public var cause: DeclineCause
    public var at: Timestamp

    public init(sheetRow: Int, cause: DeclineCause, at: Timestamp) {
        self.sheetRow = sheetRow
        self.cause = cause
        self.at = at
    }
}

/// The HR bureau verified the person.
public struct PersonVerified: PersonEvent {
    public static let name = "registry.person.verified"
    public static let title = "人社局核准登记"
    public static let sensitivity = Sensitivity.open

    public var person: PersonID

    public var statusChange: PersonStatus? { .verified }

    public init(person: PersonID) {
        self.person = person
    }
}

extension RegistryRefusal {
    public static let tooManyChosen = Refusal(
        "registry.persons.too-many", .invalid, "一次最多办理 5000 人，请分批选择后再提交。")
    public static let wrongStatus = Refusal(
        "registry.person.wrong-status", .conflict, article: Article(number: 15, paragraph: 2),
        "所选人员不在可以办理此步骤的状态，请刷新列表后重新选择。")
    public static let fileWithBureau = Refusal(
        "registry.person.file-with-bureau", .conflict, article: Article(number: 9, paragraph: 2),
        "所选人员中有人事档案已办结（县档案局已接收或登记为不移交）的，不能移出台账：请先由县档案局退回档案或撤销登记。")
}
