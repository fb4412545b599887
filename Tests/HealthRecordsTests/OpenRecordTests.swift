import Contracts
import Domain
import Store
import Support
import Testing

@testable import HealthRecords

@Suite("Opening health records (第八条（四）)")
struct OpenRecordTests {
    @Test("The number is county, township, village and a sequence that is dense in each village")
    func numbers() throws {
        let bench = try HealthRecordsBench()
        for id in 1...4 { try bench.person(Int64(id)) }
        try bench.person(5, township: Sample.otherTownship)
        func open(_ id: Int64, _ village: String) throws -> String {
            try bench.execute(OpenRecord.sample(PersonID(id), village: village), as: .doctor).recordNumber
        }
        #expect(try open(1, "001") == "53252910100100001")
        #expect(try open(2, "001") == "53252910100100002")
        #expect(try open(3, "101") == "53252910110100001")
        #expect(try open(5, "００１") == "53252910200100001")
        // What was refused takes no number.
        #expect(
            try bench.refusal(of: OpenRecord.sample(PersonID(4), dated: "2026-11-25"), as: .doctor) != nil)
        #expect(try open(4, "001") == "53252910100100003")
        #expect(try bench.newEvents(RecordOpened.self).map(\.person.rawValue) == [1, 2, 3, 5, 4])
    }

    @Test("第八条（四）: only once the township has accepted the person")
    func notAccepted() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1, acceptedOn: nil)
        let refusal = try bench.refusal(of: OpenRecord.sample(person), as: .doctor)
        #expect(refusal?.slug == "health-records.record.not-accepted")
        #expect(refusal?.article?.citation == "第八条（四）")
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("One record for a person; asked again, the refusal says that it is open")
    func twice() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        let number = bench.number()
        // A repeat carries the same bytes.
        let body = try JSONCoding.bytes(OpenRecord.sample(person))
        let first = try bench.ask(OpenRecord.name, 1, body, .doctor, number)
        #expect(try bench.ask(OpenRecord.name, 1, body, .doctor, number) == first)
        let refusal = try bench.refusal(of: OpenRecord.sample(person, village: "002"), as: .doctor)
        #expect(refusal?.slug == "health-records.record.already-open")
        #expect(refusal?.kind == .conflict)
        #expect(try bench.newEventNames() == ["health-records.record.opened"])
    }

    @Test(
        "A village segment outside the health system's numbers is refused and the ranges are named",
        arguments: ["000", "100", "200", "900", "1", "01", "0001", "1000", "12a", "", "-01"])
    func villages(text: String) throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        let refusal = try bench.refusal(of: OpenRecord.sample(person, village: text), as: .doctor)
        #expect(refusal?.slug == "health-records.village.wrong-segment")
        #expect(refusal?.details == ["001–099 居民委员会", "101–199 村民委员会", "901–999 其他机构"])
    }

    @Test("The first and the last number of each kind of village are taken")
    func kinds() {
        let kinds = ["001", "099", "101", "199", "901", "999"].map { VillageSegment($0)?.kind }
        #expect(
            kinds == [
                .residentsCommittee, .residentsCommittee, .villagersCommittee, .villagersCommittee, .other, .other,
            ])
    }

    @Test("The day lies between acceptance and today")
    func dates() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1, acceptedOn: "2026-10-28")
        for (day, slug) in [
            ("2026-11-25", "health-records.date.in-future"), ("2026-10-27", "health-records.date.before-acceptance"),
        ] {
            #expect(try bench.refusal(of: OpenRecord.sample(person, dated: day), as: .doctor)?.slug == slug)
        }
        try bench.execute(OpenRecord.sample(person, dated: "2026-10-28"), as: .doctor)
    }

    @Test("Today is the day in China: after midnight there, it is no longer the future")
    func midnight() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        let midnight = CalendarDay("2026-11-25")!.start
        bench.clock.set(midnight.advanced(byMilliseconds: -1))
        #expect(
            try bench.refusal(of: OpenRecord.sample(person, dated: "2026-11-25"), as: .doctor)?.slug
                == "health-records.date.in-future")
        bench.clock.set(midnight)
        try bench.execute(OpenRecord.sample(person, dated: "2026-11-25"), as: .doctor)
    }

    @Test("When a village's sequence is used up, nothing is numbered twice")
    func exhausted() throws {
        let bench = try HealthRecordsBench()
        try bench.person(1)
        try bench.person(2)
        try bench.execute(OpenRecord.sample(PersonID(1)), as: .doctor)
        try bench.core.store.commit { try $0.execute("UPDATE record SET sequence = 99999") }
        let refusal = try bench.refusal(of: OpenRecord.sample(PersonID(2)), as: .doctor)
        #expect(refusal?.slug == "health-records.village.exhausted")
        try bench.execute(OpenRecord.sample(PersonID(2), village: "002"), as: .doctor)
    }

    @Test("Texts without end are refused, each by its name")
    func tooLong() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        func details(_ command: OpenRecord) throws -> [String]? {
            let refusal = try bench.refusal(of: command, as: .doctor)
            #expect(refusal?.slug == "health-records.record.text-too-long")
            return refusal?.details
        }
        func text(_ count: Int) -> String { String(repeating: "病", count: count) }
        #expect(try details(.sample(person, bloodType: text(21))) == ["血型（最多 20 字）"])
        #expect(try details(.sample(person, allergies: text(501))) == ["过敏史（最多 500 字）"])
        #expect(try details(.sample(person, diseases: [text(51)])) == ["慢性病名称（最多 50 字）"])
        #expect(try details(.sample(person, diseases: Array(repeating: "病", count: 31))) == ["慢性病（最多 30 种）"])
        try bench.execute(
            OpenRecord.sample(
                person, bloodType: text(20), allergies: text(500), diseases: Array(repeating: text(50), count: 30)),
            as: .doctor)
    }

    @Test("Somebody unknown, another area, and every role but the health bureau are refused")
    func access() throws {
        let bench = try HealthRecordsBench()
        let person = try bench.person(1)
        #expect(
            try bench.refusal(of: OpenRecord.sample(PersonID(9)), as: .doctor)?.slug == "person.unknown")
        let elsewhere = Officer(user: "weisheng", role: .health, area: .township(Sample.otherTownship))
        #expect(try bench.refusal(of: OpenRecord.sample(person), as: elsewhere)?.slug == "access.area")
        for role in Role.allCases where role != .health {
            let officer = Officer(user: "a", role: role)
            #expect(try bench.refusal(of: OpenRecord.sample(person), as: officer)?.slug == "access.role")
        }
    }
}
