import Contracts
import Domain
import FoundationEssentials
import Host
import Messaging
import Sheets
import Support
import Testing
import Web

@testable import Gateway

@Suite("Steps described once: form, selection, spreadsheet, program", .serialized)
struct StepTests {
    static let receive = "/steps/archives.file.receive"
    static let giveBack = "/steps/archives.file.return"

    /// Three people whose files are awaited, and the archivist.
    static func archives() throws -> (clerks: ClerkCounty, archivist: Browser) {
        let clerks = try ClerkCounty([[:], [:], [:]])
        try clerks.accept(3)
        let archivist = try Browser(clerks.web, as: .archivist, in: clerks.county)
        try clerks.wait {
            let list = archivist.text("/work/archives")
            return ["李阿明", "李阿芳", "李阿贵"].allSatisfy { list.contains($0) } && !list.contains("尚未提出")
        }
        return (clerks, archivist)
    }

    @Test("All that is wrong stands beside its field, and what was typed stays")
    func faults() throws {
        let (clerks, archivist) = try Self.archives()
        defer { clerks.stop() }
        let form = archivist.text("\(Self.receive)/1")
        #expect(form.contains("<h1>接收人事档案</h1>") && form.contains("李阿明") && form.contains("第九条（二）"))
        let sent = try archivist.send(
            "\(Self.receive)/1",
            [
                ("scheme", ""), ("volumes", "100"), ("dated", "2026-11-02"), ("catalogue.classNumber", "1"),
                ("catalogue.title", "履历表"), ("catalogue.formedOn", "去年"), ("catalogue.pages", ""),
                ("catalogue.remark", ""), ("catalogue", "2 自传 3"),
            ])
        #expect(sent.status == 422)
        let page = Browser.text(sent)
        for mark in [
            "name=\"scheme\" aria-invalid=\"true\" aria-describedby=\"scheme-fault\"",
            "id=\"scheme-fault\">请选择", "id=\"volumes-fault\">请填写 1 至 99 的整数", "value=\"100\"",
            "id=\"catalogue.formedOn-1-fault\">请填写年", "id=\"catalogue.pages-1-fault\">请填写",
            "value=\"履历表\"", "value=\"自传\"",
        ] { #expect(page.contains(mark), "\(mark)") }
        #expect(!page.contains("id=\"dated-fault\""))
        // What only the service knows stands beside its field as well.
        let late = try archivist.send(
            "\(Self.receive)/1",
            [("scheme", "worker"), ("volumes", "1"), ("dated", "2099-11-02"), ("catalogue", "1 履历表 1985-06 4")])
        #expect(late.status == 422 && Browser.text(late).contains("id=\"dated-fault\">交接日期不能晚于今天"))
    }

    @Test("Done, and on to the next who waits; other roles and unknown steps are turned away")
    func next() throws {
        let (clerks, archivist) = try Self.archives()
        defer { clerks.stop() }
        let fields = [
            ("scheme", "worker"), ("volumes", "1"), ("dated", "2026-11-02"), ("catalogue", "1 履历表 1985-06 4"),
        ]
        let first = try archivist.send("\(Self.receive)/1", fields + [("then", "next")])
        #expect(first.header("Location") == "\(Self.receive)/2?before=1&done=saved-before")
        let second = archivist.text("\(Self.receive)/2?before=1&done=saved-before")
        #expect(second.contains("李阿芳") && second.contains("/work/archives/1"))
        let again = try archivist.send("\(Self.receive)/1", fields)
        #expect(again.status == 409 && Browser.text(again).contains("已接收"))
        #expect(clerks.township.open("\(Self.receive)/1").status == 403)
        #expect(archivist.open("/steps/archives.file.burn/1").status == 404)
        #expect(archivist.open("\(Self.receive)/99").status == 404)
    }

    @Test("Ticked people become a run: one outcome each, the refused one can be tried again alone")
    func selection() throws {
        let (clerks, archivist) = try Self.archives()
        defer { clerks.stop() }
        #expect(try archivist.send("\(Self.giveBack)/2", [("reasons", "缺封面")]).status == 303)
        let list = archivist.text("/work/archives")
        #expect(list.contains("formaction=\"\(Self.giveBack)\""))
        let ticked = [("scope", "ticked"), ("person", "1"), ("person", "2"), ("person", "3")]
        let asked = try archivist.send(Self.giveBack, ticked)
        #expect(asked.status == 200 && Browser.text(asked).contains("退回企业整理：3 人"))
        let empty = try archivist.send(Self.giveBack, ticked + [("go", "on"), ("reasons", "")])
        #expect(empty.status == 422 && Browser.text(empty).contains("id=\"reasons-fault\">请填写"))
        let begun = try archivist.send(Self.giveBack, ticked + [("go", "on"), ("reasons", "材料未按类整理\n缺目录")])
        let run = try #require(begun.header("Location"))
        try clerks.wait { archivist.text(run).contains("已全部办完") }
        #expect(archivist.text(run).contains("3/3（100%）"))
        #expect(archivist.text("/work/archives/3").contains("材料未按类整理；缺目录"))
        #expect(archivist.text("/runs").contains("退回企业整理"))
        #expect(clerks.township.open(run).status == 404, "another office's run is not shown")
        #expect(try archivist.send(Self.giveBack, [("scope", "ticked")]).status == 422, "nobody was ticked")
    }

    @Test("Everybody whom the filter leaves; the form sent twice is one run")
    func everybody() throws {
        let (clerks, archivist) = try Self.archives()
        defer { clerks.stop() }
        let page = archivist.text(Self.giveBack)
        #expect(page.contains("符合条件的全部 3 人"))
        let token = try #require(Browser.token(page))
        let fields = [("token", token), ("scope", "all"), ("go", "on"), ("reasons", "缺目录")]
        let run = try #require(archivist.post(Self.giveBack, fields).header("Location"))
        #expect(archivist.post(Self.giveBack, fields).header("Location") == run)
        try clerks.wait { archivist.text(run).contains("已全部办完") }
        let nobody = "\(Self.giveBack)?township=532529104"
        #expect(archivist.text(nobody).contains("没有待办的人员"))
    }
}
