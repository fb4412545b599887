import Contracts
import Domain
import Support
import Testing

@testable import Registry

@Suite("Rows of rosters: dates, telephones, several faults at once (第二条、第十五条（二）)")
struct RosterRowTests {
    private func setAside(_ more: [String: String]) throws -> SetAsideRow? {
        let bench = try RegistryBench()
        try bench.enterprise()
        return try bench.roster([RegistryBench.row(1, more)]).outcome.setAside.first
    }

    @Test("第二条: who has not retired yet is out of scope for now")
    func notRetired() throws {
        let row = try #require(try setAside(["retirement": "2035.01"]))
        #expect(row.slug == "roster.row.not-retired-yet" && row.kind == .outOfScope)
        #expect(row.article?.citation == "第二条")
    }

    @Test(
        "Dates that cannot be are set aside",
        arguments: [
            (["retirement": "1960.05"], "roster.row.retired-too-young"),
            (["retirement": "2018.05", "work-start": "2019.01"], "roster.row.work-after-retirement"),
            (["retirement": "不详"], "roster.row.roster-date.not-a-date"),
            (["work-start": "75.3"], "roster.row.roster-date.two-digit-year"),
            (["political-status": "积极分子"], "roster.row.political-status"),
            (["telephone": "abc"], "roster.row.telephone"), (["telephone": "123"], "roster.row.telephone"),
        ])
    func impossible(cells: [String: String], slug: String) throws {
        #expect(try setAside(cells)?.slug == slug)
    }

    @Test("What can be read is registered in one form; a year alone is enough for an old file")
    func readable() throws {
        let bench = try RegistryBench()
        try bench.enterprise()
        try bench.roster([
            RegistryBench.row(
                1, ["retirement": "2015年6月", "work-start": "1975", "telephone": "１３８００００００００ 儿子"])
        ])
        let record = try bench.ask(GetPerson(person: PersonID(1)), as: .humanResources)
        #expect(record.retirement == "2015-06" && record.workStart == "1975")
        #expect(record.telephone == "13800000000 儿子")
    }

    @Test("All faults of a row come at once, each with its hint")
    func together() throws {
        let row = try #require(
            try setAside(["name": "", "township": "迤沙镇", "telephone": "abc", "retirement": "2018.13"]))
        #expect(row.column == "姓名、移交乡镇、退休时间、联系电话")
        #expect(row.reason.split(separator: "；").count == 4)
        #expect(row.hint.contains("4）"))
    }

    @Test("第三条: who is insured elsewhere is told that alone")
    func outOfScopeFirst() throws {
        let row = try #require(try setAside(["telephone": "abc", "pension-place": "昆明市五华区"]))
        #expect(row.slug == "roster.row.insured-elsewhere")
    }

    @Test("Members of other parties are no Party members")
    func otherParties() {
        for text in ["中共党员", "中共", "01", "中共预备党员", "中共党员（1975.7）", "中共 党员"] {
            #expect(PoliticalStatus.membership(text) == true, "\(text)")
        }
        for text in ["", "群众", "非党员", "民盟盟员", "13", "无党派人士"] {
            #expect(PoliticalStatus.membership(text) == false, "\(text)")
        }
        #expect(PoliticalStatus.membership("党") == nil && PoliticalStatus.membership("积极分子") == nil)
    }
}
