import Glibc
import Sheets
import Testing

/// Files made by programs other than ours: openpyxl writes workbooks, Python's zipfile writes the odd archives.
enum Samples {
    struct ProgramFailed: Error {
        var status: Int32
    }

    /// Runs a Python script that finds a path in `sys.argv[1]` and writes a file there; gives the file's bytes.
    static func python(_ script: String, arguments: [String] = []) throws -> [UInt8] {
        try withFolder { folder in
            let path = folder + "/sample"
            try run(script, arguments: [path] + arguments)
            return try bytes(path)
        }
    }

    /// A workbook; the script finds `wb` and its first sheet `ws`.
    static func workbook(_ script: String) throws -> [UInt8] {
        try python(
            """
            import sys, datetime
            from openpyxl import Workbook
            from openpyxl.styles import Alignment
            wb = Workbook(); ws = wb.active
            \(script)
            wb.save(sys.argv[1])
            """)
    }

    /// A deflated zip archive of these parts.
    static func zip(_ parts: [(name: String, content: String)]) throws -> [UInt8] {
        try python(
            """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
                for name, content in zip(sys.argv[2::2], sys.argv[3::2]): z.writestr(name, content)
            """, arguments: parts.flatMap { [$0.name, $0.content] })
    }

    /// A workbook of one sheet, written by hand: what lies inside `<sheetData>` and behind it.
    static func sheet(
        _ data: String, after: String = "", strings: String = "", styles: String = "", properties: String = ""
    ) throws -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let packages = "http://schemas.openxmlformats.org/package/2006/relationships"
        return try zip([
            (
                "_rels/.rels",
                """
                <Relationships xmlns="\(packages)">
                <Relationship Id="r" Type="\(office)/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """
            ),
            (
                "xl/workbook.xml",
                """
                <workbook xmlns="\(main)" xmlns:r="\(office)">\(properties)
                <sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>
                """
            ),
            (
                "xl/_rels/workbook.xml.rels",
                """
                <Relationships xmlns="\(packages)">
                <Relationship Id="r1" Type="\(office)/worksheet" Target="worksheets/sheet1.xml"/>
                <Relationship Id="r2" Type="\(office)/sharedStrings" Target="/xl/sharedStrings.xml"/>
                <Relationship Id="r3" Type="\(office)/styles" Target="../xl/styles.xml"/></Relationships>
                """
            ),
            ("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(strings)</sst>"),
            ("xl/styles.xml", "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"\(main)\"><sheetData>\(data)</sheetData>\(after)</worksheet>"
            ),
        ])
    }

    /// What openpyxl finds in a workbook: a line per row, cells parted by `|`, a number or date marked with `!`.
    static func openpyxl(_ workbook: [UInt8]) throws -> [String] {
        try withFolder { folder in
            try write(workbook, folder + "/book.xlsx")
            try run(
                """
                import sys
                from openpyxl import load_workbook
                ws = load_workbook(sys.argv[2]).worksheets[0]
                with open(sys.argv[1], 'w', encoding='utf-8') as f:
                    for row in ws.iter_rows():
                        f.write('|'.join(('' if c.value is None else str(c.value)) + ('' if c.data_type in 'sn' and
                            not (c.data_type == 'n' and c.value is not None) else '!') for c in row) + '\\n')
                """, arguments: [folder + "/sample", folder + "/book.xlsx"])
            let text = String(decoding: try bytes(folder + "/sample"), as: UTF8.self)
            return text.split(separator: "\n").map(String.init)
        }
    }

    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        var template = Array(("/tmp/sheets-test-" + String(repeating: "X", count: 6)).utf8CString)
        guard let made = mkdtemp(&template) else { throw ProgramFailed(status: errno) }
        let folder = String(cString: made)
        defer { try? spawn(["/bin/rm", "-rf", folder]) }
        return try body(folder)
    }

    static func write(_ bytes: [UInt8], _ path: String) throws {
        guard let file = fopen(path, "wb") else { throw ProgramFailed(status: errno) }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw ProgramFailed(status: errno) }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        rewind(file)
        return [UInt8](unsafeUninitializedCapacity: size) { $1 = fread($0.baseAddress, 1, size, file) }
    }

    private static func run(_ script: String, arguments: [String]) throws {
        try spawn(["/usr/bin/python3", "-c", script] + arguments)
    }

    private static func spawn(_ words: [String]) throws {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var process = pid_t()
        guard posix_spawn(&process, words[0], nil, nil, arguments, environ) == 0 else {
            throw ProgramFailed(status: errno)
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw ProgramFailed(status: status) }
    }
}

/// The rows of a sheet as text.
func texts(_ bytes: [UInt8], limits: SheetLimits = SheetLimits()) throws -> [[String]] {
    let sheet = try SheetFile.read(bytes: bytes, name: "名册", limits: limits)
    return (0..<sheet.rowCount).map { sheet.row(at: $0) }
}

func csv(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Expects an error with this code, with words for people.
func expect(_ code: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
    let error = #expect(throws: SheetError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    #expect(error?.message.isEmpty == false && error?.hint.isEmpty == false, sourceLocation: sourceLocation)
}
