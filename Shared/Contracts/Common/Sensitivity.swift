/// How much something tells of a person. An event, a track and each part of a record says it of itself, and
/// `Sensitivity.table` is the one table of whom it is for (第十九条; Personal Information Protection Act, articles 6 and
/// 28: no more than the purpose needs, and Party membership is sensitive).
public enum Sensitivity: String, CaseIterable, Sendable {
    /// That the hand-over goes on. For everybody who may ask for the person.
    case open
    /// Who it is: the whole ID number, telephone, registered address.
    case identity
    /// What a roster remarks of somebody in words of its own: it may be anything.
    case remark
    /// That somebody is a Party member.
    case membership
    /// What somebody is paid.
    case money
    /// That the county Party committee manages the file (第九条（四）).
    case fileRule
    /// That the file stays where it is, by rule (第九条（四）).
    case heldBack
    /// What may be about any track, also a sensitive one: its title names none.
    case anyTrack
    /// Who may sign in.
    case account
}

/// Whom something of one sensitivity is for.
public struct Circle: Sendable {
    /// The programs that get an event's body from the log; its owner has it anyway. The others get it without: the
    /// chain of hashes still checks, and nothing is acted upon. Name and key do travel, see docs/decisions/0005.
    public var programs: Set<ServiceName>
    /// The offices that see it of a person whom they may ask for.
    public var offices: Set<Role>
    /// The offices whose exported ledger has it as a column.
    public var exports: Set<Role>
    /// The offices that see whose track of this sensitivity is late: those that may ask the track's owner for it.
    public var lateLists: Set<Role>
}

extension Sensitivity {
    public var circle: Circle { Self.circles[self] ?? Circle(programs: [], offices: [], exports: [], lateLists: []) }

    /// Made once: a batch of a log asks for each of its events.
    private static let circles = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.table) })

    /// The one table. It has no default: the compiler asks for the circle of each sensitivity.
    private var table: Circle {
        switch self {
        case .open: Circle(programs: .all, offices: .all, exports: .all, lateLists: .all)
        case .identity: Circle(programs: [], offices: Self.toReach, exports: [], lateLists: [])
        case .remark:
            Circle(programs: [], offices: Self.toVerify, exports: [], lateLists: [])
        case .membership:
            Circle(
                programs: [.registry, .partyRelations, .notifications, .gateway], offices: Self.toMembers,
                exports: Self.toMembers, lateLists: PartyWork.roles)
        case .money:
            Circle(
                programs: [.registry, .benefitsLiaison, .notifications, .gateway], offices: Self.toPay,
                exports: Self.toPay, lateLists: GetBenefits.roles)
        case .fileRule:
            Circle(programs: [.archives, .gateway], offices: GetFile.roles, exports: [], lateLists: [])
        case .heldBack:
            Circle(
                programs: [.registry, .notifications, .gateway], offices: GetFile.roles, exports: [], lateLists: [])
        case .anyTrack: Circle(programs: [.gateway], offices: .all, exports: [], lateLists: [])
        case .account: Circle(programs: [.gateway], offices: [.systemOperator], exports: [], lateLists: [])
        }
    }

    /// Whether an office may see it of a person whom it may ask for.
    public func isShown(to role: Role) -> Bool { circle.offices.contains(role) }

    /// Those who write to, visit or pay somebody, and have to know who it is.
    private static let toReach: Set<Role> = [
        .humanResources, .socialInsurance, .township, .enterprise, .archives, .organization, .finance, .health,
        .medicalInsurance, .workingTeam,
    ]
    /// Those who send the roster in and those who verify it (第十五条（二）, 第十六条（三）).
    private static let toVerify: Set<Role> = [.enterprise, .humanResources, .township]
    private static let toMembers: Set<Role> = [.organization, .township, .enterprise, .humanResources, .workingTeam]
    private static let toPay: Set<Role> = [
        .humanResources, .socialInsurance, .finance, .enterprise, .township, .workingTeam,
    ]
}

extension Set where Element: CaseIterable {
    fileprivate static var all: Set<Element> { Set(Element.allCases) }
}
