import Contracts
import Domain
import Testing

@Suite("A catalogue as it is pasted, line by line")
struct CatalogueLineTests {
    private let today = CalendarDay("2026-11-20")!

    private func read(
        _ catalogue: [String], missing: [String] = []
    ) throws(FieldFaults) -> ReceiveFile {
        func lines(_ texts: [String], _ split: (String) -> [String: String]) -> FieldValue {
            .rows(texts.enumerated().map { FieldLine(number: $0.offset + 1, cells: split($0.element)) })
        }
        return try ReceiveFile.read(
            of: PersonID(1),
            [
                "scheme": .text("worker"), "volumes": .text("1"), "dated": .text("2026-11-02"),
                "catalogue": lines(catalogue, CatalogueLine.material), "missing": lines(missing, CatalogueLine.missing),
            ], today: today)
    }

    @Test("Class, title, time, pages and remark, divided in several ways")
    func lines() throws {
        let file = try read([
            "1 履历表 1985-06 4", "第4-1类，学历证明，1980年7月，2页，复印件", "9－2\t工资审批表 2", "3 考核材料 1990 6 缺封面",
            "7 先进 个人 奖励 19880501 3",
        ])
        #expect(
            file.catalogue == [
                CatalogueEntry(classNumber: "1", title: "履历表", formedOn: "1985-06", pages: 4),
                CatalogueEntry(classNumber: "4-1", title: "学历证明", formedOn: "1980-07", pages: 2, remark: "复印件"),
                CatalogueEntry(classNumber: "9-2", title: "工资审批表", pages: 2),
                CatalogueEntry(classNumber: "3", title: "考核材料", formedOn: "1990", pages: 6, remark: "缺封面"),
                CatalogueEntry(classNumber: "7", title: "先进 个人 奖励", formedOn: "1988-05-01", pages: 3),
            ])
    }

    @Test("What is missing, with and without its proof")
    func missing() throws {
        let file = try read(["1 自传 3"], missing: ["4 毕业证 企业说明〔2026〕3号", "5 入党志愿书"])
        #expect(
            file.missing == [
                MissingMaterial(classNumber: "4", title: "毕业证", proof: "企业说明〔2026〕3号"),
                MissingMaterial(classNumber: "5", title: "入党志愿书"),
            ])
    }

    @Test("A line that cannot be read is named, with its column", arguments: ["履历表 1985 4", "1 履历表", "x y z"])
    func faults(line: String) {
        let faults = #expect(throws: FieldFaults.self) { try read(["1 自传 3", line]) }
        #expect(faults?.faults.isEmpty == false)
        #expect(faults?.faults.allSatisfy { $0.line == 2 && $0.field == "catalogue" && $0.column != nil } == true)
    }

    @Test("All that is wrong is told at once, each with what to do, and nothing of what was typed")
    func atOnce() {
        let faults = #expect(throws: FieldFaults.self) {
            try ReceiveFile.read(
                of: PersonID(1),
                ["scheme": .text("私人档案"), "volumes": .text("一百"), "dated": .text("昨天"), "catalogue": .rows([])],
                today: today)
        }
        #expect(faults?.faults.map(\.field) == ["scheme", "volumes", "catalogue", "dated"])
        for fault in faults?.faults ?? [] {
            #expect(fault.message.contains("请"), "\(fault.sentence)")
            #expect(!fault.sentence.contains("私人") && !fault.sentence.contains("一百") && !fault.sentence.contains("昨天"))
        }
    }

    @Test("A closed list is read by its name and by its words; days and numbers as people write them")
    func forms() throws {
        let file = try ReceiveFile.read(
            of: PersonID(1),
            [
                "scheme": .text("工人档案"), "volumes": .text("２"), "dated": .text("2026年11月2日"),
                "catalogue": .rows([FieldLine(number: 3, cells: ["classNumber": "1", "title": "自传", "pages": "3页"])]),
            ], today: today)
        #expect(file.scheme == .worker && file.volumes == 2 && file.dated == CalendarDay("2026-11-02"))
        #expect(file.catalogue.first?.pages == 3)
    }
}
