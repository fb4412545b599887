import CXLSXWriter
import Domain
import Glibc

/// A table to be written: one header row that stays in sight, then rows of text cells. Identity numbers and bank
/// accounts stay whole, because no cell is ever a number.
public struct SheetWriter: Sendable {
    /// At most 31 characters, none of `[]:*?/\`; others are left out.
    public var sheetName: String
    public var header: [String]
    /// In characters of ASCII width; by default from the header and the first rows.
    public var columnWidthsInCharacters: [Double]?

    public init(sheetName: String, header: [String], columnWidthsInCharacters: [Double]? = nil) {
        self.sheetName = sheetName
        self.header = header
        self.columnWidthsInCharacters = columnWidthsInCharacters
    }

    /// Errors: `sheet.cannot-write`, `sheet.text-too-long`, `sheet.too-many-columns`.
    public func bytes(
        _ rows: some Collection<[String]>, format: SheetFormat = .xlsx
    ) throws(SheetError) -> [UInt8] {
        switch format {
        case .csv: CommaSeparatedWriter.bytes(header: header, rows: rows)
        case .xlsx: try workbook(rows)
        }
    }

    /// Writes beside the path first and renames, so that nobody ever sees half a file. The file is the owner's alone.
    ///
    /// Errors: as `bytes`.
    public func write(
        _ rows: some Collection<[String]>, format: SheetFormat = .xlsx, path: String
    ) throws(SheetError) {
        try Self.write(try bytes(rows, format: format), path: path)
    }

    static func write(_ bytes: [UInt8], path: String) throws(SheetError) {
        let partial = "\(path).\(getpid()).partial"
        // open(2) takes its mode as a variadic argument, which Swift does not call; creat(2) does the same.
        let descriptor = creat(partial, 0o600)
        guard descriptor >= 0, let file = fdopen(descriptor, "wb") else { throw .cannotWrite }
        let count = fwrite(bytes, 1, bytes.count, file)
        let isFlushed = fflush(file) == 0 && fsync(descriptor) == 0
        guard fclose(file) == 0, isFlushed, count == bytes.count, rename(partial, path) == 0 else {
            unlink(partial)
            throw .cannotWrite
        }
    }

    private func workbook(_ rows: some Collection<[String]>) throws(SheetError) -> [UInt8] {
        let target = try UnlinkedFile()
        let folder = UnlinkedFile.memoryFolder(roomInBytes: unpackedSizeInBytes(rows)).flatMap { strdup($0) }
        defer { free(folder) }
        var options = lxw_workbook_options()
        // Rows go out one by one instead of being held until the end (libxlsxwriter, "Constant memory mode").
        options.constant_memory = 1
        options.tmpdir = folder
        guard let workbook = workbook_new_opt(target.path, &options) else { throw .cannotWrite }
        do throws(SheetError) {
            try fill(workbook, rows)
        } catch {
            // Closing is the only way to free a workbook.
            _ = workbook_close(workbook)
            throw error
        }
        guard workbook_close(workbook) == LXW_NO_ERROR else { throw .cannotWrite }
        return try target.contents()
    }

    /// What libxlsxwriter's working file will take: each text with its element, twice while it is put together.
    private func unpackedSizeInBytes(_ rows: some Collection<[String]>) -> Int {
        rows.reduce(1_048_576) { size, row in row.reduce(size) { $0 + 2 * ($1.utf8.count + 80) } }
    }

    private func fill(
        _ workbook: UnsafeMutablePointer<lxw_workbook>, _ rows: some Collection<[String]>
    ) throws(SheetError) {
        guard let sheet = workbook_add_worksheet(workbook, tidySheetName), let text = workbook_add_format(workbook),
            let bold = workbook_add_format(workbook)
        else { throw .cannotWrite }
        // Format 49 is `@`: what somebody types into the cell later stays text as well.
        format_set_num_format_index(text, 49)
        format_set_num_format_index(bold, 49)
        format_set_bold(bold)
        format_set_text_wrap(bold)
        for (index, width) in widths(rows).enumerated() {
            guard index < 16_384 else { throw .tooManyColumns(limit: 16_384) }
            _ = worksheet_set_column(sheet, lxw_col_t(index), lxw_col_t(index), width, text)
        }
        worksheet_freeze_panes(sheet, 1, 0)
        try put(header, row: 0, format: bold, sheet)
        for (index, row) in rows.enumerated() {
            guard index < 1_048_575 else { throw .tooManyRows(limit: 1_048_575) }
            try put(row, row: index + 1, format: text, sheet)
        }
    }

    private func put(
        _ texts: [String], row: Int, format: UnsafeMutablePointer<lxw_format>,
        _ sheet: UnsafeMutablePointer<lxw_worksheet>
    ) throws(SheetError) {
        for (column, text) in texts.enumerated() where !text.isEmpty {
            guard column < 16_384 else { throw .tooManyColumns(limit: 16_384) }
            let status = worksheet_write_string(
                sheet, lxw_row_t(row), lxw_col_t(column), Self.escaped(text), format)
            if status == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED { throw .textTooLong(row: row + 1) }
            guard status == LXW_NO_ERROR else { throw .cannotWrite }
        }
    }

    /// Characters that XML cannot hold are written as escapes, and what only looks like an escape has its underscore
    /// escaped (ECMA-376 part 1, 22.9.2.19).
    static func escaped(_ text: String) -> String {
        let needsCare = text.utf8.contains { ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A) || $0 == 0x5F || $0 == 0xEF }
        guard needsCare else { return text }
        var result = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            switch scalar.value {
            case 0x00...0x08, 0x0B...0x1F, 0xFFFE, 0xFFFF:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result.append(
                    contentsOf: "_x\(String(repeating: "0", count: 4 - digits.count))\(digits)_".unicodeScalars)
            case 0x5F where index + 1 < scalars.count && scalars[index + 1] == "x":
                result.append(contentsOf: "_x005F_".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private var tidySheetName: String { Self.tidied(sheetName) }

    static func tidied(_ sheetName: String) -> String {
        let name = String(sheetName.filter { !"[]:*?/\\'".contains($0) }.prefix(31))
        return name.isEmpty ? "Sheet1" : name
    }

    private func widths(_ rows: some Collection<[String]>) -> [Double] {
        if let columnWidthsInCharacters { return columnWidthsInCharacters }
        var widths = header.map { Self.width($0) }
        for row in rows.prefix(200) {
            for (index, text) in row.enumerated() where index < widths.count {
                widths[index] = max(widths[index], Self.width(text))
            }
        }
        return widths.map { min(max($0 + 2, 6), 50) }
    }

    /// Ideographs and full-width forms take two characters.
    static func width(_ text: String) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
    }
}
