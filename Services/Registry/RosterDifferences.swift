import Contracts
import Domain
import Host

/// What a later roster may say otherwise of somebody who is in the ledger: each field with how it is read and written.
/// What the later roster leaves empty says nothing.
enum RosterDifferences {
    static let fields: [RosterField] = [
        .ethnicity, .workStart, .retirement, .politicalStatus, .registeredAddress, .residence, .township, .community,
        .telephone, .pensionPlace, .medicalPlace, .basicPension, .outOfPool, .personCategory, .remark,
    ]

    /// Those that differ, with what the later roster says.
    static func between(
        _ details: PersonDetails, township: String, _ candidate: RosterCandidate
    ) -> [(field: RosterField, sent: String)] {
        fields.compactMap { field in
            let sent = text(of: field, candidate.details, township: candidate.township)
            guard !sent.isEmpty, sent != text(of: field, details, township: township) else { return nil }
            return (field, sent)
        }
    }

    static func text(of field: RosterField, _ details: PersonDetails, township: String) -> String {
        switch field {
        case .ethnicity: details.ethnicity
        case .workStart: details.workStart
        case .retirement: details.retirement
        case .politicalStatus: details.politicalStatus
        case .registeredAddress: details.registeredAddress
        case .residence: details.residence
        case .township: Township(township)?.name ?? township
        case .community: details.community
        case .telephone: details.telephone
        case .pensionPlace: details.pensionPlace
        case .medicalPlace: details.medicalPlace
        case .basicPension: details.basicPensionInFen.map { Money(amountInFen: $0).description } ?? ""
        case .outOfPool: details.outOfPool
        case .personCategory: details.personCategory
        case .remark: details.remark
        default: ""
        }
    }

    /// Writes what `text` read.
    static func set(_ field: RosterField, _ text: String, in details: inout PersonDetails) {
        switch field {
        case .ethnicity: details.ethnicity = text
        case .workStart: details.workStart = text
        case .retirement: details.retirement = text
        case .politicalStatus: details.politicalStatus = text
        case .registeredAddress: details.registeredAddress = text
        case .residence: details.residence = text
        case .community: details.community = text
        case .telephone: details.telephone = text
        case .basicPension: details.basicPensionInFen = (try? Money(text))?.amountInFen
        case .outOfPool: details.outOfPool = text
        case .personCategory: details.personCategory = text
        case .remark: details.remark = text
        default: break
        }
    }

    /// Why an officer cannot take a field over, and where it is corrected; nil when the officer can.
    static func obstacle(
        _ field: RosterField, _ sent: String, of person: LedgerPerson, for role: Role
    ) -> String? {
        switch person.status {
        case .accepted, .handedOver: return "已由乡镇接收，请由乡镇在核对信息时更正（第十六条（三））"
        case .applied: return "移交申请待乡镇接收，接收后请由乡镇在核对信息时更正（第十六条（三））"
        case .verified where role == .enterprise: return "已由人社局核准，请由人社局采用（第十五条（二））"
        case .verified, .registered: break
        }
        switch field {
        case .township, .pensionPlace, .medicalPlace:
            return "关系到移交范围，请由人社局不予核准后用新文件重报（第三条、第十五条（二））"
        case .politicalStatus where person.isPartyMember && PoliticalStatus.membership(sent) != true:
            return "台账记为党员，须由组织部门认定后办理（第十条）"
        default: return nil
        }
    }
}

extension RegistryReads {
    /// One stored difference.
    struct StoredDifference {
        var id: Int64
        var sheetRow: Int
        var person: PersonID
        var field: RosterField
        var sent: String
        /// What the ledger said before it was taken over; nil as long as it was not.
        var before: String?
    }

    func differences(ofRoster roster: Int64, after: Int64, limit: Int) throws -> [StoredDifference] {
        try snapshot.rows(
            """
            SELECT id, sheet_row, person, field, sent, before FROM difference WHERE roster = ? AND id > ?
            ORDER BY id LIMIT ?
            """, roster, after, limit
        ) { row in
            let id = try row.integer(0)
            return StoredDifference(
                id: id, sheetRow: try row.int(1), person: PersonID(try row.integer(2)),
                field: try Stored.value(RosterField(rawValue: row.text(3))),
                sent: try RegistrySealed.sent.openText(row.blob(4), row: id, with: sealer, in: snapshot),
                before: try row.optionalBlob(5).map {
                    try RegistrySealed.formerly.openText($0, row: id, with: sealer, in: snapshot)
                })
        }
    }

    /// How many are not taken over; nil when there were none.
    func differenceCount(ofRoster roster: Int64) throws -> Int? {
        try snapshot.first(
            "SELECT sum(before IS NULL) FROM difference WHERE roster = ? HAVING count(*) > 0", roster
        ) { try $0.int(0) }
    }
}

