import Contracts

extension PersonRow {
    /// Without what the role does not need.
    func limited(to role: Role) -> PersonRow {
        var row = self
        if !Sensitivity.membership.isShown(to: role) { row.isPartyMember = false }
        if !Sensitivity.identity.isShown(to: role) {
            // The last four with the birthday and the county leave some ninety numbers, and the check character one in
            // eleven of them.
            row.maskedIdentity = String(row.maskedIdentity.prefix(3)) + String(repeating: "*", count: 15)
            row.community = ""
        }
        if !Sensitivity.remark.isShown(to: role) { row.isNoted = nil }
        return row
    }
}

extension PersonRecord {
    /// Without what the role does not need.
    func limited(to role: Role) -> PersonRecord {
        var record = self
        record.row = row.limited(to: role)
        if !Sensitivity.identity.isShown(to: role) {
            record.identityNumber = record.row.maskedIdentity
            record.birthYear = record.birthday?.year
            record.birthday = nil
            record.telephone = ""
            record.registeredAddress = ""
            record.residence = ""
            record.delegate = nil
            record.corrections = []
        }
        if !Sensitivity.membership.isShown(to: role) {
            record.politicalStatus = ""
            record.corrections.removeAll { $0.field == .politicalStatus }
        }
        if !Sensitivity.money.isShown(to: role) {
            record.basicPensionInFen = nil
            record.outOfPool = ""
        }
        // Why an application came back is for those who write, decide or oversee applications.
        if !ListApplications.roles.contains(role) { record.returned = nil }
        return record
    }
}
