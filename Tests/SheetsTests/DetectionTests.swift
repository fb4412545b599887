import Glibc
import Sheets
import Testing

@Suite struct DetectionTests {
    @Test("What is no spreadsheet is told so, whatever its name")
    func others() throws {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let document = try Samples.zip([
            (
                "_rels/.rels",
                "<Relationships><Relationship Id='r' Type='\(office)/officeDocument'"
                    + " Target='word/document.xml'/></Relationships>"
            ),
            ("word/document.xml", "<document/>"),
        ])
        let others: [[UInt8]] = [
            csv("%PDF-1.7"), [0x89, 0x50, 0x4E, 0x47, 13, 10], [0xFF, 0xD8, 0xFF, 0xE0], csv("GIF89a"),
            csv("Rar!\u{1A}"), [0x50, 0x4B, 5, 6, 0, 0], csv("{\\rtf1"), csv("a\0b"), [0x1F, 0x8B, 8],
            csv("\n  <HTML><table>"), csv("<!DOCTYPE html>"), csv("<?xml version='1.0'?><Workbook/>"),
            csv("\u{FEFF}<table>"), document, try Samples.zip([("readme.txt", "x")]),
            compound(["Root Entry", "WordDocument"]),
        ]
        for bytes in others { expect("sheet.not-a-spreadsheet") { _ = try texts(bytes) } }
    }

    @Test("Old formats ask to be saved as xlsx")
    func old() throws {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let binary = try Samples.zip([
            (
                "_rels/.rels",
                "<Relationships><Relationship Id='r' Type='\(office)/officeDocument'"
                    + " Target='xl/workbook.bin'/></Relationships>"
            )
        ])
        let open = try Samples.zip([
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<x/>"),
        ])
        for bytes in [compound(["Root Entry", "Workbook"]), compound([]), binary, open] {
            expect("sheet.old-format") { _ = try texts(bytes) }
        }
        let error = #expect(throws: SheetError.self) { try texts(compound(["Workbook"])) }
        #expect(error?.hint.contains(".xlsx") == true)
    }

    @Test("Encrypted workbooks ask for one without a password")
    func encrypted() throws {
        expect("sheet.encrypted") { _ = try texts(compound(["Root Entry", "EncryptionInfo", "EncryptedPackage"])) }
        // The flag of traditional encryption, set in the local header and in the directory.
        var bytes = try Samples.sheet("")
        for (signature, offset) in [([0x50, 0x4B, 3, 4] as [UInt8], 6), ([0x50, 0x4B, 1, 2], 8)] {
            for start in bytes.indices.dropLast(46) where bytes[start..<start + 4].elementsEqual(signature) {
                bytes[start + offset] |= 1
            }
        }
        expect("sheet.encrypted") { _ = try texts(bytes) }
    }

    @Test("Damaged archives are told so")
    func damaged() throws {
        let bytes = try Samples.workbook("ws.append(['姓名'] * 50)")
        expect("sheet.damaged") { _ = try texts(Array(bytes.prefix(bytes.count / 2))) }
        expect("sheet.damaged") { _ = try texts(Array(bytes.prefix(20))) }
        expect("sheet.damaged") { _ = try texts(try Samples.sheet("<row>")) }
        expect("sheet.damaged") { _ = try texts(try Samples.sheet("<row><c t=\"s\"><v>5</v></c></row>")) }
        expect("sheet.damaged") {
            _ = try texts(try Samples.zip([("xl/workbook.xml", "<workbook><sheet id='a'/></workbook>")]))
        }
    }

    @Test("A document type, and with it expanding entities, is refused")
    func entities() throws {
        let bomb = """
            <!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>
            """
        expect("sheet.damaged") { _ = try texts(try Samples.zip([("xl/workbook.xml", bomb)])) }
    }

    @Test("A workbook without visible sheets is told so")
    func hidden() throws {
        let bytes = try Samples.zip([
            ("xl/workbook.xml", "<workbook><sheets><sheet name='a' id='r' state='hidden'/></sheets></workbook>")
        ])
        expect("sheet.no-visible-sheet") { _ = try texts(bytes) }
    }

    @Test("Empty files are told so")
    func empty() {
        for bytes in [[], csv("\n\n"), csv(",,\n"), [0xEF, 0xBB, 0xBF]] {
            expect("sheet.empty-file") { _ = try texts(bytes) }
        }
    }

    @Test("Paths that cannot be read are told so")
    func paths() throws {
        expect("sheet.unreadable") { _ = try SheetFile.read(path: "/nowhere/名册.xlsx") }
        expect("sheet.unreadable") { _ = try SheetFile.read(path: "/tmp") }
        try Samples.withFolder { folder in
            #expect(mkfifo(folder + "/pipe", 0o600) == 0)
            expect("sheet.unreadable") { _ = try SheetFile.read(path: folder + "/pipe") }
            try Samples.write(csv("姓名,身份证号\n李明,1\n"), folder + "/名册.xls")
            let sheet = try SheetFile.read(path: folder + "/名册.xls")
            #expect((sheet.name, sheet.format, sheet.rowCount) == ("名册.xls", .csv, 2))
        }
    }

    /// The beginning of a compound file with directory entries of these names.
    private func compound(_ names: [String]) -> [UInt8] {
        var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + Array(repeating: 0, count: 504)
        for name in names {
            let entry = name.utf8.flatMap { (byte: UInt8) -> [UInt8] in [byte, 0] }
            bytes += entry + Array(repeating: 0, count: 128 - entry.count)
        }
        return bytes
    }
}
