import Glibc
import Sheets
import Testing

@Suite struct WriterTests {
    private let dangerous = ["=1+1", "+8613800000000", "-5.00", "@SUM(A1)", "\t=1", "＝1", "'x"]
    private let plain = [
        "532529195512310028", "0012", "1955.10", "1955-12", "a,\"b\"\nc", "李明", "5.32529E+17", "13800000000", "1234.5",
        "x;y",
        "_x0041_", "<&>",
    ]

    @Test("Cells of a workbook are text for another program, and the same on reading again")
    func workbook() throws {
        let writer = SheetWriter(sheetName: "在[册]人员", header: ["姓名", "身份证号"])
        let bytes = try writer.bytes([dangerous, [], plain, ["", "x"]])
        let rows = try Samples.openpyxl(bytes)
        #expect(rows[0].hasPrefix("姓名|身份证号"))
        #expect(rows[1].hasPrefix("=1+1|+8613800000000|-5.00|@SUM(A1)|"))
        #expect(!rows.joined().contains("!"))
        let sheet = try SheetFile.read(bytes: bytes, name: "x")
        #expect(sheet.name == "在册人员")
        #expect(sheet.row(at: 1) == dangerous)
        #expect(sheet.row(at: 2) == plain)
        #expect(sheet.row(at: 3) == ["", "x"])
        #expect((0..<4).map { sheet.number(ofRow: $0) } == [1, 2, 4, 5])
    }

    @Test("Cells of a csv file start no formula and lose no digits, and are the same on reading again")
    func separated() throws {
        let writer = SheetWriter(sheetName: "x", header: ["姓名", "身份证号"])
        let bytes = try writer.bytes([dangerous, plain], format: .csv)
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let text = String(decoding: bytes, as: UTF8.self)
        for start in ["=", "+", "-", "@", "＝", "\"=", "\"+", "\"\t="] {
            #expect(!text.contains("," + start) && !text.contains("\n" + start))
        }
        #expect(text.contains("\"\t532529195512310028\",\"\t0012\",\"\t1955.10\",\"\t1955-12\""))
        #expect(text.contains(",13800000000,1234.5,"))
        let sheet = try SheetFile.read(bytes: bytes, name: "x")
        let trimmed = sheet.row(at: 2).map { $0.hasPrefix("\t") ? String($0.dropFirst()) : $0 }
        #expect(sheet.row(at: 1) == dangerous)
        #expect(trimmed == plain)
    }

    @Test("Files are replaced in one step, for the owner alone")
    func path() throws {
        try Samples.withFolder { folder in
            let path = folder + "/out.xlsx"
            try Samples.write([1, 2, 3], path)
            let writer = SheetWriter(sheetName: "", header: ["a"], columnWidthsInCharacters: [12])
            try writer.write([["b"]], path: path)
            #expect(try SheetFile.read(path: path).row(at: 1) == ["b"])
            var status = stat()
            #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(access(path + ".\(getpid()).partial", F_OK) != 0)
            expect("sheet.cannot-write") { try writer.write([["b"]], path: folder + "/no/such/folder.xlsx") }
            expect("sheet.cannot-write") { try writer.write([["b"]], path: folder) }
        }
    }

    @Test("What no spreadsheet can hold is refused")
    func limits() {
        let writer = SheetWriter(sheetName: "x", header: ["a"])
        expect("sheet.text-too-long") { _ = try writer.bytes([[String(repeating: "x", count: 32_768)]]) }
        expect("sheet.too-many-columns") { _ = try writer.bytes([Array(repeating: "x", count: 16_385)]) }
    }

    @Test("Characters that XML cannot hold, and texts that look like their escapes, come back")
    func controlCharacters() throws {
        let row = [
            "a\u{0}b", "x\u{1}", "a\rb", "a\r\nb", "\u{1F}x", "\u{FFFE}\u{FFFF}", "_x0041_", "__x0041__", "_x", " x ",
            "𠮷_",
            "\u{8}_x000D_",
        ]
        #expect(try texts(try SheetWriter(sheetName: "x", header: ["a"]).bytes([row]))[1] == row)
    }

    @Test("Many rows are written and read whole")
    func many() throws {
        let rows = (0..<3000).map { ["人\($0)", "53252919551231\($0)", String($0)] }
        let read = try texts(try SheetWriter(sheetName: "x", header: ["a", "b", "c"]).bytes(rows))
        #expect(Array(read.dropFirst()) == rows)
    }
}

@Suite struct SetAsideTests {
    private let source = """
        红河县退休人员名册,,,
        序号,姓名,身份证号,血型
        1,李明,5.32529E+17,A
        2,王五,123,=1+1
        """

    @Test(
        "Rows come back in the format in which they came, with where, why and what to do",
        arguments: [SheetFormat.csv, .xlsx])
    func roundTrip(format: SheetFormat) throws {
        let table = try RosterReader.read(try SheetFile.read(bytes: csv(source), name: "x"))
        let rows = table.rows.map { SetAsideLine($0, reason: "身份证号位数不对", hint: "请核对") }
        let bytes = try SetAsideFile.bytes(headings: table.headings, rows: rows, format: format)
        let sheet = try SheetFile.read(bytes: bytes, name: "y")
        #expect(sheet.format == format)
        #expect(sheet.row(at: 0) == ["序号", "姓名", "身份证号", "血型", "原文件行号", "原因", "修改建议"])
        #expect(sheet.row(at: 2) == ["2", "王五", "123", "=1+1", "4", "身份证号位数不对", "请核对"])

        let again = try RosterReader.read(sheet)
        #expect(again.headings == table.headings)
        #expect(again.columns == table.columns)
        #expect(again.unrecognizedColumns == ["血型"])
        #expect(again.rows.map(\.cells) == table.rows.map(\.cells))
        #expect(again.rows.map(\.sheetRow) == [2, 3])
        #expect(again.rows[1].original == ["2", "王五", "123", "=1+1"])
    }

    @Test("A column of the sender's own that is called 原因 stays")
    func ownReason() throws {
        let table = try RosterReader.read(
            try SheetFile.read(bytes: csv("姓名,身份证号,原因\n李明,1,病退\n"), name: "x"))
        #expect(table.unrecognizedColumns == ["原因"])
        let rows = table.rows.map { SetAsideLine($0, reason: "r", hint: "") }
        let bytes = try SetAsideFile.bytes(headings: table.headings, rows: rows, format: .csv)
        let again = try RosterReader.read(try SheetFile.read(bytes: bytes, name: "x"))
        #expect(again.headings == ["姓名", "身份证号", "原因"])
        #expect(again.rows[0].original == ["李明", "1", "病退"])
    }

    @Test("Short rows are filled up, and the file is written to its path")
    func path() throws {
        try Samples.withFolder { folder in
            let row = SetAsideLine(sheetRow: 9, original: ["李明"], reason: "缺身份证号", hint: "请补填")
            try SetAsideFile.write(
                headings: ["姓名", "身份证号"], rows: [row], format: .xlsx, path: folder + "/未导入.xlsx")
            let sheet = try SheetFile.read(path: folder + "/未导入.xlsx")
            #expect(sheet.row(at: 1) == ["李明", "", "9", "缺身份证号", "请补填"])
        }
    }
}
