import Sheets
import Testing

@Suite struct WorkbookTests {
    @Test("Texts, numbers, booleans and dates become the text that a person reads")
    func values() throws {
        let bytes = try Samples.workbook(
            """
            ws.append(['李明', 12, 2500.5, True, 0.1 + 0.2, -3, 1e20, 532529195512310028, 123456789012345])
            ws.append(['2024', '　', None, 'x\\ny', '<&>"'])
            """)
        #expect(
            try texts(bytes) == [
                ["李明", "12", "2500.5", "TRUE", "0.3", "-3", "1E+20", "5.3252919551231E+17", "123456789012345"],
                ["2024", "", "", "x\ny", "<&>\""],
            ])
    }

    @Test("Dates are known by their format, built in or custom")
    func dates() throws {
        let bytes = try Samples.workbook(
            """
            day = datetime.datetime(1955, 12, 31)
            first = datetime.datetime(1955, 12, 1)
            formats = ['yyyy-mm-dd', 'mm-dd-yy', 'd-mmm-yy', 'yyyy"年"m"月"d"日"', '[$-804]yyyy/m/d;@', 'm/d/yy h:mm',
                       'yyyy"年"m"月"', 'mmm-yy', 'e"年"m"月"', '[Red]yyyy.mm']
            for column, code in enumerate(formats, 1):
                for row, value in ((1, day), (2, first)):
                    ws.cell(row, column, value).number_format = code
            codes = ['0.00', '#,##0', 'General', '0.00_ ', '"y"0', '[Red]0', '0%', '0000', '@']
            for column, code in enumerate(codes, 1):
                ws.cell(3, column, 20454).number_format = code
            ws.cell(4, 1, datetime.datetime(2020, 2, 29, 13, 45)).number_format = 'yyyy-mm-dd hh:mm'
            ws.cell(4, 2, datetime.time(8, 30)).number_format = 'h:mm'
            ws.cell(4, 3, datetime.timedelta(hours=30)).number_format = '[h]:mm:ss'
            ws.cell(4, 4, datetime.datetime(2020, 2, 29, 23, 59, 59, 700000)).number_format = 'yyyy-mm-dd'
            ws.cell(4, 5, -5).number_format = 'yyyy-mm-dd'
            """)
        let rows = try texts(bytes)
        #expect(rows[0] == Array(repeating: "1955-12-31", count: 10))
        #expect(rows[1] == Array(repeating: "1955-12-01", count: 6) + Array(repeating: "1955-12", count: 4))
        #expect(
            rows[2] == ["20454.00", "20454", "20454", "20454.00", "20454", "20454", "20454", "20454", "20454"])
        #expect(rows[3] == ["2020-02-29 13:45", "08:30", "30:00", "2020-03-01", "-5"])
    }

    @Test("Formats that files name by number only are known, Chinese ones too")
    func builtIn() throws {
        let identifiers = [14, 17, 27, 31, 36, 50, 57, 58, 22, 20, 45, 2, 0, 49, 999]
        let cells = identifiers.indices.map { "<c s=\"\($0)\"><v>20424</v></c>" }.joined()
        let formats = identifiers.map { "<xf numFmtId=\"\($0)\"/>" }.joined()
        let bytes = try Samples.sheet(
            "<row>\(cells)</row>",
            styles: "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>\(formats)</cellXfs>")
        #expect(
            try texts(bytes) == [
                [
                    "1955-12-01", "1955-12", "1955-12", "1955-12-01", "1955-12", "1955-12", "1955-12", "1955-12-01",
                    "1955-12-01", "490176:00", "490176:00", "20424.00", "20424", "20424", "20424",
                ]
            ])
    }

    @Test("Workbooks that count from 1904 give the same days, and the day that never was stays a number")
    func epochs() throws {
        let bytes = try Samples.workbook(
            """
            from openpyxl.utils.datetime import CALENDAR_MAC_1904
            wb.epoch = CALENDAR_MAC_1904
            ws['A1'] = datetime.date(1955, 12, 31); ws['B1'] = datetime.date(2026, 11, 24)
            """)
        #expect(try texts(bytes) == [["1955-12-31", "2026-11-24"]])
        let early = try Samples.sheet(
            "<row>" + [1, 59, 60, 61].map { "<c s=\"0\"><v>\($0)</v></c>" }.joined() + "</row>",
            styles: "<cellXfs><xf numFmtId=\"14\"/></cellXfs>")
        #expect(try texts(early) == [["1900-01-01", "1900-02-28", "60", "1900-03-01"]])
    }

    @Test("Shared, inline and rich strings, cached formula values, errors and escapes are read")
    func strings() throws {
        let bytes = try Samples.sheet(
            """
            <row r="2"><c r="B2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><r><t>内</t></r><r><t>联</t></r></is></c>
            <c t="str"><f>A1&amp;"x"</f><v>公式</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>0</v></c>
            <c t="d"><v>1955-12-31T00:00:00</v></c><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c></row>
            <row r="5"><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row><row><c><v>7</v></c></row>
            """,
            strings: """
                <si><t>甲</t></si><si><r><t>李</t></r><r><rPr/><t xml:space="preserve"> 明</t></r><rPh><t>lǐ</t></rPh></si>
                <si><t>a_x000D_b_x005F_c_xZZZZ_</t></si><si/>
                """)
        let sheet = try SheetFile.read(bytes: bytes, name: "x")
        #expect(sheet.rowCount == 3)
        #expect(sheet.row(at: 0) == ["", "李 明", "", "内联", "公式", "#N/A", "FALSE", "1955-12-31", "2", "=1+1"])
        #expect(sheet.row(at: 1) == ["甲", "a\rb_c_xZZZZ_"])
        #expect((0..<3).map { sheet.number(ofRow: $0) } == [2, 5, 6])
        #expect((sheet.name, sheet.format) == ("S", .xlsx))
    }

    @Test("Merged cells give their text to every cell of the area in rows that exist")
    func merged() throws {
        let bytes = try Samples.workbook(
            """
            for row in range(1, 5): ws.cell(row, 4, row)
            ws['A1'] = '甲寅镇'; ws.merge_cells('A1:B3')
            ws['A4'] = 'x'; ws.merge_cells('A4:A9')
            """)
        let rows = try texts(bytes)
        #expect(rows[0] == ["甲寅镇", "甲寅镇", "", "1"])
        #expect(rows[2] == ["甲寅镇", "甲寅镇", "", "3"])
        #expect(rows[3] == ["x", "", "", "4"])
        #expect(rows.count == 4)
    }

    @Test("Hidden sheets are passed over, and the sheet with a header comes before those without")
    func choice() throws {
        let bytes = try Samples.workbook(
            """
            ws.title = '填表说明'; ws['A1'] = '请逐项填写'
            for name, state in (('旧', 'hidden'), ('更旧', 'veryHidden'), ('名册', 'visible'), ('另一个', 'visible')):
                sheet = wb.create_sheet(name); sheet.sheet_state = state
                sheet.append(['姓名', '身份证号']); sheet.append([name, '1'])
            """)
        #expect(try SheetFile.read(bytes: bytes, name: "x").name == "名册")
        let plain = try Samples.workbook("wb.create_sheet('二')['A1'] = 'x'")
        #expect(try SheetFile.read(bytes: plain, name: "x").name == "二")
        let empty = try SheetFile.read(bytes: try Samples.workbook(""), name: "x")
        #expect(empty.rowCount == 0)
    }

    @Test("Elements may carry a prefix, and cells may leave out their places")
    func prefixes() throws {
        let office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
        let bytes = try Samples.zip([
            (
                "xl/workbook.xml",
                "<x:workbook xmlns:x='m'><x:sheets><x:sheet name='a' r:id='q' xmlns:r='o'/></x:sheets></x:workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='q' Target='s.xml' Type='\(office)/worksheet'/>"
                    + "</Relationships>"
            ),
            (
                "xl/s.xml",
                "<x:worksheet xmlns:x='m'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>"
                    + "</x:worksheet>"
            ),
        ])
        #expect(try texts(bytes) == [["1"]])
    }
}
