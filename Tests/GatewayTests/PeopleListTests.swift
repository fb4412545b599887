import Contracts
import Domain
import FoundationEssentials
import Sheets
import Support
import Testing
import Web

@testable import Gateway

@Suite("Lists described once: whole numbers for who is in charge, totals, ticks, export of chosen columns", .serialized)
struct PeopleListTests {
    private func rows(_ response: WebResponse) throws -> [[String]] {
        let sheet = try #require(
            try SheetFile.book(bytes: response.bytes ?? [], name: "l.xlsx").visible.first)
        return (0..<sheet.rowCount).map { sheet.row(at: $0) }
    }

    @Test("The archives' list: total, names at the ticks, whole numbers; its export has the chosen columns")
    func archives() throws {
        let (clerks, archivist) = try StepTests.archives()
        defer { clerks.stop() }
        let page = archivist.text("/work/archives")
        #expect(page.contains("共 3 人。") && page.contains("aria-label=\"选择李阿芳\""))
        let all = try rows(archivist.open("/lists/archives/export"))
        #expect(all[0] == ["姓名", "身份证号", "企业", "乡镇", "社区（村）", "出生日期", "联系电话", "现居住地址", "状态", "提示"])
        #expect(all.count == 4 && all[1][0] == "李阿明")
        let chosen = try rows(archivist.open("/lists/archives/export?column=0&column=8&township=\(Sample.township)"))
        #expect(chosen[0] == ["姓名", "状态"] && chosen.count == 4)
        #expect(try rows(archivist.open("/lists/archives/export?township=532529104")).count == 1)
        #expect(clerks.township.open("/lists/archives/export").status == 403)
        #expect(archivist.open("/lists/nothing/export").status == 404)
    }

    @Test("Who only looks gets masked numbers, on the page and in the export")
    func masked() throws {
        let clerks = try ClerkCounty([[:]])
        defer { clerks.stop() }
        try clerks.accept(1)
        let team = try Browser(clerks.web, as: .workingTeam, in: clerks.county)
        try clerks.wait { team.text("/work/health").contains("李阿明") }
        let doctor = try Browser(clerks.web, as: .doctor, in: clerks.county)
        #expect(doctor.text("/work/health").contains("城关社区"))
        let exported = try rows(team.open("/lists/health/export")).joined().joined(separator: " ")
        #expect(
            !exported.contains(TestIdentity.number(1)) && !team.text("/work/health").contains(TestIdentity.number(1)))
        #expect(!team.text("/work/health").contains("name=\"person\""), "nothing to tick for who only looks")
    }

    @Test("第九条: the enterprise enters the catalogues by one sheet, the bureau ticks all and signs one document")
    func batch() throws {
        let (clerks, archivist) = try StepTests.archives()
        defer { clerks.stop() }
        let submit = "/steps/archives.catalogue.submit"
        #expect(clerks.enterprise.text("/work/archives").contains("登记移交名册和目录"))
        func columns(_ names: [String]) -> [TemplateColumn] { names.map { TemplateColumn($0) } }
        let book = try TemplateFile.bytes([
            TemplateSheet(
                name: "登记移交名册和目录", columns: columns(["身份证号", "姓名", "档案类别", "卷数"]),
                rows: (1...2).map { [TestIdentity.number($0), ["李阿明", "李阿芳"][$0 - 1], "工人档案", "1"] }),
            TemplateSheet(
                name: "档案目录", columns: columns(["身份证号", "类号", "材料名称", "页数"]),
                rows: (1...2).map { [TestIdentity.number($0), "1", "履历表\($0)", "4"] }),
        ])
        let path = "\(clerks.county.folder)/名册.xlsx"
        try Data(book).write(to: URL(filePath: path))
        let file = UploadedFile(
            field: "file", fileName: "名册.xlsx", mediaType: "application/octet-stream", byteCount: book.count, path: path
        )
        let run = try #require(
            try clerks.enterprise.send(submit, [("scope", "sheet")], files: [file]).header("Location"))
        #expect(try clerks.enterprise.send(run, [("deed", "start")]).status == 303)
        try clerks.wait { clerks.enterprise.text(run).contains("已全部办完") }
        #expect(archivist.text("/work/archives").contains("企业已登记目录"))
        #expect(archivist.text("/steps/archives.file.receive/2").contains("value=\"履历表2\""), "filled in for the bureau")
        let ticked =
            (1...3).map { ("person", String($0)) } + [("scope", "ticked"), ("go", "on"), ("dated", "2026-11-02")]
        let received = try #require(try archivist.send("/steps/archives.file.receive", ticked).header("Location"))
        try clerks.wait { archivist.text(received).contains("已办完，1 项未成") }
        #expect(archivist.text(received).contains("档案目录：请至少填写一行"), "whose catalogue nobody entered")
        let done = archivist.text("\(received)?items=done")
        let numbers = done.split(separator: "红档接〔2026〕", omittingEmptySubsequences: false).dropFirst()
            .map { $0.prefix { $0 != "号" } }
        #expect(numbers.count == 2 && Set(numbers).count == 1, "one document for the batch: \(numbers)")
    }
}
