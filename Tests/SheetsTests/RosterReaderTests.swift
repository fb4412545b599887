import Domain
import Sheets
import Testing

@Suite struct RosterReaderTests {
    private func roster(_ text: String) throws -> RosterTable {
        try RosterReader.read(try SheetFile.read(bytes: csv(text), name: "名册.csv"))
    }

    @Test("A workbook with title, two-line merged header, notes and totals gives its people")
    func workbook() throws {
        let bytes = try Samples.workbook(
            """
            ws['A1'] = '红河县××公司退休人员移交花名册'; ws.merge_cells('A1:J1')
            ws['A2'] = '填报单位：××公司'; ws['H2'] = '填报日期：2020年9月'
            top = ['序号', '姓 名', '身份证号码\\n（必填）', '出生\\n年月', '户籍', None, '联系方式', None, '移交乡镇', '养老金（元）']
            low = [None, None, None, None, '地址', '派出所', '手机', '座机', None, None]
            for column, (a, b) in enumerate(zip(top, low), 1):
                ws.cell(4, column, a); ws.cell(5, column, b)
            for area in ('A4:A5', 'B4:B5', 'C4:C5', 'D4:D5', 'E4:F4', 'G4:H4', 'I4:I5', 'J4:J5'):
                ws.merge_cells(area)
            ws.append([1, '李　明', '５３２５２９１９５５１２３１００２８', datetime.date(1955, 12, 31), '甲寅镇（1号）', '甲寅所',
                       13800000000, '0873-1', '甲寅镇', 3210.5])
            ws.append([2, '阿不都·热', 5.32529195512310028e17, '1955.12', None, None, None, None, None, 2800])
            ws.merge_cells('I6:I7')
            ws.append([3])
            ws.append(['小计', None, None, None, None, None, None, None, None, 6010.5])
            ws.append([None] * 10)
            ws.append([4, '王五', None, None, '只有姓名'])
            ws['A12'] = '合计：3人'; ws.merge_cells('A12:I12'); ws['J12'] = 9
            ws['A13'] = '备注：以上人员均已核对'; ws.merge_cells('A13:J13')
            ws['A14'] = '填表人：张三'; ws['F14'] = '审核人：李四'
            """)
        let table = try RosterReader.read(try SheetFile.read(bytes: bytes, name: "x"))
        #expect(
            table.headings == ["序号", "姓名", "身份证号码（必填）", "出生年月", "户籍地址", "派出所", "手机", "座机", "移交乡镇", "养老金（元）"])
        #expect(
            table.columns == [
                nil, .name, .identityNumber, .birth, .registeredAddress, nil, .telephone, nil, .township, .basicPension,
            ])
        #expect(table.unrecognizedColumns == ["派出所", "座机"])
        try #require(table.rows.map(\.sheetRow) == [6, 7, 11])
        let first = table.rows[0]
        #expect(
            first.cells == [
                .name: "李　明", .identityNumber: "532529195512310028", .birth: "1955-12-31",
                .registeredAddress: "甲寅镇（1号）", .telephone: "13800000000", .township: "甲寅镇", .basicPension: "3210.5",
            ])
        #expect(first.original[2] == "５３２５２９１９５５１２３１００２８")
        #expect(table.rows[1][.identityNumber] == "5.3252919551231E+17")
        #expect(table.rows[1][.birth] == "1955.12")
        #expect(table.rows[1][.township] == "甲寅镇")
        #expect(table.rows[2][.name] == "王五" && table.rows[2][.identityNumber] == "")
        #expect(
            table.skippedRows == [
                .init(sheetRow: 8, reason: .onlySerialNumber), .init(sheetRow: 9, reason: .total),
                .init(sheetRow: 12, reason: .total), .init(sheetRow: 13, reason: .note),
                .init(sheetRow: 14, reason: .note),
            ])
    }

    @Test("A two-line header without merged cells, as csv has it, is put together")
    func twoLines() throws {
        let table = try roster(
            """
            退休人员名册,,,,,,
            序号,姓名,证件,,移交,,备注
            ,,类型,身份证号,乡镇,社区,
            1,李明,身份证,532529195512310028,甲寅镇,他撒村,无
            """)
        #expect(table.columns == [nil, .name, nil, .identityNumber, .township, .community, .remark])
        #expect(table.headings == ["序号", "姓名", "类型", "身份证号", "乡镇", "社区", "备注"])
        #expect(table.rows.map(\.sheetRow) == [4])
        let upper = try roster("姓名,身份证号,联系方式,\n,,手机,座机\n李明,1,138,087\n")
        #expect(upper.columns == [.name, .identityNumber, .telephone, nil])
        #expect(upper.rows[0][.telephone] == "138")
    }

    @Test("Columns about others are not taken for the person's own")
    func others() throws {
        let table = try roster(
            "姓名,身份证号,配偶,,紧急情况,\n,,姓名,身份证号,姓名,电话\n李明,1,王芳,2,张三,138\n")
        #expect(table.headings == ["姓名", "身份证号", "配偶/姓名", "配偶/身份证号", "紧急情况/姓名", "电话"])
        #expect(table.columns == [.name, .identityNumber, nil, nil, nil, .telephone])
        #expect(table.rows[0][.name] == "李明")
    }

    @Test("A first person without name and number is a row, not a second header line")
    func firstRow() throws {
        let table = try roster("姓名,身份证号,性别,民族\n,,男,汉族\n李明,1,男,汉族\n")
        #expect(table.rows.map(\.sheetRow) == [2, 3])
        #expect(table.rows[0].cells == [.sex: "男", .ethnicity: "汉族"])
    }

    @Test("Every usual heading is known, with blanks, stars, numbering and notes")
    func headings() {
        for column in RosterField.allCases {
            for heading in column.headings {
                #expect(RosterField(heading: heading) == column)
                #expect(RosterField(heading: " *\(heading)（必填）：") == column)
                #expect(RosterField(heading: heading.map(String.init).joined(separator: "\n")) == column)
            }
        }
        #expect(RosterField(heading: "养老金（元/月）") == .basicPension)
        #expect(RosterField(heading: "3、出生年月【1955.12】") == .birth)
        #expect(RosterField(heading: "社区（村）") == .community)
        #expect(RosterField(heading: "姓名拼音") == nil)
        #expect(RosterField(heading: "") == nil)
        #expect(RosterField(heading: "（姓名）") == nil)
        #expect(Set(RosterField.allCases.flatMap(\.headings)).count == RosterField.allCases.flatMap(\.headings).count)
        #expect(RosterField.identityNumber.rawValue == "identity-number")
    }

    @Test("Of two columns that mean the same the first counts, the second is listed")
    func twice() throws {
        let table = try roster("姓名,身份证号,手机,联系电话,血型\n李明,1,138,139,A\n")
        #expect(table.rows[0][.telephone] == "138")
        #expect(table.unrecognizedColumns == ["联系电话", "血型"])
        #expect(table.rows[0].original == ["李明", "1", "138", "139", "A"])
    }

    @Test("A header repeated on each printed page is skipped")
    func repeated() throws {
        let table = try roster("姓名,身份证号\n李明,1\n姓名,身份证号\n王五,2\n本页小计,\n合 计：2,\n")
        #expect(table.rows.map { $0[.name] } == ["李明", "王五"])
        #expect(table.skippedRows.map(\.reason) == [.repeatedHeader, .total, .total])
    }

    @Test("Who has a number is never skipped, and rows without one are kept unless they are notes or totals")
    func kept() throws {
        let table = try roster("姓名,身份证号,备注\n合计,532529195512310028,\n,1,\n小计一,,只有姓名\n李明,,\n")
        #expect(table.rows.map(\.sheetRow) == [2, 3, 5])
        #expect(table.skippedRows.map(\.sheetRow) == [4])
    }

    @Test("Missing columns are named together with those that were found")
    func missing() throws {
        expect("roster.no-header") { _ = try roster("a,b\n1,2\n") }
        expect("roster.no-header") { _ = try roster("李明,男\n王五,女\n") }
        expect("roster.empty") { _ = try roster("姓名,身份证号\n") }
        let counted = try roster("序号,姓名,身份证号\n1,李明,532529195512310028\n合计,,1人\n,总计,共 1 人\n")
        #expect(counted.rows.count == 1 && counted.skippedRows.map(\.reason) == [.total, .total])
        expect("roster.empty") { _ = try roster("姓名,身份证号\n合计,\n") }
        let error = #expect(throws: SheetError.self) { try roster("姓名,性别,血型\n李明,男,A\n") }
        #expect(error?.code == "roster.missing-columns")
        #expect(error?.message.contains("身份证号") == true && error?.message.contains("姓名") == false)
        #expect(error?.hint.contains("姓名、性别、血型") == true && error?.hint.contains("李明") == false)
    }

    @Test("A header far below many title lines is found")
    func titles() throws {
        let titles = (1...40).map { "说明\($0),请填写姓名" }.joined(separator: "\n")
        #expect(try roster(titles + "\n姓名,身份证号\n李明,1\n").rows[0].sheetRow == 42)
    }

    @Test("A month that lost its zero is restored where the column tells")
    func months() throws {
        func births(_ values: [String]) throws -> [String] {
            try roster("姓名,身份证号,出生年月\n" + values.map { "李,1,\($0)\n" }.joined()).rows.map { $0[.birth] }
        }
        #expect(try births(["1955.1", "1955.03"]) == ["1955.10", "1955.03"])
        #expect(try births(["1955.1", "1955.10"]) == ["1955.01", "1955.10"])
        #expect(try births(["1955.1", "1955.3", "1955.12"]) == ["1955.1", "1955.3", "1955.12"])
        let workbook = try Samples.workbook(
            """
            ws.append(['姓名', '身份证号', '出生年月', '退休时间'])
            ws.append(['李', 1, 1955.1, 2015.1]); ws.append(['王', 2, 1955.03, 2015.1])
            ws.append(['张', 3, '1955.1', '2015.1'])
            ws['D3'].number_format = '0.00'
            """)
        let rows = try RosterReader.read(try SheetFile.read(bytes: workbook, name: "x")).rows
        // What stands there as text may still have lost its zero in another program.
        #expect(rows.map { $0[.birth] } == ["1955.10", "1955.03", "1955.1"])
        #expect(rows.map { $0[.retirement] } == ["2015.1", "2015.10", "2015.1"])
    }

    @Test("The rows are a collection that can be walked either way")
    func collection() throws {
        let table = try roster("姓名,身份证号\n李,1\n王,2\n张,3\n")
        #expect(table.rows.count == 3)
        #expect(table.rows.reversed().map { $0[.name] } == ["张", "王", "李"])
        #expect(table.rows.last?.sheetRow == 4)
        #expect((table.sheetName, table.format) == ("名册.csv", .csv))
    }
}
