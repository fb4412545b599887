import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("Not verified, taken back, corrected at the door (第十五条（二）、第十六条（三）)")
struct DeclineTests {
    @Test("Who is not verified leaves the ledger, the row and the cause stay, and the row can come again")
    func decline() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let roster = try bench.roster([RegistryBench.row(1), RegistryBench.row(2)]).summary
        _ = try bench.newEvents()
        try bench.execute(DeclinePersons(persons: [PersonID(1)], cause: .dataDiffers), as: .humanResources)
        #expect(try bench.newEventNames() == [PersonWithdrawn.name])
        #expect(
            try bench.refusal(of: GetPerson(person: PersonID(1)), as: .humanResources)?.slug
                == CommonRefusal.unknownPerson.slug)
        let after = try bench.ask(GetRoster(roster: roster.roster), as: .enterprise())
        #expect(after.declined?.map(\.sheetRow) == [2] && after.declined?.first?.cause == .dataDiffers)
        #expect(try bench.roster([RegistryBench.row(1)], digest: "corrected").summary.registered == 1)
    }

    @Test("Only human resources declines, and only until the application; one of them wrong, none is declined")
    func refused() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([RegistryBench.row(1), RegistryBench.row(2)])
        let both = DeclinePersons(persons: [PersonID(1), PersonID(2)], cause: .deceased)
        #expect(try bench.refusal(of: both, as: .enterprise())?.slug == CommonRefusal.roleNotEntitled.slug)
        try bench.execute(VerifyPersons(persons: [PersonID(2)]), as: .humanResources)
        try bench.execute(
            SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: [PersonID(2)],
                materials: Material.allCases, dated: CalendarDay("2026-11-20")!), as: .enterprise())
        #expect(try bench.refusal(of: both, as: .humanResources)?.slug == RegistryRefusal.wrongStatus.slug)
        #expect(try bench.ask(GetPerson(person: PersonID(1)), as: .humanResources).row.status == .registered)
    }

    @Test("A roster taken back tells who did it, when and why, and still what was set aside")
    func undone() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let roster = try bench.roster([RegistryBench.row(1), RegistryBench.row(2, ["name": ""])]).summary.roster
        #expect(
            try bench.refusal(of: UndoRoster(roster: roster, reason: " "), as: .enterprise())?.slug
                == RegistryRefusal.reasonMissing.slug)
        try bench.execute(UndoRoster(roster: roster, reason: "文件选错"), as: .enterprise())
        let after = try bench.ask(GetRoster(roster: roster), as: .humanResources)
        #expect(after.state == .undone && after.undoing?.user == "qiye" && after.undoing?.reason == "文件选错")
        #expect(try bench.ask(GetSetAside(roster: roster, limit: 10), as: .enterprise()).rows.count == 1)
    }

    private func confirm(_ field: CorrectableField, _ value: String, _ bench: RegistryBench) throws -> Refusal? {
        try bench.refusal(
            of: ConfirmPerson(
                person: PersonID(1), method: .visit, corrections: [Correction(field: field, value: value)]),
            as: .township())
    }

    @Test("第十六条（三）: a name corrected at the door is found under the new name and not under the old one")
    func name() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson(["name": "李阿明"])
        #expect(try confirm(.name, "李阿敏", bench) == nil)
        let found = try bench.ask(SearchPersons(text: "阿敏", limit: 10), as: .humanResources)
        #expect(found.rows.map(\.person) == [person])
        #expect(try bench.ask(SearchPersons(text: "阿明", limit: 10), as: .humanResources).rows.isEmpty)
        let record = try bench.ask(GetPerson(person: person), as: .humanResources)
        #expect(record.corrections.first?.before == "李阿明")
    }

    @Test("第十条（一）: who turns out to be a member needs the transfer; nobody ceases to be one at the door")
    func membership() throws {
        let bench = try RegistryBench()
        _ = try bench.acceptedPerson(["political-status": "群众"])
        _ = try bench.newEvents()
        #expect(try confirm(.politicalStatus, "中共党员", bench) == nil)
        #expect(try bench.newEvents(PartyMembershipNoted.self).count == 1)
        #expect(try confirm(.politicalStatus, "群众", bench)?.slug == RegistryRefusal.membershipNotEndedHere.slug)
    }

    @Test("A correction that cannot be is refused by the name of its field", arguments: CorrectableField.allCases)
    func wrong(field: CorrectableField) throws {
        let bench = try RegistryBench()
        _ = try bench.acceptedPerson()
        let refusal = try confirm(field, String(repeating: "a1", count: 200), bench)
        #expect(refusal?.slug == RegistryRefusal.wrongCorrection.slug)
        #expect(refusal?.details.first?.hasPrefix(field.chinese) == true)
    }

    @Test("第十九条: each office sees of a person what its duties need")
    func disclosure() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson([
            "political-status": "中共党员", "telephone": "13800000000", "basic-pension": "3200.50",
            "out-of-pool": "取暖费",
        ])
        func seen(_ role: Role) throws -> PersonRecord {
            try bench.ask(GetPerson(person: person), as: Officer(user: "x", role: role))
        }
        let full = try seen(.humanResources)
        #expect(full.telephone == "13800000000" && full.row.isPartyMember && full.basicPensionInFen == 320_050)
        let petitions = try seen(.petitions)
        #expect(petitions.identityNumber == petitions.row.maskedIdentity && petitions.identityNumber.contains("*"))
        #expect(petitions.telephone.isEmpty && petitions.politicalStatus.isEmpty && !petitions.row.isPartyMember)
        #expect(petitions.basicPensionInFen == nil && petitions.outOfPool.isEmpty)
        let health = try seen(.health)
        #expect(health.telephone == "13800000000" && !health.row.isPartyMember && health.basicPensionInFen == nil)
        let organization = try seen(.organization)
        #expect(organization.row.isPartyMember && organization.basicPensionInFen == nil)
    }
}
