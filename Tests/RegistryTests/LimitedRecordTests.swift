import Contracts
import Domain
import Support
import Testing

@testable import Registry

/// What an office that need not know who somebody is learns of a number: an attack put the last four, the birthday and
/// the county together and had its guesses confirmed by the search.
@Suite("Offices that may not see numbers")
struct LimitedRecordTests {
    private static let offices = Role.allCases.filter {
        GetPerson.roles.contains($0) && !Sensitivity.identity.isShown(to: $0)
    }

    @Test("see the year of birth, the first three digits, no address and no community", arguments: offices)
    func record(role: Role) throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson()
        let whole = try bench.ask(GetPerson(person: person), as: .humanResources)
        let officer = Officer(user: "x", role: role)
        let limited = try bench.ask(GetPerson(person: person), as: officer)
        #expect(limited.birthday == nil && limited.birthYear == whole.birthday?.year && whole.birthYear == nil)
        let masked = String(whole.identityNumber.prefix(3)) + String(repeating: "*", count: 15)
        #expect(limited.identityNumber == masked && limited.row.maskedIdentity == masked)
        #expect(limited.residence.isEmpty && limited.row.community.isEmpty && limited.registeredAddress.isEmpty)
        let listed = try bench.ask(SearchPersons(text: whole.row.name, limit: 10), as: officer)
        #expect(listed.rows.map(\.maskedIdentity) == [masked])
        #expect(listed.rows.map(\.community) == [""])
    }

    @Test("have no guess confirmed: neither a right number nor a wrong one", arguments: offices)
    func search(role: Role) throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson()
        let whole = try bench.ask(GetPerson(person: person), as: .humanResources)
        let officer = Officer(user: "x", role: role)
        for text in [whole.identityNumber, TestIdentity.number(987)] {
            #expect(
                try bench.refusal(of: SearchPersons(text: text, limit: 10), as: officer)
                    == RegistryRefusal.numberSearchNotEntitled)
        }
        #expect(
            try bench.ask(SearchPersons(text: whole.identityNumber, limit: 10), as: .humanResources).rows.count == 1)
    }
}
