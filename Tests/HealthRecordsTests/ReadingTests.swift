import Contracts
import Domain
import Store
import Support
import Testing

@testable import HealthRecords

@Suite("Reading health records and the work list (第八条（四）)")
struct ReadingTests {
    @Test("A record comes back as it was opened; blanks are not kept")
    func record() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        #expect(
            try bench.ask(GetHealthRecord(person: person), as: .doctor)
                == HealthRecord(person: person, state: .awaiting, chronicDiseases: []))
        try bench.execute(
            OpenRecord.sample(person, bloodType: " O 型 ", allergies: "　", diseases: ["糖尿病", " "]), as: .doctor)
        try bench.restart()
        #expect(
            try bench.ask(GetHealthRecord(person: person), as: .doctor)
                == HealthRecord(
                    person: person, state: .opened, recordNumber: "53252910100100001",
                    openedOn: CalendarDay("2026-11-20"), bloodType: "O 型", chronicDiseases: ["糖尿病"]))
    }

    @Test("Who looked at whom is written down; nobody but the health bureau may look")
    func looked() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        _ = try bench.ask(GetHealthRecord(person: person), as: .doctor)
        let looked = try bench.core.store.commit {
            try $0.rows("SELECT subject, user FROM looked") { (try $0.text(0), try $0.text(1)) }
        }
        #expect(looked.map(\.0) == ["person:1"])
        #expect(looked.map(\.1) == [Officer.doctor.user])
        for role in Role.allCases where role != .health {
            let officer = Officer(user: "a", role: role)
            #expect(try bench.refusal(of: GetHealthRecord(person: person), as: officer)?.slug == "access.role")
        }
        #expect(
            try bench.refusal(of: GetHealthRecord(person: PersonID(9)), as: .doctor)?.slug == "person.unknown")
        let elsewhere = Officer(user: "weisheng", role: .health, area: .township(Sample.otherTownship))
        #expect(try bench.refusal(of: GetHealthRecord(person: person), as: elsewhere)?.slug == "access.area")
    }

    @Test("Findings stand neither in the file nor in the log")
    func sealed() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        try bench.execute(
            OpenRecord.sample(person, bloodType: "RH阴性血", allergies: "头孢类过敏", diseases: ["罕见代谢病"]),
            as: .doctor)
        bench.core.store.close()
        for file in ["health-records.sqlite", "health-records.sqlite-wal"] {
            guard let bytes = try? FileBytes.read("\(bench.folder)/\(file)") else { continue }
            for text in ["RH阴性血", "头孢类过敏", "罕见代谢病"] {
                #expect(bytes.firstRange(of: Array(text.utf8)) == nil, "\(text) in \(file)")
            }
        }
    }

    @Test("The work list has accepted people without a record, within the asker's area, page by page")
    func work() throws {
        let bench = try HealthRecordsBench()
        for id in [1, 2, 4] { try bench.person(Int64(id)) }
        try bench.person(3, acceptedOn: nil)
        try bench.person(5, township: Sample.otherTownship, enterprise: Sample.otherEnterprise)
        try bench.execute(OpenRecord.sample(PersonID(2)), as: .doctor)
        func people(_ officer: Officer, after: Int64? = nil, limit: Int = 10) throws -> [Int64] {
            try bench.ask(HealthWork(after: after, limit: limit), as: officer).rows.map(\.person.rawValue)
        }
        #expect(try people(.doctor) == [1, 4, 5])
        #expect(try people(.workingTeam) == [1, 4, 5])
        #expect(try people(Officer(user: "a", role: .health, area: .township(Sample.otherTownship))) == [5])
        #expect(try people(Officer(user: "a", role: .health, area: .enterprise(Sample.enterprise))) == [1, 4])
        func narrowed(_ narrowing: Narrowing, _ officer: Officer) throws -> [Int64] {
            try bench.ask(HealthWork(narrowing: narrowing, limit: 10), as: officer).rows.map(\.person.rawValue)
        }
        #expect(try narrowed(Narrowing(township: Sample.otherTownship), .doctor) == [5])
        #expect(try narrowed(Narrowing(enterprise: Sample.enterprise), .doctor) == [1, 4])
        #expect(try narrowed(Narrowing(enterprise: Sample.enterprise, township: Sample.otherTownship), .doctor) == [])
        let local = Officer(user: "a", role: .health, area: .township(Sample.otherTownship))
        #expect(try narrowed(Narrowing(township: Sample.township), local) == [], "an area is not widened")
        let first = try bench.ask(HealthWork(limit: 2), as: .doctor)
        #expect(first.next == 4)
        #expect(first.rows.first?.acceptedOn == CalendarDay("2026-10-28"))
        #expect(try people(.doctor, after: first.next, limit: 2) == [5])
        #expect(try bench.ask(HealthWork(after: 4, limit: 2), as: .doctor).next == nil)
        #expect(try bench.refusal(of: HealthWork(limit: 1), as: .township())?.slug == "access.role")
    }

    @Test("A withdrawn person is gone; a record that is open stays")
    func withdrawn() throws {
        let bench = try HealthRecordsBench()
        let untouched = try bench.person(1)
        let opened = try bench.person(2)
        try bench.execute(OpenRecord.sample(opened), as: .doctor)
        try bench.feed(PersonWithdrawn(person: untouched), from: .registry)
        try bench.feed(PersonWithdrawn(person: opened), from: .registry)
        #expect(try bench.ask(HealthWork(limit: 10), as: .doctor).rows.isEmpty)
        #expect(
            try bench.refusal(of: GetHealthRecord(person: untouched), as: .doctor)?.slug == "person.unknown")
        #expect(try bench.ask(GetHealthRecord(person: opened), as: .doctor).state == .opened)
    }

    @Test("An event with a township that the county does not have is parked")
    func parked() throws {
        let bench = try HealthRecordsBench()
        try bench.person(1, acceptedOn: nil, township: "532529999")
        try bench.person(2)
        #expect(try bench.parked().map(\.key) == ["person:1"])
        #expect(try bench.ask(HealthWork(limit: 10), as: .doctor).rows.map(\.person.rawValue) == [2])
    }
}
