import Contracts
import Domain
import Host

extension GetHealthRecord {
    func read(_ records: HealthRecordsReader) throws -> HealthRecord {
        guard let known = try records.person(person) else { throw CommonRefusal.unknownPerson }
        try records.context.requireArea(enterprise: known.enterprise, township: known.township)
        records.context.looked(at: person)
        guard let record = try records.record(person) else {
            return HealthRecord(person: person, state: .awaiting, chronicDiseases: [])
        }
        return HealthRecord(
            person: person, state: .opened, recordNumber: record.number.text, openedOn: record.openedOn,
            bloodType: record.findings.bloodType, allergies: record.findings.allergies,
            chronicDiseases: record.findings.chronicDiseases)
    }
}

extension HealthWork {
    func read(_ records: HealthRecordsReader) throws -> HealthWorkRows {
        let limit = max(1, min(limit, 500))
        let scope = PeopleScope(records.context.officer.area, narrowing)
        let found = try records.awaiting(scope, after: after ?? 0, limit: limit)
        return HealthWorkRows(
            rows: found.map {
                HealthWorkRow(
                    person: $0.id, enterprise: $0.enterprise, township: $0.township, acceptedOn: $0.acceptedOn)
            }, next: found.count == limit ? found.last?.id.rawValue : nil)
    }
}
