import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("Ways back: tracks taken back, membership, stand-ins, a wrong township")
struct WayBackTests {
    @Test("第十六条（一）、（四）: a track that is taken back opens the hand-over again, and done anew it is complete")
    func reopened() throws {
        for (back, again) in [
            (
                FileReturned(person: PersonID(1)) as any Event,
                FileReceived(person: PersonID(1), missing: 0) as any Event
            ),
            (FileReleased(person: PersonID(1)), FileReceived(person: PersonID(1), missing: 0)),
            (
                PersonChecked(person: PersonID(1), result: .differs),
                PersonChecked(person: PersonID(1), result: .matches)
            ),
        ] {
            let bench = try RegistryBench()
            let person = try bench.acceptedPerson()
            try bench.execute(
                ConfirmPerson(person: person, method: .visit, corrections: []), as: .township())
            try bench.execute(IssueCard(person: person), as: .township())
            try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
            try bench.feed(PersonListed(person: person, list: 1), from: .benefitsLiaison)
            try bench.feed(RecordOpened(person: person), from: .healthRecords)
            let stream: ServiceName = back is PersonChecked ? .benefitsLiaison : .archives
            #expect(try bench.ask(GetPerson(person: person), as: .humanResources).row.status == .handedOver)
            _ = try bench.newEvents()
            try bench.feed(back, from: stream)
            #expect(try bench.newEventNames() == [PersonReopened.name])
            #expect(try bench.ask(GetPerson(person: person), as: .humanResources).row.status == .accepted)
            try bench.feed(again, from: stream)
            #expect(try bench.newEventNames() == [PersonHandedOver.name])
        }
    }

    @Test("第十条（一）: who turns out to be no member does not wait for a transfer")
    func noMember() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson(["political-status": "中共党员"])
        try bench.execute(ConfirmPerson(person: person, method: .visit, corrections: []), as: .township())
        try bench.execute(IssueCard(person: person), as: .township())
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        try bench.feed(PersonListed(person: person, list: 1), from: .benefitsLiaison)
        try bench.feed(RecordOpened(person: person), from: .healthRecords)
        #expect(try bench.ask(GetPerson(person: person), as: .humanResources).row.status == .accepted)
        try bench.feed(MembershipDenied(person: person), from: .partyRelations)
        #expect(try bench.ask(GetPerson(person: person), as: .humanResources).row.status == .handedOver)
    }

    @Test("第二条、第七条: a stand-in manages only where the enterprise is no more")
    func standIn() throws {
        let bench = try RegistryBench()
        func record(hasVanished: Bool, standIn: String?) -> RecordEnterprise {
            RecordEnterprise(
                code: Sample.enterprise, name: "红河县测试茶厂", ownership: .county, isFinancial: false,
                hasVanished: hasVanished, standIn: standIn, hasAnnuity: false)
        }
        #expect(
            try bench.refusal(of: record(hasVanished: true, standIn: "　"), as: .humanResources)?.article?.citation
                == "第七条")
        try bench.execute(record(hasVanished: false, standIn: "红河县国资公司"), as: .humanResources)
        try bench.roster([RegistryBench.row(1)])
        #expect(try bench.ask(GetPerson(person: PersonID(1)), as: .humanResources).managingUnit == "红河县测试茶厂")
        try bench.execute(record(hasVanished: true, standIn: " 红河县国资公司"), as: .humanResources)
        #expect(try bench.ask(GetPerson(person: PersonID(1)), as: .humanResources).managingUnit == "红河县国资公司")
    }

    @Test("第十五条（二）: who was verified with a wrong township is declined, and comes again with the right one")
    func wrongTownship() throws {
        let bench = try RegistryBench()
        let application = try bench.submitted()
        try bench.execute(
            RefuseApplication(application: application, cause: .notResident, explanation: "户籍不在本镇"), as: .township())
        try bench.execute(DeclinePersons(persons: [PersonID(1)], cause: .dataDiffers), as: .humanResources)
        let again = try bench.roster([RegistryBench.row(1, ["township": "甲寅镇"])], digest: "right")
        #expect(again.summary.registered == 1)
    }
}
