import Contracts
import Domain
import Rosters
import Sheets
import Support
import Testing

@Suite("People who are in the ledger already (第十五条（二）)")
struct RepeatTests {
    @Test("A second delivery offers its differences field by field, and they are taken over with the old value kept")
    func differences() throws {
        let desk = try RegistryDesk()
        try desk.deliver(sample: "corrected-first.xlsx")
        let second = try desk.deliver(sample: "corrected.xlsx")
        #expect(second.summary.registered == 0 && second.summary.differences == 5)
        #expect(
            second.setAside.map(\.slug) == [
                "roster.row.already-registered-differs", "roster.row.already-registered-differs",
                "roster.row.already-registered",
            ])
        #expect(second.setAside[0].column == "现居住地址、移交乡镇、联系电话")
        #expect(second.setAside[1].column == "政治面貌、联系电话")
        let roster = second.summary.roster
        let rows = try desk.bench.ask(ListDifferences(roster: roster, limit: 100), as: .enterprise()).rows
        #expect(rows.map(\.column) == ["现居住地址", "移交乡镇", "联系电话", "政治面貌", "联系电话"])
        #expect(rows[0].before == "红河县迤萨镇东门街1号" && rows[0].after == "红河县甲寅镇甲寅街9号")
        #expect(rows[1].obstacle?.contains("第三条") == true && rows.filter { $0.obstacle == nil }.count == 4)

        let refused = try desk.bench.refusal(
            of: TakeDifferences(roster: roster, differences: [rows[1].difference]), as: .enterprise())
        #expect(refused?.slug == "registry.difference.not-here")
        _ = try desk.bench.newEvents()
        let taken = try desk.bench.execute(TakeDifferences(roster: roster), as: .enterprise())
        #expect(taken == TakenDifferences(taken: 4, left: 0))
        let people = try desk.people()
        #expect(people[0].telephone == "15087399999" && people[0].residence == "红河县甲寅镇甲寅街9号")
        #expect(people[0].row.township == "532529101")
        #expect(people[1].row.isPartyMember && people[1].politicalStatus == "中共党员")
        #expect(
            try desk.bench.newEventNames() == [
                PersonUpdated.name, PersonUpdated.name, PartyMembershipNoted.name,
            ])
        let after = try desk.bench.ask(ListDifferences(roster: roster, limit: 100), as: .enterprise()).rows
        #expect(after.count { $0.isTaken } == 4 && after[0].before == "红河县迤萨镇东门街1号")
        #expect(try desk.bench.execute(TakeDifferences(roster: roster), as: .enterprise()).taken == 0)
    }

    @Test("第十五条（二）: what human resources has verified, only human resources takes over")
    func verified() throws {
        let desk = try RegistryDesk()
        try desk.deliver(sample: "corrected-first.xlsx")
        let roster = try desk.deliver(sample: "corrected.xlsx").summary.roster
        let people = try desk.people().map(\.row.person)
        try desk.bench.execute(VerifyPersons(persons: people), as: .humanResources)
        #expect(try desk.bench.execute(TakeDifferences(roster: roster), as: .enterprise()).taken == 0)
        #expect(try desk.bench.execute(TakeDifferences(roster: roster), as: .humanResources).taken == 4)
        #expect(
            try desk.bench.refusal(
                of: ListDifferences(roster: roster, limit: 10), as: .enterprise(Sample.otherEnterprise)) != nil)
    }

    @Test("Differences go with the roster that is taken back, and with the person")
    func undone() throws {
        let desk = try RegistryDesk()
        let first = try desk.deliver(sample: "corrected-first.xlsx").summary.roster
        let second = try desk.deliver(sample: "corrected.xlsx").summary.roster
        try desk.bench.execute(UndoRoster(roster: second, reason: "重报"), as: .enterprise())
        #expect(try desk.bench.ask(ListDifferences(roster: second, limit: 10), as: .enterprise()).rows.isEmpty)
        let third = try desk.deliver(sample: "corrected.xlsx").summary
        #expect(third.differences == 5)
        try desk.bench.execute(UndoRoster(roster: first, reason: "重报"), as: .enterprise())
        #expect(try desk.bench.ask(GetRoster(roster: third.roster), as: .enterprise()).differences == nil)
    }

    @Test("Somebody of the same name and birthday under another number is pointed out")
    func alike() throws {
        let desk = try RegistryDesk()
        try desk.deliver(sample: "new-number-first.xlsx")
        let second = try desk.deliver(sample: "new-number.xlsx")
        #expect(second.summary.registered == 1)
        #expect(second.noted.filter { $0.slug == "roster.row.alike" }.map(\.sheetRow) == [2])
        #expect(second.noted.contains { $0.text.contains("名册 1") })
        for person in try desk.people() { #expect(person.fact("同名同出生日期") != nil) }
    }

    @Test("People of an earlier release are found alike as well, once they have their tokens")
    func earlier() throws {
        let desk = try RegistryDesk()
        try desk.deliver(sample: "new-number-first.xlsx")
        try desk.bench.core.store.commit { transaction in
            try transaction.execute("UPDATE person SET likeness = NULL")
            try transaction.execute(
                """
                INSERT INTO unfinished(work, subject, officer)
                VALUES('likeness', 0, '{"area":"county","role":"operator","user":"registry"}')
                """)
        }
        _ = try desk.bench.finish()
        #expect(try desk.deliver(sample: "new-number.xlsx").noted.contains { $0.slug == "roster.row.alike" })
    }
}

