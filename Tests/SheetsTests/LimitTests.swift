import Glibc
import Sheets
import Testing

@Suite struct LimitTests {
    @Test("A file of a gigabyte is refused by its size, before it is read")
    func size() throws {
        try Samples.withFolder { folder in
            let path = folder + "/large.xlsx"
            try Samples.write([], path)
            #expect(truncate(path, 1_073_741_824) == 0)
            expect("sheet.too-large") { _ = try SheetFile.read(path: path) }
        }
        var limits = SheetLimits()
        limits.fileInBytes = 10
        expect("sheet.too-large") { _ = try texts(csv("姓名,身份证号"), limits: limits) }
    }

    @Test("Parts that unpack to too much are refused")
    func unpacked() throws {
        let bytes = try Samples.sheet(String(repeating: "<row/>", count: 1000))
        var limits = SheetLimits()
        limits.unpackedInBytes = 4000
        expect("sheet.unpacked-too-large") { _ = try texts(bytes, limits: limits) }
    }

    @Test("A small archive that unpacks to a huge part is refused")
    func bomb() throws {
        let bytes = try Samples.python(
            """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
                z.writestr('xl/workbook.xml', '<workbook>' + ' ' * 64 * 1024 * 1024)
            """)
        #expect(bytes.count < 100_000)
        expect("sheet.zip-bomb") { _ = try texts(bytes) }
    }

    @Test("An archive whose directory lies about sizes is refused while it unpacks")
    func lyingDirectory() throws {
        var bytes = try Samples.sheet(String(repeating: "<row/>", count: 15_000))
        for start in bytes.indices.dropLast(46) where bytes[start..<start + 4].elementsEqual([0x50, 0x4B, 1, 2]) {
            bytes.replaceSubrange(start + 24..<start + 28, with: [100, 0, 0, 0])
        }
        var limits = SheetLimits()
        limits.unpackedInBytes = 50_000
        #expect(throws: SheetError.self) { try texts(bytes, limits: limits) }
    }

    @Test("Rows over the limit are refused in both formats, titles and totals not counted")
    func rows() throws {
        var limits = SheetLimits()
        limits.dataRows = 3
        limits.otherRows = 2
        let header = "名册\n姓名,身份证号\n"
        let fits = try SheetFile.read(bytes: csv(header + "李,1\n王,2\n张,3\n"), name: "x", limits: limits)
        #expect(try RosterReader.read(fits, limits: limits).rows.count == 3)
        let over = header + "李,1\n王,2\n张,3\n赵,4\n"
        expect("sheet.too-many-rows") { _ = try texts(csv(over), limits: limits) }
        limits.otherRows = 10
        let sheet = try SheetFile.read(bytes: csv(over), name: "x", limits: limits)
        expect("sheet.too-many-rows") { _ = try RosterReader.read(sheet, limits: limits) }
        limits.otherRows = 0
        let workbook = try Samples.workbook("for i in range(4): ws.append([i])")
        expect("sheet.too-many-rows") { _ = try texts(workbook, limits: limits) }
    }

    @Test("Empty, formatted rows and columns do not count")
    func formatted() throws {
        let rows = (1...2000).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\" s=\"1\"/></row>" }.joined()
        var limits = SheetLimits()
        limits.dataRows = 5
        limits.otherRows = 0
        #expect(try texts(try Samples.sheet("<row><c><v>1</v></c></row>" + rows), limits: limits) == [["1"]])
    }

    @Test("Filled columns over the limit are refused")
    func columns() throws {
        let fits = Array(repeating: "1", count: 256).joined(separator: ",")
        #expect(try texts(csv(fits))[0].count == 256)
        expect("sheet.too-many-columns") { _ = try texts(csv(fits + ",1")) }
        let far = try Samples.sheet("<row><c r=\"IW1\"><v>1</v></c></row>")
        expect("sheet.too-many-columns") { _ = try texts(far) }
    }

    @Test("Cells over the limit are refused, those of merged areas too")
    func cells() throws {
        var limits = SheetLimits()
        limits.cells = 10
        expect("sheet.too-many-cells") { _ = try texts(csv("1,2,3,4,5,6\n1,2,3,4,5,6\n"), limits: limits) }
        let merged = try Samples.sheet(
            "<row><c t=\"str\"><v>x</v></c></row><row><c><v>1</v></c></row>",
            after: "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")
        expect("sheet.too-many-cells") { _ = try texts(merged, limits: limits) }
        #expect(try texts(merged).map(\.count) == [256, 256])
    }

    @Test("A text longer than any spreadsheet's is refused with its row")
    func text() throws {
        var limits = SheetLimits()
        limits.cellInCharacters = 5
        let error = #expect(throws: SheetError.self) {
            try texts(csv("a\n" + String(repeating: "x", count: 21) + ",b\n"), limits: limits)
        }
        #expect(error?.code == "sheet.text-too-long")
        #expect(error?.message.contains("第 2 行") == true)
    }
}
