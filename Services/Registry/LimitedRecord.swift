import Contracts

extension PersonRow {
    /// Without what the role does not need.
    func limited(to role: Role) -> PersonRow {
        var row = self
        if !Sensitivity.membership.isShown(to: role) { row.isPartyMember = false }
        return row
    }
}

extension PersonRecord {
    /// Without what the role does not need.
    func limited(to role: Role) -> PersonRecord {
        var record = self
        record.row = row.limited(to: role)
        if !Sensitivity.identity.isShown(to: role) {
            record.identityNumber = row.maskedIdentity
            record.telephone = ""
            record.registeredAddress = ""
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
