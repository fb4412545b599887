import Domain
import Sheets
import Testing

/// Splitmix64: a run is repeated by its seed.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite struct FuzzTests {
    private var limits: SheetLimits {
        var limits = SheetLimits()
        limits.unpackedInBytes = 4 * 1_048_576
        limits.cells = 100_000
        return limits
    }

    /// Reads what may be anything: either rows come out, or an error with a code of ours.
    private func read(_ bytes: [UInt8]) -> Bool {
        do throws(SheetError) {
            let sheet = try SheetFile.read(bytes: bytes, name: "x", limits: limits)
            for row in 0..<sheet.rowCount { _ = sheet.row(at: row) }
            let table = try RosterReader.read(sheet)
            for row in table.rows { for text in row.cells.values { _ = try? RosterDate.parse(text) } }
            return true
        } catch {
            #expect(error.code.hasPrefix("sheet.") || error.code.hasPrefix("roster."))
            return false
        }
    }

    @Test("Archives with changed, cut and repeated bytes never crash the reader")
    func archives() throws {
        let sample = try Samples.workbook(
            """
            ws.append(['姓名', '身份证号', '出生年月']); ws.merge_cells('A5:B9')
            for i in range(20): ws.append(['李明', str(i), datetime.date(1955, 12, 31)])
            """)
        #expect(read(sample))
        var random = Seeded(state: 2020_07_31)
        for _ in 0..<1500 { _ = read(mutated(sample, &random)) }
    }

    @Test("Sheets, strings and styles with changed XML never crash the reader")
    func sheets() throws {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let parts: [(name: String, content: String)] = [
            (
                "xl/workbook.xml",
                """
                <workbook><workbookPr date1904="0"/><sheets><sheet name="a" id="r"/></sheets></workbook>
                """
            ),
            (
                "xl/_rels/workbook.xml.rels",
                """
                <Relationships><Relationship Id="r" Type="\(type)worksheet" Target="worksheet.xml"/>
                <Relationship Id="t" Type="\(type)sharedStrings" Target="sharedStrings.xml"/>
                <Relationship Id="u" Type="\(type)styles" Target="styles.xml"/></Relationships>
                """
            ),
            (
                "xl/sharedStrings.xml",
                """
                <sst><si><t>姓名</t></si><si><r><t>身份证号_x000D_</t></r><rPh><t>x</t></rPh></si></sst>
                """
            ),
            (
                "xl/styles.xml",
                """
                <s><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;[h]:\\x_0.00;@"/></numFmts>
                <cellXfs><xf numFmtId="170"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></s>
                """
            ),
            (
                "xl/worksheet.xml",
                """
                <worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
                <row r="2"><c r="A2" s="1"><v>20454.5</v></c><c r="B2" t="b"><v>1</v></c><c s="2"><v>0.5</v></c></row>
                <row r="4"><c t="inlineStr"><is><t>李</t></is></c><c s="0"><v>1E5</v></c>
                <c t="d"><v>2020-01-01</v></c></row>
                </sheetData><mergeCells count="1"><mergeCell ref="C2:C4"/></mergeCells></worksheet>
                """
            ),
        ]
        #expect(read(StoredArchive.bytes(parts)))
        let marks = [
            "\"", "<", ">", "99999999999", "-1", "ZZZZ1", "s", "</v>", "1e308", "nan", "inf", ":", "$", "0", "é", "",
        ]
        var random = Seeded(state: 7)
        var survivors = 0
        for _ in 0..<4000 {
            var changed = parts
            let part = Int.random(in: 0..<parts.count, using: &random)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                var text = Array(changed[part].content)
                let place = Int.random(in: 0..<text.count, using: &random)
                let end = min(text.count, place + Int.random(in: 0...3, using: &random))
                text.replaceSubrange(place..<end, with: marks.randomElement(using: &random) ?? "")
                changed[part].content = String(text)
            }
            if read(StoredArchive.bytes(changed)) { survivors += 1 }
        }
        // Were nearly all refused at once, the inner parts would never have been tried.
        #expect(survivors > 200)
    }

    @Test("Separated text with changed bytes never crashes the reader")
    func separated() {
        let sample = csv("名册,,\n姓名,身份证号,出生年月\n\"李,明\",532529195512310028,1955.1\n王五,=\"1\",1955.03\n合计,,\n")
        #expect(read(sample))
        var random = Seeded(state: 6)
        for _ in 0..<3000 { _ = read(mutated(sample, &random)) }
    }

    private func mutated(_ sample: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = sample
        for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...16, using: &random)))
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 12)], at: place)
            default: bytes.replaceSubrange(place..<min(bytes.count, place + 4), with: [255, 255, 255, 127])
            }
        }
        return bytes
    }
}
