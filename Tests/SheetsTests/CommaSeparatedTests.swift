import Sheets
import Testing

@Suite struct CommaSeparatedTests {
    @Test("Commas, tabs and semicolons part fields; the headings decide between them")
    func separators() throws {
        #expect(try texts(csv("姓名,身份证号\n李明,1\n")) == [["姓名", "身份证号"], ["李明", "1"]])
        #expect(try texts(csv("姓名\t身份证号\n李,明\t1\n")) == [["姓名", "身份证号"], ["李,明", "1"]])
        #expect(try texts(csv("姓名;身份证号\n李,明,x,y;1\n")) == [["姓名", "身份证号"], ["李,明,x,y", "1"]])
        #expect(try texts(csv("a\tb\n1\t2\n")) == [["a", "b"], ["1", "2"]])
    }

    @Test("A declared separator counts, and its line keeps its number")
    func declared() throws {
        let sheet = try SheetFile.read(bytes: csv("sep=|\r\na,b|c\r\n"), name: "x")
        #expect(sheet.row(at: 0) == ["a,b", "c"])
        #expect(sheet.number(ofRow: 0) == 2)
    }

    @Test("Quoted fields hold separators, quotes and line breaks")
    func quotes() throws {
        let text = "\"a,\"\"b\"\"\nc\",d\r\n\"\",\"x\"y\r\n\"e\""
        #expect(try texts(csv(text)) == [["a,\"b\"\nc", "d"], ["", "xy"], ["e"]])
    }

    @Test("All line ends are known, and rows keep their numbers across empty lines")
    func lines() throws {
        let sheet = try SheetFile.read(bytes: csv("a\r\n\r\nb\rc\n\n \nd"), name: "x")
        #expect((0..<sheet.rowCount).map { sheet.row(at: $0) } == [["a"], ["b"], ["c"], ["d"]])
        #expect((0..<sheet.rowCount).map { sheet.number(ofRow: $0) } == [1, 3, 4, 7])
    }

    @Test("What marks a field as text is taken off")
    func guards() throws {
        let text = "=\"0012\",\"=\"\"0012\"\"\",'=1+1,'+86,'abc,\t0012\n"
        #expect(try texts(csv(text)) == [["0012", "0012", "=1+1", "+86", "'abc", "\t0012"]])
    }

    @Test("The encodings of Chinese offices are told apart")
    func encodings() throws {
        let rows = [["姓名", "身份证号"], ["䶮𠮷", "1"]]
        let text = "姓名,身份证号\n䶮𠮷,1\n"
        #expect(try texts(csv(text)) == rows)
        #expect(try texts(csv("\u{FEFF}" + text)) == rows)
        let gb18030: [UInt8] =
            [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xC9, 0xED, 0xB7, 0xDD, 0xD6, 0xA4, 0xBA, 0xC5, 0x0A]
            + [0xFE, 0x9F, 0x95, 0x34, 0xB2, 0x35, 0x2C, 0x31, 0x0A]
        #expect(try texts(gb18030) == rows)
        let little: [UInt8] =
            [0xFF, 0xFE]
            + text.utf16.flatMap { (unit: UInt16) -> [UInt8] in
                [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            }
        #expect(try texts(little) == rows)
        let big: [UInt8] =
            [0xFE, 0xFF]
            + text.utf16.flatMap { (unit: UInt16) -> [UInt8] in
                [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            }
        #expect(try texts(big) == rows)
    }

    @Test("Every character of GB 18030 that Python knows is read the same")
    func wholeEncoding() throws {
        let bytes = try Samples.python(
            """
            import sys
            chars = [chr(c) for c in range(0x4e00, 0xa000)] + [chr(c) for c in range(0x3400, 0x4db6)]
            chars += [chr(c) for c in range(0x20000, 0x2a6d7, 7)]
            open(sys.argv[1], 'wb').write(('姓名,' + ''.join(chars[:30000]) + '\\n').encode('gb18030'))
            """)
        let row = try texts(bytes)[0]
        let expected =
            (Array(0x4E00..<0xA000) + Array(0x3400..<0x4DB6) + Array(stride(from: 0x20000, to: 0x2A6D7, by: 7)))
            .prefix(30_000)
        #expect(row[1].unicodeScalars.map { Int($0.value) } == Array(expected))
    }

    @Test("Bytes that are no text in any of them are told so")
    func wrong() {
        expect("sheet.wrong-encoding") { _ = try texts(csv("姓名,") + [0xFF, 0xFF, 0x0A]) }
        expect("sheet.wrong-encoding") { _ = try texts([0xEF, 0xBB, 0xBF, 0xD0, 0xD5]) }
        expect("sheet.wrong-encoding") { _ = try texts([0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]) }
        expect("sheet.wrong-encoding") { _ = try texts([0xD0]) }
    }
}
