import Contracts
import Domain
import Support

@testable import HealthRecords

typealias HealthRecordsBench = ServiceBench<HealthRecords>

extension ServiceBench where Logic == HealthRecords {
    /// A person as the registry tells of one: registered, and accepted on a day unless that is nil.
    @discardableResult
    func person(
        _ id: Int64, acceptedOn day: String? = "2026-10-28", township: String = Sample.township,
        enterprise: String = Sample.enterprise
    ) throws -> PersonID {
        let person = PersonID(id)
        try feed(
            PersonRegistered(person: person, enterprise: enterprise, township: township, roster: 1), from: .registry)
        if let day {
            try feed(
                PersonAccepted(
                    person: person, enterprise: enterprise, township: township, on: CalendarDay(day)!),
                from: .registry)
        }
        return person
    }
}

extension OpenRecord {
    /// A record that may be opened, but for what a test changes.
    static func sample(
        _ person: PersonID, village: String = "001", dated: String = "2026-11-20", bloodType: String? = "A 型",
        allergies: String? = "青霉素", diseases: [String] = ["高血压"]
    ) -> OpenRecord {
        OpenRecord(
            person: person, villageSegment: village, dated: CalendarDay(dated)!, bloodType: bloodType,
            allergies: allergies, chronicDiseases: diseases)
    }
}