extension ListDifferences {
    func read(_ registry: RegistryReader) throws -> DifferenceRows {
        guard let stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.enterprise, township: nil)
        let limit = max(1, min(limit, 500))
        let found = try registry.differences(ofRoster: roster, after: after ?? 0, limit: limit)
        let role = registry.context.officer.role
        let rows = try found.compactMap { difference -> DifferenceRow? in
            guard let person = try registry.person(difference.person) else { return nil }
            registry.context.looked(at: person.id)
            let details = try registry.details(person.id)
            let now = RosterDifferences.text(of: difference.field, details, township: person.township)
            return DifferenceRow(
                difference: difference.id, person: person.id, name: details.name,
                maskedIdentity: try Stored.value(try? ResidentIdentityNumber(details.identityNumber)).masked,
                sheetRow: difference.sheetRow, column: difference.field.heading, before: difference.before ?? now,
                after: difference.sent, isTaken: difference.before != nil,
                obstacle: difference.before == nil
                    ? RosterDifferences.obstacle(difference.field, difference.sent, of: person, for: role) : nil)
        }
        return DifferenceRows(rows: rows, next: found.count == limit ? found.last?.id : nil)
    }
}

extension TakeDifferences {
    /// Those that are chosen, all or none; or all that may be taken over, as many as go at once.
    func execute(_ registry: RegistryWriter) throws -> TakenDifferences {
        guard let stored = try registry.roster(roster)?.summary else { throw RegistryRefusal.unknownRoster }
        try registry.context.requireArea(enterprise: stored.enterprise, township: nil)
        guard (differences?.count ?? 0) <= Self.most else { throw RegistryRefusal.tooManyDifferences }
        let all = try registry.differences(ofRoster: roster, after: 0, limit: .max).filter { $0.before == nil }
        let chosen = differences.map(Set.init)
        var taken: [PersonID: [RegistryReads.StoredDifference]] = [:]
        var obstacles: Set<String> = []
        var left = 0
        for difference in all where chosen?.contains(difference.id) ?? true {
            guard let person = try registry.person(difference.person) else { continue }
            let obstacle = RosterDifferences.obstacle(
                difference.field, difference.sent, of: person, for: registry.context.officer.role)
            if let obstacle {
                if chosen != nil { obstacles.insert("\(difference.field.heading)：\(obstacle)") }
            } else if taken.values.reduce(0, { $0 + $1.count }) < Self.most {
                taken[person.id, default: []].append(difference)
            } else {
                left += 1
            }
        }
        guard obstacles.isEmpty else { throw RegistryRefusal.differenceNotTaken.naming(obstacles.sorted()) }
        let count = taken.values.reduce(0) { $0 + $1.count }
        if let chosen, chosen.count > count { throw RegistryRefusal.unknownDifference }
        for (person, differences) in taken.sorted(by: { $0.key < $1.key }) {
            try registry.take(differences, of: person)
        }
        return TakenDifferences(taken: count, left: left)
    }
}

extension RegistryWriter {
    /// Keeps what a later roster says otherwise of somebody.
    func offer(_ differences: [(field: RosterField, sent: String)], of person: PersonID, roster: Int64, sheetRow: Int)
        throws
    {
        for difference in differences {
            try transaction.execute(
                "INSERT INTO difference(roster, sheet_row, person, field, sent) VALUES(?, ?, ?, ?, x'')", roster,
                sheetRow, person.rawValue, difference.field.rawValue)
            let id = transaction.lastInsertedRow
            try transaction.execute(
                "UPDATE difference SET sent = ? WHERE id = ?",
                RegistrySealed.sent.seal(difference.sent, row: id, with: sealer), id)
        }
    }

    fileprivate func take(_ differences: [StoredDifference], of id: PersonID) throws {
        guard let person = try person(id) else { throw CommonRefusal.unknownPerson }
        var details = try details(id)
        for difference in differences {
            let before = RosterDifferences.text(of: difference.field, details, township: person.township)
            try transaction.execute(
                "UPDATE difference SET before = ? WHERE id = ?",
                RegistrySealed.formerly.seal(before, row: difference.id, with: sealer), difference.id)
            RosterDifferences.set(difference.field, difference.sent, in: &details)
        }
        try save(details, of: id)
        try context.emit(PersonUpdated(person: id, columns: differences.map(\.field.heading)))
        if !person.isPartyMember, PoliticalStatus.membership(details.politicalStatus) == true {
            try setMembership(true, of: id)
            try context.emit(PartyMembershipNoted(person: id))
        }
        if !person.hasOutOfPool, !details.outOfPool.isEmpty {
            try setOutOfPool(of: id)
            try context.emit(OutOfPoolNoted(person: id))
        }
    }
}
