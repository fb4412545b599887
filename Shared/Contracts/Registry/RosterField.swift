/// What a roster may tell of a person, by the stable names that `RosterRowInput.cells` uses.
public enum RosterField: String, CaseIterable, Codable, Sendable {
    case name
    case identityNumber = "identity-number"
    case sex
    case ethnicity
    case birth
    case workStart = "work-start"
    case retirement
    case politicalStatus = "political-status"
    case registeredAddress = "registered-address"
    case residence
    case township
    case community
    case telephone
    case pensionPlace = "pension-place"
    case medicalPlace = "medical-place"
    case basicPension = "basic-pension"
    case outOfPool = "out-of-pool"
    case retirementKind = "retirement-kind"
    case leaderManagement = "leader-management"
    case remark
}
