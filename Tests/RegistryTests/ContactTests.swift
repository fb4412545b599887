import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("How a township is reached")
struct ContactTests {
    private static func record(_ telephone: String, _ address: String = "") -> RecordContact {
        RecordContact(contact: ServiceContact(telephone: telephone, address: address))
    }

    @Test("第十六条（三）: its people's records and its cards tell it, and no other township's")
    func recorded() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson()
        #expect(try bench.ask(GetPerson(person: person), as: .township()).contact == nil)
        try bench.execute(Self.record(" ０８７３-4621234 ", "东门街 1 号"), as: .township())
        try bench.execute(Self.record("0873-4629999"), as: .township(Sample.otherTownship))
        #expect(try bench.newEvents(ContactRecorded.self).map(\.township) == [Sample.township, Sample.otherTownship])
        let contact = ServiceContact(telephone: "0873-4621234", address: "东门街 1 号")
        #expect(try bench.ask(GetPerson(person: person), as: .township()).contact == contact)
        #expect(try bench.ask(ListCards(limit: 10), as: .township()).contact == contact)
        try bench.execute(Self.record("0873-4621234", "东门街 1 号"), as: .township())
        #expect(try bench.newEvents(ContactRecorded.self).isEmpty, "nothing has changed")
        try bench.execute(Self.record("0873-4620000、13800000000"), as: .township())
        #expect(try bench.ask(GetPerson(person: person), as: .township()).contact?.address == "")
    }

    @Test("is a number that can be dialled, with a short address, of the clerk's own township")
    func refused() throws {
        let bench = try RegistryBench()
        for wrong in [
            Self.record(""), Self.record("电话"), Self.record("0873-4621234", String(repeating: "街", count: 101)),
        ] {
            #expect(try bench.refusal(of: wrong, as: .township()) == RegistryRefusal.wrongContact)
        }
        let elsewhere = Officer(user: "a", role: .township, area: .county)
        #expect(try bench.refusal(of: Self.record("0873-4621234"), as: elsewhere)?.slug == "access.area")
        #expect(try bench.refusal(of: Self.record("0873-4621234"), as: .enterprise())?.slug == "access.role")
    }
}
