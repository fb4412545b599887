import Domain

/// Places a member in a branch (第十条（四）).
public struct PlaceMember: Command {
    public static let name = "party-relations.member.place"
    public static let roles: Set<Role> = [.township, .organization]
    public typealias Reply = Done

    public var person: PersonID
    public var branch: String

    public init(person: PersonID, branch: String) {
        self.person = person
        self.branch = branch
    }
}

/// The organization department has found that somebody whom the roster calls a member is none (第十条（一）、第十六条（二）).
public struct DenyMembership: Command {
    public static let name = "party-relations.membership.deny"
    public static let roles: Set<Role> = [.organization]
    public typealias Reply = Done

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

/// Full or probationary.
public enum MemberKind: String, CaseIterable, Codable, Sendable {
    case full
    case probationary

    public var chinese: String {
        switch self {
        case .full: "正式党员"
        case .probationary: "预备党员"
        }
    }
}

/// The member is in a branch.
public struct MemberPlaced: PersonEvent {
    public static let name = "party-relations.member.placed"
    public static let title = "编入党支部"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public var trackChange: TrackChange? { .done(.party) }

    public init(person: PersonID) {
        self.person = person
    }
}

/// The person is no member; no relation is transferred.
public struct MembershipDenied: PersonEvent {
    public static let name = "party-relations.membership.denied"
    public static let title = "组织部核实不是党员"
    public static let sensitivity = Sensitivity.membership

    public var person: PersonID

    public init(person: PersonID) {
        self.person = person
    }
}

extension PartyRelationsRefusal {
    public static let notAccepted = Refusal(
        "party-relations.member.not-accepted", .conflict, article: Article(number: 10, paragraph: 4),
        "组织关系尚未接收，不能编入党支部，请先办理接收。")
    public static let branchMissing = Refusal(
        "party-relations.member.branch-missing", .invalid, article: Article(number: 10, paragraph: 4),
        "请写明编入的党支部名称。")
}
