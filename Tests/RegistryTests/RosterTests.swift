import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("Rosters (第十五条（二）)")
struct RosterTests {
    @Test("Good rows go in, bad ones are set aside each with its reason")
    func mixed() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let wrong = String(TestIdentity.number(2).dropLast()) + (TestIdentity.number(2).hasSuffix("1") ? "2" : "1")
        let (summary, outcome) = try bench.roster([
            RegistryBench.row(1), RegistryBench.row(2, ["identity-number": wrong]),
            RegistryBench.row(3, ["identity-number": "5.32529E+17"]), RegistryBench.row(4, ["township": "昆明市"]),
            RegistryBench.row(5, ["retirement-kind": "离休"]), RegistryBench.row(6, ["pension-place": "昆明市五华区"]),
            RegistryBench.row(1), RegistryBench.row(1, ["name": "白玉兰"]), RegistryBench.row(7, ["name": ""]),
            RegistryBench.row(
                9, ["sex": TestIdentity.number(9).dropLast().last!.wholeNumberValue! % 2 == 1 ? "女" : "男"]),
        ])
        #expect(summary.registered == 1)
        #expect(summary.outOfScope == 2)
        #expect(
            outcome.setAside.map(\.slug) == [
                "roster.row.identity-number.wrong-check-character", "roster.row.identity-number.scientific-notation",
                "roster.row.township-unknown", "roster.row.veteran-cadre", "roster.row.insured-elsewhere",
                "roster.row.twice-in-file", "roster.row.identity-of-other-name", "roster.row.name",
                "roster.row.sex-differs",
            ])
        #expect(outcome.setAside[3].article?.citation == "第四条")
        #expect(outcome.setAside[4].article?.citation == "第三条")
        #expect(outcome.setAside.allSatisfy { !$0.hint.isEmpty })
        let rows = try bench.ask(GetSetAside(roster: summary.roster, limit: 100), as: .enterprise())
        #expect(rows.rows.count == 9)
        #expect(rows.rows[0].original.contains(wrong))
    }

    @Test("第四条: a financial enterprise's retirees are set aside with the article")
    func financial() throws {
        let bench = try RegistryBench()
        try bench.enterprise(isFinancial: true)
        let (summary, outcome) = try bench.roster([RegistryBench.row(1)])
        #expect(summary.registered == 0)
        #expect(outcome.setAside.first?.kind == .outOfScope)
        #expect(outcome.setAside.first?.article?.citation == "第四条")
    }

    @Test("The same file twice changes nothing and says so")
    func twice() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let first = try bench.roster([RegistryBench.row(1)]).summary
        _ = try bench.newEvents()
        let again = try bench.execute(
            OpenRoster(
                enterprise: Sample.enterprise, fileName: "名册.xlsx", fileDigest: "d1", headings: [], rowCount: 1),
            as: .enterprise())
        #expect(again.isRepeat)
        #expect(again.roster == first.roster)
        #expect(try bench.newEvents().isEmpty)
    }

    @Test("A batch delivered again, or after a break, registers each person once")
    func resumed() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let rows = (1...6).map { RegistryBench.row($0) }
        let open = OpenRoster(
            enterprise: Sample.enterprise, fileName: "a.csv", fileDigest: "x", headings: [], rowCount: 6)
        let roster = try bench.execute(open, as: .humanResources).roster
        let first = AddRosterRows(roster: roster, firstRow: 0, rows: RegistryBench.inputs(Array(rows[..<3])))
        try bench.execute(first, as: .humanResources)
        #expect(try bench.execute(first, as: .humanResources).alreadyKnown == 3)
        try bench.restart()
        #expect(try bench.execute(open, as: .humanResources).received == 3)
        #expect(
            try bench.refusal(of: CloseRoster(roster: roster), as: .humanResources)?.slug
                == "registry.roster.incomplete")
        let overlapping = AddRosterRows(
            roster: roster, firstRow: 2, rows: RegistryBench.inputs(Array(rows[2...]), first: 4))
        let outcome = try bench.execute(overlapping, as: .humanResources)
        #expect(outcome.registered == 3 && outcome.alreadyKnown == 1)
        #expect(try bench.execute(CloseRoster(roster: roster), as: .humanResources).registered == 6)
    }

    @Test("What stands under a column is the person's, unless the row tells otherwise")
    func columns() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let open = OpenRoster(
            enterprise: Sample.enterprise, fileName: "a.csv", fileDigest: "x", headings: ["姓名", "班组"], rowCount: 2)
        let roster = try bench.execute(open, as: .humanResources).roster
        let outcome = try bench.execute(
            AddRosterRows(
                roster: roster, firstRow: 0, columns: ["name", "", "identity-number", "township", "retirement"],
                rows: [
                    RosterRowInput(
                        sheetRow: 2, cells: ["retirement": "2015-12"],
                        original: ["李阿明", "一车间", TestIdentity.number(1), "迤萨镇", "2015年12月"]),
                    // A row shorter than the header leaves the rest empty.
                    RosterRowInput(sheetRow: 3, cells: nil, original: ["李阿芳", "一车间", TestIdentity.number(2)]),
                ]), as: .humanResources)
        #expect(outcome.registered == 1)
        #expect(outcome.setAside.map(\.slug) == ["roster.row.township-missing"])
        let person = try bench.ask(GetPerson(person: PersonID(1)), as: .humanResources)
        #expect(person.row.name == "李阿明")
        #expect(person.retirement == "2015-12")
    }

    @Test("A roster is undone as a whole until somebody in it has moved on")
    func undo() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        let roster = try bench.roster([RegistryBench.row(1), RegistryBench.row(2)]).summary.roster
        #expect(
            try bench.execute(UndoRoster(roster: roster, reason: "传错文件"), as: .enterprise()).removed == 2)
        #expect(try bench.ask(SearchPersons(limit: 10), as: .humanResources).rows.isEmpty)
        // The same file may come again, and its people with it.
        let again = try bench.roster([RegistryBench.row(1), RegistryBench.row(2)]).summary
        #expect(again.registered == 2)
        let someone = try #require(try bench.ask(SearchPersons(limit: 10), as: .humanResources).rows.first)
        try bench.execute(VerifyPersons(persons: [someone.person]), as: .humanResources)
        #expect(
            try bench.refusal(of: UndoRoster(roster: again.roster, reason: "传错"), as: .enterprise())?.slug
                == "registry.roster.moved-on")
    }

    @Test("Search by part of a name, by two characters, by ID number; who looked is written down")
    func search() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([
            RegistryBench.row(1, ["name": "李明"]), RegistryBench.row(2, ["name": "白明李"]),
            RegistryBench.row(3, ["name": "普阿•贵"]),
        ])
        func found(_ text: String) throws -> [String] {
            try bench.ask(SearchPersons(text: text, limit: 10), as: .humanResources).rows.map(\.name)
        }
        #expect(try found("李明") == ["李明"])
        #expect(try found("明") == ["李明", "白明李"])
        #expect(try found("阿·贵") == ["普阿·贵"])
        #expect(try found(TestIdentity.number(2)) == ["白明李"])
        #expect(try found("王") == [])
        let looks = try bench.core.store.commit {
            try $0.scalar("SELECT sum(times) FROM looked WHERE subject = 'person:1' AND user = 'renshe'")
        }
        #expect(looks == 2)
    }

    @Test("The log and the file hold no name and no ID number in the clear")
    func sealed() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([RegistryBench.row(1, ["name": "车白玉兰", "political-status": "中共党员"])])
        let number = TestIdentity.number(1)
        for event in try bench.newEvents() {
            let text = String(decoding: event.body, as: UTF8.self)
            #expect(!text.contains("车白玉兰") && !text.contains(number))
        }
        let file =
            try FileBytes.read("\(bench.folder)/registry.sqlite")
            + (try FileBytes.read("\(bench.folder)/registry.sqlite-wal"))
        #expect(!file.contains(Array("车白玉兰".utf8)))
        #expect(!file.contains(Array(number.utf8)))
    }
}
