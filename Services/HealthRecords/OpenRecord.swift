import Contracts
import Domain
import Host

extension OpenRecord {
    func execute(_ records: HealthRecordsWriter) throws -> OpenedRecord {
        let context = records.context
        guard let known = try records.person(person) else { throw CommonRefusal.unknownPerson }
        try context.requireArea(enterprise: known.enterprise, township: known.township)
        guard let acceptedOn = known.acceptedOn else { throw HealthRecordsRefusal.notAccepted }
        guard try !records.hasRecord(person) else { throw HealthRecordsRefusal.alreadyOpen }
        guard let segment = VillageSegment(villageSegment) else {
            throw HealthRecordsRefusal.wrongVillage.naming(VillageSegment.ranges)
        }
        guard dated <= context.today else { throw HealthRecordsRefusal.dateInFuture }
        guard dated >= acceptedOn else { throw HealthRecordsRefusal.dateBeforeAcceptance }
        let findings = try FindingsRule.check(self)
        let township = try Stored.value(Township(known.township))
        let last = try records.lastSequence(township: township.code, village: segment.number)
        guard
            let number = HealthRecordNumber(township: township, village: segment.number, sequence: last + 1)
        else { throw HealthRecordsRefusal.villageExhausted }
        try records.open(number, of: person, on: dated, findings)
        try context.emit(RecordOpened(person: person))
        return OpenedRecord(recordNumber: number.text)
    }
}

/// What may be written into a record: trimmed, nothing empty, nothing endless.
enum FindingsRule {
    static let longestBloodType = 20
    static let longestAllergies = 500
    static let longestDisease = 50
    static let mostDiseases = 30

    static func check(_ command: OpenRecord) throws(Refusal) -> HealthFindings {
        let findings = HealthFindings(
            bloodType: filled(command.bloodType), allergies: filled(command.allergies),
            chronicDiseases: command.chronicDiseases.compactMap(filled))
        var tooLong: [String] = []
        if (findings.bloodType ?? "").count > longestBloodType { tooLong.append("血型（最多 \(longestBloodType) 字）") }
        if (findings.allergies ?? "").count > longestAllergies { tooLong.append("过敏史（最多 \(longestAllergies) 字）") }
        if findings.chronicDiseases.count > mostDiseases { tooLong.append("慢性病（最多 \(mostDiseases) 种）") }
        if findings.chronicDiseases.contains(where: { $0.count > longestDisease }) {
            tooLong.append("慢性病名称（最多 \(longestDisease) 字）")
        }
        guard tooLong.isEmpty else { throw HealthRecordsRefusal.textTooLong.naming(tooLong) }
        return findings
    }

    private static func filled(_ text: String?) -> String? {
        let text = TextForm.trimming(text ?? "")
        return text.isEmpty ? nil : text
    }
}