@Suite("Before anything is registered (第十五条（二）)")
struct PreviewTests {
    private func preview(_ desk: RegistryDesk, _ name: String, _ choices: RosterChoices = RosterChoices()) throws
        -> RosterPreview
    {
        let delivery = try RosterDelivery(bytes: RegistryDesk.sample(name), fileName: name, choices: choices)
        let roster = try #require(delivery.rosters.first)
        return try roster.preview(for: Sample.enterprise) { try desk.bench.ask($0, as: .enterprise()) }
    }

    @Test("It says what the import then does, and registers nobody")
    func same() throws {
        for name in ["dates.xlsx", "error-cells.xlsx", "unused-columns.xlsx", "birthdays.xlsx", "open-quote.csv"] {
            let desk = try RegistryDesk()
            let before = try preview(desk, name)
            #expect(try desk.people().isEmpty)
            let after = try desk.deliver(sample: name)
            #expect(before.fit == after.summary.registered && before.setAside == after.setAside, "\(name)")
            #expect(before.noted == after.noted, "\(name)")
        }
    }

    @Test("Who is there already, and what differs, stands there before anything happens")
    func differences() throws {
        let desk = try RegistryDesk()
        try desk.deliver(sample: "corrected-first.xlsx")
        let found = try preview(desk, "corrected.xlsx")
        #expect(found.fit == 0 && found.differences.map(\.column).count == 5)
        #expect(found.differences.first?.name == "贾宝山")
    }

    @Test("What a heading means is said by hand, and remembered for the enterprise")
    func meanings() throws {
        let desk = try RegistryDesk()
        let text = "职工,证号,移交乡镇,政治情况,血型\n李明,\(TestIdentity.number(1)),迤萨镇,中共党员,A\n"
        let bytes = Array(text.utf8)
        #expect(throws: Refusal.self) { try RosterDelivery(bytes: bytes, fileName: "a.csv") }
        let told = [
            HeadingMeaning(heading: "职工", field: .name), HeadingMeaning(heading: "证号", field: .identityNumber),
            HeadingMeaning(heading: "政治情况", field: .politicalStatus), HeadingMeaning(heading: "血型", field: nil),
        ]
        try desk.bench.execute(RememberHeadings(enterprise: Sample.enterprise, headings: told), as: .enterprise())
        let remembered = try desk.bench.ask(GetHeadings(enterprise: Sample.enterprise), as: .enterprise()).rows
        #expect(Set(remembered) == Set(told))
        let delivered = try desk.deliver(bytes, "a.csv", RosterChoices(remembered: remembered))[0]
        #expect(delivered.summary.registered == 1)
        #expect(try desk.people()[0].row.isPartyMember)
        let other = RememberHeadings(enterprise: Sample.enterprise, headings: told)
        #expect(try desk.bench.refusal(of: other, as: .enterprise(Sample.otherEnterprise)) != nil)
    }

    @Test("A roster without its required columns can be looked at and not sent")
    func incomplete() throws {
        let text = "姓名,移交乡镇,政治面貌\n李明,迤萨镇,群众\n"
        let roster = try #require(try RosterDelivery(bytes: Array(text.utf8), fileName: "a.csv").rosters.first)
        #expect(roster.table.missing == [.identityNumber])
        #expect(roster.refusal?.slug == "roster.missing-columns")
    }

    @Test("The empty form is read as what it is, each column understood")
    func form() throws {
        let book = try SheetFile.book(bytes: RosterForm.bytes(), name: "空表.xlsx")
        let header = try #require(book.visible.first).row(at: 0)
        #expect(header.map { RosterField(heading: $0) } == RosterField.allCases)
        let error = #expect(throws: SheetError.self) { try RosterReader.rosters(in: book) }
        #expect(error?.code == "roster.empty")
    }
}
