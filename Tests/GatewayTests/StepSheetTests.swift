import Contracts
import Domain
import FoundationEssentials
import Host
import Sheets
import Support
import Testing
import Web

@testable import Archives
@testable import Gateway

@Suite("Steps by spreadsheet, and runs that outlive the gateway", .serialized)
struct StepSheetTests {
    private let receive = StepTests.receive

    /// The sheets of a workbook as rows of cells, by name.
    private func sheets(_ response: WebResponse) throws -> [String: [[String]]] {
        let sheets = try SheetFile.book(bytes: response.bytes ?? [], name: "t.xlsx").visible
        return Dictionary(
            uniqueKeysWithValues: sheets.map { sheet in
                (sheet.name, (0..<sheet.rowCount).map { sheet.row(at: $0) })
            })
    }

    private func upload(_ bytes: [UInt8], _ name: String, in folder: String) throws -> UploadedFile {
        let path = "\(folder)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return UploadedFile(
            field: "file", fileName: name, mediaType: "application/octet-stream", byteCount: bytes.count, path: path)
    }

    /// The register and the catalogues as the bureau fills them in.
    private func workbook(_ people: [[String]], _ catalogue: [[String]]) throws -> [UInt8] {
        func columns(_ names: [String]) -> [TemplateColumn] { names.map { TemplateColumn($0) } }
        return try TemplateFile.bytes([
            TemplateSheet(
                name: "接收人事档案",
                columns: columns(["人员编号", "姓名", "身份证号", "企业", "乡镇", "档案类别", "卷数", "接收日期", "柜号"]),
                rows: people),
            TemplateSheet(
                name: "档案目录", columns: columns(["人员编号", "姓名", "身份证号", "类号", "材料名称", "形成时间", "页数", "备注"]),
                rows: catalogue),
        ])
    }

    @Test("The template names the people who wait, with lists to choose from and what is known; filled in, it is read")
    func template() throws {
        let (clerks, archivist) = try StepTests.archives()
        defer { clerks.stop() }
        let answer = archivist.open("\(receive)/template")
        let sheets = try sheets(answer)
        #expect(Set(sheets.keys) == ["接收人事档案", "档案目录", "缺少的材料"], "the sheet of the lists is hidden")
        let main = try #require(sheets["接收人事档案"])
        #expect(main[0] == ["人员编号", "姓名", "身份证号", "企业", "乡镇", "档案类别", "卷数", "接收日期"])
        #expect(main[1][0...1] == ["1", "李阿明"] && main[1][3...4] == ["红河县测试茶厂", "迤萨镇"])
        #expect(main[1][6] == "1" && main[1][7] == clerks.web.desk.today.description)
        #expect(main.count == 4)
        #expect(try #require(sheets["档案目录"])[0] == ["人员编号", "姓名", "身份证号", "类号", "材料名称", "形成时间", "页数", "备注"])
        let ticked = archivist.post("\(receive)/template", [("person", "3")])
        #expect(try self.sheets(ticked)["接收人事档案"]?.count == 2)
    }

    @Test("A sheet is looked at before anything is done; what is wrong comes back with its reason and can be mended")
    func sheet() throws {
        let (clerks, archivist) = try StepTests.archives()
        defer { clerks.stop() }
        let identity = TestIdentity.number(3)
        let bytes = try workbook(
            [
                ["1", "李阿明", "", "", "", "工人档案", "2", "2026-11-02", "A1"],
                ["2", "李阿贵", "", "", "", "工人档案", "1", "2026-11-02"],
                ["", "李阿贵", identity, "", "", "干部档案", "1", "2026年11月3日"],
                ["77", "某某", "", "", "", "工人档案", "0", "2026-11-02"],
            ],
            [
                ["1", "李阿明", "", "1", "履历表", "1985-06", "4"], ["", "", "", "2", "自传", "", "3页"],
                ["", "李阿贵", identity, "4-1", "学历证明", "1980", "2"], ["5", "不在册", "", "1", "履历表", "", "1"],
            ])
        let sent = try archivist.send(
            receive, [("scope", "sheet")], files: [upload(bytes, "移交名册.xlsx", in: clerks.county.folder)])
        let run = try #require(sent.header("Location"))
        let check = archivist.text(run)
        for word in ["待确认", "移交名册.xlsx", "确认办理 2 项", "柜号", "不在“接收人事档案”表中", "不是同一人", "台账中没有此人"] {
            #expect(check.contains(word), "\(word)")
        }
        #expect(archivist.text("/work/archives/1").contains("待移交"), "nothing is done yet")
        #expect(try archivist.send(run, [("deed", "start")]).status == 303)
        try clerks.wait { archivist.text(run).contains("已办完，2 项未成") }
        #expect(archivist.text("\(run)?items=done").contains("交接书编号：红档接〔2026〕"))
        let file = archivist.text("/work/archives/3")
        #expect(file.contains("学历证明") && file.contains("干部档案") && file.contains("2026年11月3日"))
        #expect(archivist.text("/work/archives/1").contains("自传"), "lines below belong to the one above")

        // The refused lines come back as they were, are mended and sent again; those that were done are not among them.
        let refused = try sheets(archivist.open("\(run)/refused"))
        let main = try #require(refused["接收人事档案"])
        #expect(main.count == 3 && main[0].last == "未办原因")
        #expect(main[1][0...1] == ["2", "李阿贵"] && main[1].last?.contains("错行") == true)
        let mended = try workbook(
            [["2", "李阿芳", "", "", "", "工人档案", "1", "2026-11-02"]], [["2", "李阿芳", "", "1", "履历表", "", "4"]])
        let again = try archivist.send(
            receive, [("scope", "sheet")], files: [upload(mended, "改.xlsx", in: clerks.county.folder)])
        let second = try #require(again.header("Location"))
        #expect(try archivist.send(second, [("deed", "start")]).status == 303)
        try clerks.wait { archivist.text(second).contains("已全部办完") }
        #expect(archivist.text("/work/archives").contains("没有待移交的档案"))
        #expect(try archivist.send(run, [("deed", "again")]).status == 409, "faulty lines are mended in the sheet")
        let strange = try upload(Array("甲,乙\n1,2\n".utf8), "别的.csv", in: clerks.county.folder)
        let other = try archivist.send(receive, [("scope", "sheet")], files: [strange])
        #expect(other.status == 422 && Browser.text(other).contains("不是本事项的表格"))
    }

    @Test("A run waits for a service that is away, goes on after a restart of the gateway, and does nothing twice")
    func restart() throws {
        let (clerks, archivist) = try StepTests.archives()
        defer { clerks.stop() }
        let giveBack = StepTests.giveBack
        let token = try #require(Browser.token(archivist.text(giveBack)))
        clerks.county.stop(.archives)
        let ticked = (1...3).map { ("person", String($0)) }
        let begun = archivist.post(
            giveBack, [("token", token), ("scope", "ticked"), ("go", "on"), ("reasons", "缺目录")] + ticked)
        let run = try #require(begun.header("Location"))
        try clerks.wait { archivist.text(run).contains("办理中") }
        clerks.web.desk.runs.stop()
        let number = try #require(Int64(run.split(separator: "/").last ?? ""))
        let stored = try #require(try clerks.web.desk.read { try $0.run(number) })
        #expect(stored.untried == 3)

        // The service did the piece, and the gateway died before it could note it.
        try clerks.county.start(Archives.self)
        let step = try #require(Steps.step(ReturnFile.name))
        let items = try clerks.web.desk.read {
            try $0.items(of: number, .untried, limit: 2, clerks.web.desk.sealer.sealer)
        }
        let sent = try step.orderEach(
            Asker(desk: clerks.web.desk, acting: .proven(stored.officer)), items.map { Array(($0.command ?? "").utf8) },
            stored.number(ofItemAt: 0))
        #expect(sent.allSatisfy { $0.refusal == nil })
        let later = try GatewayWeb(desk: Desk(process: clerks.county.restartGateway()))
        defer { later.stop() }
        later.desk.runs.keep(later.desk)
        try clerks.wait { (try? later.desk.read { try $0.run(number) })??.state == .finished }
        let ended = try #require(try later.desk.read { try $0.run(number) })
        #expect(ended.done == 3 && ended.refused == 0)
        let kept = try later.desk.read { try $0.items(of: number, limit: 10, later.desk.sealer.sealer) }
        #expect(kept.allSatisfy { $0.command == nil && $0.filled.isEmpty }, "what is done is not kept for longer")
        func told() throws -> [Int] {
            try later.desk.read { reads in
                try (1...3).map { try reads.timeline(PersonID($0)).filter { $0.event == FileReturned.name }.count }
            }
        }
        // The run is noted before the gateway's own figures have followed the service's log.
        try clerks.wait { (try? told()) == [1, 1, 1] }
    }
}
