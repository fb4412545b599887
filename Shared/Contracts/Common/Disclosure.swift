/// Which of a person's data an office needs for its duties (第十九条; Personal Information Protection Act, articles 6
/// and 28: no more than the purpose needs, and Party membership is sensitive). The service that owns the data leaves
/// out what an office does not need; the gateway does the same with what it learns from events.
public enum Disclosure {
    /// Offices that write to, visit or pay somebody, and have to know who it is.
    public static func showsIdentity(to role: Role) -> Bool { identity.contains(role) }
    public static func showsMembership(to role: Role) -> Bool { membership.contains(role) }
    public static func showsMoney(to role: Role) -> Bool { money.contains(role) }

    private static let identity: Set<Role> = [
        .humanResources, .socialInsurance, .township, .enterprise, .archives, .organization, .finance, .health,
        .medicalInsurance, .workingTeam,
    ]
    private static let membership: Set<Role> = [.organization, .township, .enterprise, .humanResources, .workingTeam]
    private static let money: Set<Role> = [
        .humanResources, .socialInsurance, .finance, .enterprise, .township, .workingTeam,
    ]
}
