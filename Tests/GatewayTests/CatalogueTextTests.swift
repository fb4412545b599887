import Contracts
import Testing

@testable import Gateway

@Suite("A catalogue as it is typed")
struct CatalogueTextTests {
    @Test("Class, title, time, pages and remark, divided in several ways")
    func lines() throws {
        let entries = try CatalogueText.catalogue(
            "1 履历表 1985-06 4\n第4-1类，学历证明，1980年7月，2页，复印件\n\n9－2\t工资审批表 2\n3 考核材料 1990 6 缺封面")
        #expect(
            entries == [
                CatalogueEntry(classNumber: "1", title: "履历表", formedOn: "1985-06", pages: 4),
                CatalogueEntry(classNumber: "4-1", title: "学历证明", formedOn: "1980-07", pages: 2, remark: "复印件"),
                CatalogueEntry(classNumber: "9-2", title: "工资审批表", pages: 2),
                CatalogueEntry(classNumber: "3", title: "考核材料", formedOn: "1990", pages: 6, remark: "缺封面"),
            ])
    }

    @Test("A title may hold blanks; compact dates are understood")
    func titles() throws {
        let entry = try CatalogueText.catalogue("7 先进 个人 奖励 19880501 3").first
        #expect(entry == CatalogueEntry(classNumber: "7", title: "先进 个人 奖励", formedOn: "1988-05-01", pages: 3))
    }

    @Test("What is missing, with and without its proof")
    func missing() throws {
        #expect(
            try CatalogueText.missing("4 毕业证 企业说明〔2026〕3号\n5 入党志愿书") == [
                MissingMaterial(classNumber: "4", title: "毕业证", proof: "企业说明〔2026〕3号"),
                MissingMaterial(classNumber: "5", title: "入党志愿书"),
            ])
    }

    @Test("A line that cannot be read is named", arguments: ["履历表 1985 4", "1 履历表", "1 履历表 1985-06", "x y z"])
    func faults(line: String) {
        let refusal = #expect(throws: Refusal.self) { try CatalogueText.catalogue("1 自传 3\n\(line)") }
        #expect(refusal?.details == ["第 2 行"])
        #expect(refusal?.slug == "gateway.form.catalogue-line")
    }
}
