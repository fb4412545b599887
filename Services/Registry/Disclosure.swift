import Contracts
import Domain

/// Which of a person's data an office needs for its duties (第十九条; Personal Information Protection Act, articles 6
/// and 28: no more than the purpose needs, and Party membership is sensitive). What an office does not need is left
/// out of the answer by the service that owns it; pages show nothing they were not given.
enum Disclosure {
    /// Offices that deal with the person: they write to, visit or pay somebody, and have to know who it is.
    private static let identity: Set<Role> = [
        .humanResources, .socialInsurance, .township, .enterprise, .archives, .organization, .finance, .health,
        .medicalInsurance, .workingTeam,
    ]
    private static let membership: Set<Role> = [
        .organization, .township, .enterprise, .humanResources, .workingTeam,
    ]
    private static let money: Set<Role> = [
        .humanResources, .socialInsurance, .finance, .enterprise, .township, .workingTeam,
    ]

    static func limit(_ row: PersonRow, for role: Role) -> PersonRow {
        var row = row
        if !membership.contains(role) { row.isPartyMember = false }
        return row
    }

    static func limit(_ record: PersonRecord, for role: Role) -> PersonRecord {
        var record = record
        record.row = limit(record.row, for: role)
        if !identity.contains(role) {
            record.identityNumber = record.row.maskedIdentity
            record.telephone = ""
            record.registeredAddress = ""
            record.delegate = nil
            record.corrections = []
        }
        if !membership.contains(role) {
            record.politicalStatus = ""
            record.corrections.removeAll { $0.field == .politicalStatus }
        }
        if !money.contains(role) {
            record.basicPensionInFen = nil
            record.outOfPool = ""
        }
        return record
    }
}
