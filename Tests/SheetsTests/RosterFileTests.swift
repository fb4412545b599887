import Domain
import Sheets
import Testing

@Suite("What of a workbook is in no roster, or odd in it, is said")
struct RosterFileTests {
    private static let head = "['姓名', '身份证号', '移交乡镇', '联系电话']"
    private static let people = """
        ws.append(\(head))
        for i in range(4): ws.append(['李明', f'53252919551231002{i}', '迤萨镇', '13900000000'])
        """

    private func file(_ script: String) throws -> RosterFile {
        try RosterReader.rosters(in: SheetFile.book(bytes: Samples.workbook(script), name: "名册.xlsx"))
    }

    private func slugs(_ file: RosterFile) -> [String] { (file.notes + file.tables.flatMap(\.notes)).map(\.slug) }

    @Test("Rows struck out or hidden, by hand or by a group, are marked; a struck telephone is only told")
    func marks() throws {
        let file = try file(
            Self.people + """

                from openpyxl.styles import Font
                for c in ws[2]: c.font = Font(strike=True)
                ws['B3'].font = Font(strike=True)
                ws['D4'].font = Font(strike=True)
                ws.row_dimensions[5].hidden = True
                """)
        let table = try #require(file.tables.first)
        #expect(table.rows.map(\.problem) == [.struckOut, .struckOut, nil, .hidden])
        #expect(table.rows.hiddenCount == 1)
        #expect(slugs(file) == ["roster.note.struck-cells"])
    }

    @Test("Hidden columns are read and named; cells beyond the header are not and are told")
    func columns() throws {
        let file = try file(
            Self.people + """

                ws.column_dimensions['D'].hidden = True
                ws['F3'] = '已核'
                """)
        #expect(slugs(file) == ["roster.note.stray-cells", "roster.note.hidden-columns"])
        let notes = file.tables[0].notes
        #expect(notes[0].isLoss && notes[0].text.contains("1 行") && notes[1].text.contains("联系电话"))
        #expect(file.tables[0].rows.allSatisfy { $0.problem == nil && $0[.telephone] == "13900000000" })
    }

    @Test("Sheets without a roster are named, a hidden one when it holds people")
    func sheets() throws {
        let file = try file(
            Self.people + """

                other = wb.create_sheet('说明'); other.append(['填写说明', '请逐行填写'])
                last = wb.create_sheet('去年'); last.sheet_state = 'hidden'
                last.append(\(Self.head)); last.append(['王芳', '1', '甲寅镇', ''])
                lists = wb.create_sheet('选项'); lists.sheet_state = 'hidden'; lists.append(['迤萨镇'])
                wb.create_sheet('空')
                """)
        #expect(file.tables.count == 1 && file.tables[0].place.isEmpty)
        #expect(slugs(file) == ["roster.note.sheets-without", "roster.note.hidden-sheets"])
        #expect(file.notes[0].text.contains("说明") && !file.notes[0].text.contains("去年"))
        #expect(file.notes[1].isLoss && file.notes[1].text.contains("去年") && !file.notes[1].text.contains("选项"))
    }

    @Test("Three halves side by side, without serial numbers, and with one that ends early")
    func halves() throws {
        let file = try file(
            """
            ws.append(['退休人员名册'])
            ws.append(\(Self.head) * 3)
            for i in range(3):
                row = []
                for half in range(3):
                    number = f'5325291955123100{half}{i}'
                    row += [f'李{half}{i}', number, '迤萨镇', ''] if half < 2 or i == 0 else [None] * 4
                ws.append(row)
            """)
        #expect(file.tables.map(\.place) == ["第 1 栏", "第 2 栏", "第 3 栏"])
        #expect(file.tables.map(\.rows.count) == [3, 3, 1])
        #expect(file.tables[1].rows.map { $0[.name] } == ["李10", "李11", "李12"])
        #expect(file.tables[1].rows.map(\.sheetRow) == [3, 4, 5])
    }

    @Test("A spouse beside the person is no second half")
    func spouse() throws {
        let file = try file(
            """
            ws.append(['姓名', '身份证号', '配偶', None]); ws.merge_cells('C1:D1')
            ws.append([None, None, '姓名', '身份证号'])
            ws.append(['李明', '532529195512310028', '王芳', '532529195512310029'])
            """)
        #expect(file.tables.count == 1 && file.tables[0].rows.count == 1)
    }

    @Test("The zero that a library puts in the place of an uncomputed value is none, a computed one is")
    func zeros() throws {
        let cells = """
            <row><c t="inlineStr"><is><t>姓名</t></is></c><c t="inlineStr"><is><t>身份证号</t></is></c>\
            <c t="inlineStr"><is><t>联系电话</t></is></c></row>
            <row><c t="inlineStr"><is><t>李明</t></is></c><c t="inlineStr"><is><t>1</t></is></c>\
            <c><f>A1</f><v>0</v></c><c t="str"><f>A1</f><v></v></c></row>
            """
        let pending = try Samples.sheet(cells, properties: "<calcPr fullCalcOnLoad=\"1\"/>")
        let computed = try Samples.sheet(cells)
        #expect(try texts(pending)[1] == ["李明", "1", "=A1"])
        #expect(try texts(computed)[1] == ["李明", "1", "0"])
    }

    @Test("Ditto marks go up to what stands there, not over an empty cell, and never for names and numbers")
    func ditto() throws {
        let file = try file(
            """
            ws.append(['姓名', '身份证号', '移交乡镇', '现居住地址'])
            for row in (['李明', '1', '迤萨镇', '东门街1号'], ['同上', '2', '〃', '”'], ['王芳', '3', '″', None],
                        ['白玉', '4', '甲寅镇', '同上']): ws.append(row)
            """)
        let rows = file.tables[0].rows
        #expect(rows.map { $0[.township] } == ["迤萨镇", "迤萨镇", "迤萨镇", "甲寅镇"])
        #expect(rows.map { $0[.residence] } == ["东门街1号", "东门街1号", "", "同上"])
        #expect(rows[1][.name] == "同上" && rows[1].original[2] == "〃")
    }

    @Test("A heading's meaning that was said by hand goes before what is known")
    func meanings() throws {
        let bytes = csv("姓名,身份证号,单位电话,电话\n李明,1,0873,139\n")
        let book = try SheetFile.book(bytes: bytes, name: "a.csv")
        #expect(try RosterReader.rosters(in: book).tables[0].rows[0][.telephone] == "139")
        let given: [String: RosterField?] = ["单位电话": .telephone, "电话": nil]
        let told = HeadingMeanings(given)
        let table = try RosterReader.rosters(in: book, meanings: told).tables[0]
        #expect(table.rows[0][.telephone] == "0873" && table.unrecognizedColumns == ["电话"])
    }
}
