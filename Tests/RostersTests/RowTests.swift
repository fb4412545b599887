import Contracts
import Domain
import Rosters
import Support
import Testing

@Suite("Rows and sheets: nobody vanishes without a word (第十五条（二）)")
struct RowTests {
    @Test("Rows that a filter hides are set aside, or taken by choice, and it is said")
    func hidden() throws {
        let delivered = try RegistryDesk().deliver(sample: "filtered-hidden-rows.xlsx")
        #expect(delivered.summary.registered == 2)
        #expect(delivered.setAside.map(\.slug) == Array(repeating: "roster.row.hidden", count: 3))
        let desk = try RegistryDesk()
        let taken = try desk.deliver(
            RegistryDesk.sample("filtered-hidden-rows.xlsx"), "a.xlsx", RosterChoices(takesHiddenRows: true))[0]
        #expect(taken.summary.registered == 5)
        #expect(taken.summary.note("roster.note.hidden-rows")?.text.contains("3 行") == true)
    }

    @Test("All rosters of a workbook go in, each by itself and told by its sheet")
    func severalSheets() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(RegistryDesk.sample("three-rosters.xlsx"), "名册.xlsx")
        #expect(delivered.map(\.summary.registered) == [1, 2, 1])
        #expect(delivered.map(\.summary.fileName) == ["名册［2019年］.xlsx", "名册［2020年］.xlsx", "名册［2021年］.xlsx"])
        #expect(delivered.allSatisfy { $0.summary.note("roster.note.several") != nil })
        let again = try desk.deliver(RegistryDesk.sample("three-rosters.xlsx"), "名册.xlsx")
        #expect(again.map(\.summary.roster) == delivered.map(\.summary.roster))
        #expect(try desk.people().count == 4)
    }

    @Test(
        "A quotation mark that is never closed swallows nobody",
        arguments: ["open-quote.csv", "open-quote-in-remark.csv"])
    func openQuote(name: String) throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: name)
        #expect(delivered.summary.rowCount == 5 && delivered.summary.registered == 3)
        #expect(delivered.setAside.map(\.slug) == ["roster.row.open-quote", "roster.row.open-quote"])
        #expect(delivered.setAside.map(\.sheetRow) == [3, 5])
        #expect(
            !(try desk.people().contains { $0.residence.contains("\n") || $0.fact("名册备注")?.contains("\n") == true }))
    }

    @Test("A cell of several lines is one cell")
    func severalLines() throws {
        let desk = try RegistryDesk()
        let text = """
            姓名,身份证号,移交乡镇,现居住地址,备注
            李明,\(TestIdentity.number(1)),迤萨镇,"红河县迤萨镇
            东门街1号","说""明"",
            其他"
            王芳,\(TestIdentity.number(2)),迤萨镇,红河县,
            """
        let delivered = try desk.deliver(Array(text.utf8), "a.csv")[0]
        #expect(delivered.summary.registered == 2 && delivered.setAside.isEmpty)
        #expect(try desk.people()[0].fact("名册备注") == "说\"明\",\n其他")
    }

    @Test("A row with more fields than the header is set aside, whatever its cells look like")
    func surplus() throws {
        let delivered = try RegistryDesk().deliver(sample: "comma-in-address.csv")
        #expect(delivered.summary.registered == 2)
        #expect(delivered.setAside.map(\.sheetRow) == [3])
        let name = TestIdentity.number(1)
        let text = "姓名,身份证号,移交乡镇,现居住地址,联系电话\n李明,\(name),迤萨镇,东门街1号,3单元,13900000001\n"
        let shifted = try RegistryDesk().deliver(Array(text.utf8), "a.csv")[0]
        #expect(shifted.setAside.map(\.slug) == ["roster.row.surplus-fields"])
    }

    @Test("Two halves side by side are two rosters")
    func sideBySide() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(RegistryDesk.sample("side-by-side.xlsx"), "名册.xlsx")
        #expect(delivered.map(\.summary.registered) == [3, 3])
        #expect(Set(try desk.people().map(\.row.name)) == ["叶茂林", "姜素芬", "崔永贵", "谭秀兰", "廖家骏", "范云仙"])
        #expect(delivered.map(\.summary.fileName) == ["名册［第 1 栏］.xlsx", "名册［第 2 栏］.xlsx"])
    }

    @Test("A second header further down, with its columns in another order, begins a roster of its own")
    func secondHeader() throws {
        let desk = try RegistryDesk()
        let text = """
            姓名,身份证号,移交乡镇
            李明,\(TestIdentity.number(1)),迤萨镇
            姓名,移交乡镇,身份证号
            王芳,甲寅镇,\(TestIdentity.number(2))
            """
        let delivered = try desk.deliver(Array(text.utf8), "a.csv")
        #expect(delivered.map(\.summary.registered) == [1, 1])
    }
}

