import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("The way of one retiree through the registry")
struct HandOverTests {
    @Test("第二条: one managing unit at any time, the change is dated")
    func managingUnit() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([RegistryBench.row(1)])
        let before = try bench.ask(GetPerson(person: PersonID(1)), as: .humanResources)
        #expect(before.managingUnit == "红河县测试茶厂")
        #expect(before.managedSince == CalendarDay("2026-11-24"))

        let other = try RegistryBench()
        let person = try other.acceptedPerson()
        let after = try other.ask(GetPerson(person: person), as: .township())
        #expect(after.managingUnit == "迤萨镇")
        #expect(after.managedSince == CalendarDay("2026-10-28"))
    }

    @Test("第十五条（三）: an application without all materials is refused and says which")
    func materials() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([RegistryBench.row(1)])
        try bench.execute(VerifyPersons(persons: [PersonID(1)]), as: .humanResources)
        let refusal = try bench.refusal(
            of: SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: [PersonID(1)],
                materials: [.application, .nameList, .archiveList, .identityCard], dated: CalendarDay("2026-11-20")!),
            as: .enterprise())
        #expect(refusal?.slug == "registry.application.materials-missing")
        #expect(refusal?.article?.citation == "第十五条（三）")
        #expect(refusal?.details == ["户口本", "乡镇和社区所需基本信息"])
    }

    @Test("第十一条（三）: missing premises or money are no ground to refuse people")
    func premises() throws {
        for cause in [RefusalCause.premisesMissing, .fundsDemanded] {
            let bench = try RegistryBench()
            let application = try bench.submitted()
            let refusal = try bench.refusal(
                of: RefuseApplication(application: application, cause: cause, explanation: "无场所"), as: .township())
            #expect(refusal?.slug == "registry.application.premises-no-condition")
            #expect(refusal?.article?.citation == "第十一条（三）")
            // The application is still there to be accepted.
            try bench.execute(
                AcceptApplication(application: application, dated: CalendarDay("2026-11-24")!), as: .township())
        }
    }

    @Test("A founded refusal gives the people back to the enterprise, which may apply again")
    func refused() throws {
        let bench = try RegistryBench()
        let application = try bench.submitted()
        try bench.execute(
            RefuseApplication(application: application, cause: .notResident, explanation: "户籍在外县"), as: .township())
        #expect(try bench.newEventNames().suffix(2) == ["registry.application.refused", "registry.person.returned"])
        let again = try bench.execute(
            SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: [PersonID(1)],
                materials: Material.allCases, dated: CalendarDay("2026-11-24")!), as: .enterprise())
        #expect(again.application != application)
    }

    @Test("第十六条（三）: a card only after the data are verified; the same card when asked again")
    func card() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson()
        #expect(
            try bench.refusal(of: IssueCard(person: person), as: .township())?.slug == "registry.card.not-confirmed")
        #expect(
            try bench.refusal(
                of: ConfirmPerson(person: person, method: .delegate, delegate: nil, corrections: []), as: .township()
            )?.slug == "registry.person.delegate-missing")
        try bench.execute(
            ConfirmPerson(
                person: person, method: .delegate, delegate: "李阿妹",
                corrections: [Correction(field: .telephone, value: "0873-4621234")]), as: .township())
        let card = try bench.execute(IssueCard(person: person), as: .township())
        #expect(try bench.execute(IssueCard(person: person), as: .township()) == card)
        let record = try bench.ask(GetPerson(person: person), as: .township())
        #expect(record.telephone == "0873-4621234")
        #expect(record.corrections.map(\.after) == ["0873-4621234"])
        #expect(record.delegate == "李阿妹")
        #expect(record.cardNumber == card.cardNumber)
    }

    @Test("Issued cards are listed within the township, page by page, also after the hand-over")
    func cards() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson()
        try bench.execute(ConfirmPerson(person: person, method: .visit, corrections: []), as: .township())
        #expect(try bench.ask(ListCards(limit: 10), as: .township()).rows.isEmpty)
        let card = try bench.execute(IssueCard(person: person), as: .township())
        let found = try bench.ask(ListCards(limit: 1), as: .township())
        #expect(found.rows.map(\.cardNumber) == [card.cardNumber] && found.rows.map(\.person.person) == [person])
        #expect(try bench.ask(ListCards(after: found.next, limit: 1), as: .township()).rows.isEmpty)
        #expect(try bench.ask(ListCards(limit: 10), as: .township(Sample.otherTownship)).rows.isEmpty)
        #expect(try bench.refusal(of: ListCards(limit: 10), as: .enterprise())?.slug == "access.role")
        let looked = try bench.core.store.commit {
            try $0.scalar("SELECT count(*) FROM looked WHERE subject = 'person:1' AND message = ?", ListCards.name)
        }
        #expect(looked == 1, "who looked is written down")
    }

    @Test("Handed over when every track that the person needs is done, in whatever order the others report")
    func handedOver() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson(["political-status": "中共党员", "out-of-pool": "供暖费补贴"])
        try bench.execute(
            ConfirmPerson(person: person, method: .visit, delegate: nil, corrections: []), as: .township())
        try bench.feed(PersonListed(person: person, list: 1), from: .benefitsLiaison)
        try bench.feed(RecordOpened(person: person), from: .healthRecords)
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        try bench.feed(MemberPlaced(person: person), from: .partyRelations)
        try bench.execute(IssueCard(person: person), as: .township())
        #expect(!(try bench.newEventNames().contains("registry.person.handed-over")))
        try bench.feed(BenefitsRegistered(person: person), from: .benefitsLiaison)
        #expect(try bench.newEventNames() == ["registry.person.handed-over"])
        #expect(try bench.ask(GetPerson(person: person), as: .township()).row.status == .handedOver)
    }

    @Test("Another township's clerk sees and does nothing here")
    func areas() throws {
        let bench = try RegistryBench()
        let person = try bench.acceptedPerson()
        let other = Officer.township(Sample.otherTownship)
        #expect(try bench.refusal(of: GetPerson(person: person), as: other)?.slug == "access.area")
        #expect(try bench.refusal(of: IssueCard(person: person), as: other)?.slug == "access.area")
        #expect(try bench.ask(SearchPersons(limit: 10), as: other).rows.isEmpty)
        #expect(
            try bench.refusal(of: VerifyPersons(persons: [person]), as: .township())?.slug == "access.role")
    }

    @Test("A command number gives its stored answer again; with other content it is refused")
    func commandNumbers() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let number = bench.number()
        let open = OpenRoster(
            enterprise: Sample.enterprise, fileName: "a.csv", fileDigest: "x", headings: [], rowCount: 1)
        let first = try bench.execute(open, as: .humanResources, number: number)
        #expect(try bench.execute(open, as: .humanResources, number: number) == first)
        var other = open
        other.rowCount = 2
        #expect(throws: CommonRefusal.commandNumberReused) {
            try bench.execute(other, as: .humanResources, number: number)
        }
    }

    @Test("Days on papers lie between the rules' first day and today")
    func dates() throws {
        let bench = try RegistryBench()
        let application = try bench.submitted(dated: "2026-11-01")
        for (day, slug) in [
            ("2020-07-30", "registry.date.before-rules"), ("2026-11-25", "registry.date.in-future"),
            ("2026-10-31", "registry.date.before-application"),
        ] {
            #expect(
                try bench.refusal(
                    of: AcceptApplication(application: application, dated: CalendarDay(day)!), as: .township())?.slug
                    == slug)
        }
    }
}

extension ServiceBench where Logic == Registry {
    /// One person in an application that the township has not decided.
    func submitted(dated: String = "2026-11-20") throws -> Int64 {
        try enterprise()
        try roster([Self.row(1)])
        try execute(VerifyPersons(persons: [PersonID(1)]), as: .humanResources)
        return try execute(
            SubmitApplication(
                enterprise: Sample.enterprise, township: Sample.township, persons: [PersonID(1)],
                materials: Material.allCases, dated: CalendarDay(dated)!), as: .enterprise()
        ).application
    }
}
