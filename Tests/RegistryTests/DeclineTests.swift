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

    @Test("第九条（二）: whose file the bureau has is not declined before the file is returned")
    func fileWithBureau() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([RegistryBench.row(1)])
        try bench.execute(VerifyPersons(persons: [PersonID(1)]), as: .humanResources)
        try bench.feed(FileReceived(person: PersonID(1), missing: 0), from: .archives)
        let decline = DeclinePersons(persons: [PersonID(1)], cause: .dataDiffers)
        let refusal = try bench.refusal(of: decline, as: .humanResources)
        #expect(refusal?.slug == "registry.person.file-with-bureau" && refusal?.article?.citation == "第九条（二）")
        try bench.feed(FileReturned(person: PersonID(1)), from: .archives)
        try bench.execute(decline, as: .humanResources)
    }

    @Test("Somebody of another enterprise's roster is set aside without telling whose it is")
    func otherEnterprise() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.enterprise(Sample.otherEnterprise)
        try bench.roster([RegistryBench.row(1)])
        let outcome = try bench.roster([RegistryBench.row(1)], enterprise: Sample.otherEnterprise, digest: "d2").outcome
        let row = try #require(outcome.setAside.first)
        #expect(row.slug == "roster.row.in-other-enterprise" && !row.reason.contains("名册"))
    }

    @Test("An enterprise is stored under the standard's form of its code, with a name")
    func codes() throws {
        let bench = try RegistryBench()
        func record(_ code: String, _ name: String) -> RecordEnterprise {
            RecordEnterprise(
                code: code, name: name, ownership: .county, isFinancial: false, hasVanished: false, hasAnnuity: false)
        }
        try bench.execute(record("91350100m000100y43", " 红河县测试茶厂 "), as: .humanResources)
        try bench.execute(record(Sample.enterprise, "红河县测试茶厂"), as: .humanResources)
        let rows = try bench.ask(ListEnterprises(), as: .humanResources).rows
        #expect(rows.map(\.code) == [Sample.enterprise] && rows.map(\.name) == ["红河县测试茶厂"])
        #expect(
            try bench.refusal(of: record(Sample.enterprise, " "), as: .humanResources)?.slug
                == RegistryRefusal.nameMissing.slug)
    }

    @Test("A batch whose rows cannot be told apart is refused and ends nobody's work")
    func malformedBatch() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let roster = try bench.execute(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "a.csv", fileDigest: "x", headings: [], rowCount: 2),
            as: .enterprise()
        ).roster
        var rows = RegistryBench.inputs([RegistryBench.row(1), RegistryBench.row(2)])
        for first in [-1, Int.min] {
            #expect(
                try bench.refusal(of: AddRosterRows(roster: roster, firstRow: first, rows: rows), as: .enterprise())?
                    .slug == CommonRefusal.malformed.slug)
        }
        rows[1].sheetRow = rows[0].sheetRow
        #expect(
            try bench.refusal(of: AddRosterRows(roster: roster, firstRow: 0, rows: rows), as: .enterprise())?.slug
                == CommonRefusal.malformed.slug)
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