@Suite("Columns: what is not used is said, and nobody out of scope comes in (第三条、第四条)")
struct ColumnTests {
    @Test("Members by yes and no, the dead, and remarks")
    func membership() throws {
        let desk = try RegistryDesk()
        let delivered = try desk.deliver(sample: "unused-columns.xlsx")
        #expect(delivered.setAside.map(\.slug) == ["roster.row.deceased"])
        #expect(delivered.setAside[0].kind == .outOfScope && delivered.setAside[0].sheetRow == 3)
        let people = try desk.people()
        #expect(people.map(\.row.isPartyMember) == [true, false])
        #expect(people[0].politicalStatus == "中共党员")
        #expect(people[1].fact("名册备注") == "已于2023年5月去世")
        #expect(people[1].fact("请核实：备注") != nil)
        #expect(delivered.noted.contains { $0.slug == "roster.row.remark" && $0.sheetRow == 4 })
        let waiting = RegistryWork(step: .verify, limit: 10)
        #expect(try desk.bench.ask(waiting, as: .humanResources).rows.map(\.isNoted) == [true, true])
        #expect(try desk.bench.ask(waiting, as: .workingTeam).rows.map(\.isNoted) == [nil, nil])
        let archivist = try desk.bench.ask(GetPerson(person: people[1].row.person), as: .archivist)
        #expect(archivist.fact("名册备注") == nil && archivist.fact("请核实：备注") == nil)
    }

    private func row(_ headings: String, _ cells: String, _ index: Int = 1) throws -> RegistryDesk.Delivered {
        let text = "姓名,身份证号,移交乡镇,\(headings)\n李明,\(TestIdentity.number(index)),迤萨镇,\(cells)\n"
        return try RegistryDesk().deliver(Array(text.utf8), "a.csv")[0]
    }

    @Test("The common headings are known, and unused columns stay named on the roster's page")
    func headings() throws {
        let delivered = try row("党员/群众,居住地,血型,,班组", "党员,红河县迤萨镇,A,x,三")
        #expect(delivered.summary.registered == 1)
        let note = try #require(delivered.summary.note("roster.note.unused-columns"))
        #expect(note.isLoss && note.text.contains("血型、第 7 列（无列名）、班组"))
    }

    @Test(
        "第四条: who stays as they are, has died, has not retired or is a dependant",
        arguments: [
            ("人员类别", "离休", "roster.row.veteran-cadre", "4"), ("离退休类别", "离休干部", "roster.row.veteran-cadre", "4"),
            ("人员类别", "在职", "roster.row.not-retired-yet", "2"), ("人员类别", "遗属", "roster.row.dependant", "3"),
            ("死亡日期", "2022.11", "roster.row.deceased", ""), ("是否死亡", "是", "roster.row.deceased", ""),
        ])
    func scope(heading: String, cell: String, slug: String, article: String) throws {
        let set = try #require(try row(heading, cell).setAside.first)
        #expect(set.slug == slug && set.kind == .outOfScope && set.article?.description ?? "" == article)
    }

    @Test(
        "The living and the retired come in",
        arguments: [("人员类别", "离退休"), ("死亡日期", "无"), ("是否死亡", "否"), ("类别", "退休工人")])
    func inScope(heading: String, cell: String) throws {
        #expect(try row(heading, cell).summary.registered == 1)
    }

    @Test("Contradictions between yes, no and the political status are set aside")
    func contradiction() throws {
        #expect(try row("政治面貌,是否党员", "群众,是").setAside.map(\.slug) == ["roster.row.party-member-differs"])
        #expect(try row("是否党员", "也许").setAside.map(\.slug) == ["roster.row.party-member"])
        #expect(try row("政治面貌,是否党员", "中共党员,√").summary.registered == 1)
    }

    @Test(
        "第十三条（二）: whose insurance is not in local management is registered, and a transfer is noted",
        arguments: ["企业自管", "省本级", "州本级", "云南省本级", "红河州", ""])
    func transfer(place: String) throws {
        let desk = try RegistryDesk()
        _ = try desk.bench.newEvents()
        let text = "姓名,身份证号,移交乡镇,医疗保险参保地,养老保险参保地\n李明,\(TestIdentity.number(1)),迤萨镇,\(place),红河县\n"
        let delivered = try desk.deliver(Array(text.utf8), "a.csv")[0]
        #expect(delivered.summary.registered == 1)
        #expect(delivered.noted.map(\.column) == ["医疗保险参保地"])
        #expect(delivered.noted.first?.text.contains("第十三条（二）") == true)
        let noted = try desk.bench.newEvents(InsuranceTransferNoted.self)
        #expect(noted.map(\.medical) == [true] && noted.map(\.pension) == [false])
    }

    @Test("第三条: who is insured elsewhere comes in by own application with a township, and otherwise not")
    func elsewhere() throws {
        for place in ["昆明市五华区", "四川省", "建水", "省外（广东省）", "四川省本级"] {
            let refused = try #require(try row("养老保险参保地", place).setAside.first)
            #expect(refused.slug == "roster.row.insured-elsewhere" && refused.article?.description == "3")
            #expect(refused.hint.contains("本人申请"))
            #expect(try row("养老保险参保地,本人申请", "\(place),是").summary.registered == 1)
        }
        let unclear = try #require(try row("养老保险参保地", "见附件").setAside.first)
        #expect(unclear.kind == .fault && unclear.slug == "roster.row.insured-place")
    }
}
