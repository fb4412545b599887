import Contracts
import Domain

/// Somebody of a roster who is in the ledger already.
struct RosterDuplicate {
    var fault: RosterFault
    var person: PersonID
    /// What the roster says otherwise.
    var differences: [(field: RosterField, sent: String)]
}

extension RegistryReads {
    /// Nil when nobody has the candidate's identity number.
    /// - Parameter roster: the roster that is being imported; nil while it is only looked at.
    func duplicate(
        of candidate: RosterCandidate, in enterprise: String, roster: Int64?
    ) throws -> RosterDuplicate? {
        guard let other = try person(identityNumber: candidate.identityNumber) else { return nil }
        // Which other enterprise it is, is not this one's to know.
        guard other.enterprise == enterprise else {
            return RosterDuplicate(
                fault: .duplicate(
                    "roster.row.in-other-enterprise", "此人已由其他企业登记", "请与县人社局核对此人归属；确属本企业的，由人社局对原登记不予核准后重报"),
                person: other.id, differences: [])
        }
        let details = try details(other.id)
        let isSameName = details.name == candidate.details.name
        if other.roster == roster {
            let fault: RosterFault =
                isSameName
                ? .duplicate("roster.row.twice-in-file", "与本文件第 \(other.sheetRow) 行是同一人", "保留一行即可，无需处理")
                : .duplicate(
                    "roster.row.identity-of-other-name", "与本文件第 \(other.sheetRow) 行身份证号相同而姓名不同",
                    "请核对两行的身份证号，改正有误的一行")
            return RosterDuplicate(fault: fault, person: other.id, differences: [])
        }
        guard isSameName else {
            return RosterDuplicate(
                fault: .duplicate(
                    "roster.row.identity-of-other-name", "该身份证号已登记在另一姓名下（名册 \(other.roster)）",
                    "请核对身份证号；确属同一人而原登记姓名有误的，请人社局对原登记不予核准，或由乡镇核对时更正姓名"),
                person: other.id, differences: [])
        }
        let differences = RosterDifferences.between(details, township: other.township, candidate)
        guard !differences.isEmpty else {
            return RosterDuplicate(
                fault: .duplicate(
                    "roster.row.already-registered", "此人已在台账中（名册 \(other.roster)），内容相同", "无需再次导入"),
                person: other.id, differences: [])
        }
        var fault = RosterFault.duplicate(
            "roster.row.already-registered-differs",
            "此人已在台账中（名册 \(other.roster)），本次有 \(differences.count) 项与台账不同，尚未采用",
            "请在名册页“与台账不同的内容”中逐项采用")
        fault.column = differences.map(\.field.heading).joined(separator: "、")
        return RosterDuplicate(fault: fault, person: other.id, differences: differences)
    }

    /// People of the enterprise with the same name and birthday under another number: numbers given twice were replaced
    /// by the police, and a wrong digit passes the check once in eleven times. Who is in other enterprises is not this
    /// one's to know; human resources sees them on the person's page.
    func alike(_ candidate: RosterCandidate, in enterprise: String) throws -> RosterRemark? {
        let rosters = Set(try alike(candidate.details).filter { $0.enterprise == enterprise }.map(\.roster))
        guard !rosters.isEmpty else { return nil }
        let names = rosters.sorted().map(String.init).joined(separator: "、")
        return RosterRemark(
            .identityNumber, "roster.row.alike",
            "台账中已有同名、同出生日期而身份证号不同的人（名册 \(names)），请核实是否同一人；是同一人的，请人社局对有误的登记不予核准")
    }

    /// Everybody of the same name and birthday whose number is another.
    func alike(_ details: PersonDetails) throws -> [LedgerPerson] {
        guard let number = try? ResidentIdentityNumber(details.identityNumber) else { return [] }
        return try snapshot.rows(
            """
            SELECT \(LedgerPerson.columns) FROM person WHERE likeness = ? AND identity_token <> ?
            AND roster NOT IN (SELECT id FROM roster WHERE state = 'undoing') ORDER BY id LIMIT 20
            """, likeness(details), token(of: number)
        ) { try LedgerPerson($0) }
    }

    func likeness(_ details: PersonDetails) -> Int64 {
        sealer.token("\(details.name) \(details.birthday)", purpose: "name-and-birthday")
    }
}

/// Whoever was registered before likenesses were kept gets one, and the name its usual characters, a piece in each turn
/// of the writer.
enum Likenesses {
    static let name = "likeness"
    private static let peopleInOnePiece = 500

    /// The text is part of a released migration and may not change.
    static let begin = """
        INSERT INTO unfinished(work, subject, officer)
        SELECT 'likeness', 0, '{"area":"county","role":"operator","user":"registry"}'
        WHERE EXISTS(SELECT 1 FROM person);
        """

    /// - Returns: true when everybody has one.
    static func proceed(_ registry: RegistryWriter) throws -> Bool {
        let persons = try registry.withoutLikeness(limit: peopleInOnePiece)
        for person in persons {
            var details = try registry.details(person)
            // Radicals and compatibility ideographs stayed in names then, and no search found them.
            if let name = PersonName(details.name)?.text,
                !name.unicodeScalars.elementsEqual(details.name.unicodeScalars)
            {
                try registry.reindex(details.name, as: name, of: person)
                details.name = name
                try registry.save(details, of: person)
            }
            try registry.setLikeness(details, of: person)
        }
        return persons.count < peopleInOnePiece
    }
}
