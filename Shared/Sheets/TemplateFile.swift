import CXLSXWriter
import Glibc

/// A column that people fill in.
public struct TemplateColumn: Sendable {
    public var heading: String
    /// Shown when a cell of the column is chosen; empty for none.
    public var note: String
    /// To be chosen from a list.
    public var choices: [String]
    /// Whether nothing else may stand there.
    public var isClosed: Bool

    public init(_ heading: String, note: String = "", choices: [String] = [], isClosed: Bool = false) {
        self.heading = heading
        self.note = note
        self.choices = choices
        self.isClosed = isClosed
    }
}

/// A sheet that people fill in, with what is known already.
public struct TemplateSheet: Sendable {
    /// As `SheetWriter.sheetName`.
    public var name: String
    public var columns: [TemplateColumn]
    public var rows: [[String]]

    public init(name: String, columns: [TemplateColumn], rows: [[String]]) {
        self.name = name
        self.columns = columns
        self.rows = rows
    }
}

/// A workbook of several sheets to be filled in and sent back. Each cell is text, so that a class such as 4-1 does not
/// become a date; lists to choose from lie in a hidden sheet, because a list within the cell's own rule may have 255
/// characters at most.
public enum TemplateFile {
    private static let listSheet = "选项"
    /// Rows below those that are filled in which offer their lists, too.
    private static let freeRows = 5000

    /// Errors: `sheet.cannot-write`, `sheet.text-too-long`.
    public static func bytes(_ sheets: [TemplateSheet]) throws(SheetError) -> [UInt8] {
        let target = try UnlinkedFile()
        guard let workbook = workbook_new(target.path) else { throw .cannotWrite }
        do throws(SheetError) {
            try fill(workbook, sheets)
        } catch {
            // Closing is the only way to free a workbook.
            _ = workbook_close(workbook)
            throw error
        }
        guard workbook_close(workbook) == LXW_NO_ERROR else { throw .cannotWrite }
        return try target.contents()
    }

    private static func fill(
        _ workbook: UnsafeMutablePointer<lxw_workbook>, _ sheets: [TemplateSheet]
    ) throws(SheetError) {
        guard let text = workbook_add_format(workbook), let bold = workbook_add_format(workbook) else {
            throw .cannotWrite
        }
        format_set_num_format_index(text, 49)
        format_set_num_format_index(bold, 49)
        format_set_bold(bold)
        format_set_text_wrap(bold)
        var lists: [[String]] = []
        for sheet in sheets {
            guard let worksheet = workbook_add_worksheet(workbook, SheetWriter.tidied(sheet.name)) else {
                throw .cannotWrite
            }
            for (index, column) in sheet.columns.enumerated() {
                let texts = [column.heading] + sheet.rows.prefix(100).map { index < $0.count ? $0[index] : "" }
                let width = min(max((texts.map { SheetWriter.width($0) }.max() ?? 0) + 2, 8), 40)
                _ = worksheet_set_column(worksheet, lxw_col_t(index), lxw_col_t(index), width, text)
                try put(column.heading, 0, index, bold, worksheet)
                if !column.choices.isEmpty || !column.note.isEmpty {
                    if !column.choices.isEmpty { lists.append(column.choices) }
                    offer(column, list: lists.count - 1, at: index, below: sheet.rows.count, worksheet)
                }
            }
            worksheet_freeze_panes(worksheet, 1, 0)
            for (row, cells) in sheet.rows.enumerated() {
                for (index, cell) in cells.enumerated() where !cell.isEmpty {
                    try put(cell, row + 1, index, text, worksheet)
                }
            }
        }
        guard !lists.isEmpty else { return }
        guard let hidden = workbook_add_worksheet(workbook, listSheet) else { throw .cannotWrite }
        worksheet_hide(hidden)
        for (column, list) in lists.enumerated() {
            for (row, choice) in list.enumerated() { try put(choice, row, column, text, hidden) }
        }
    }

    private static func put(
        _ text: String, _ row: Int, _ column: Int, _ format: UnsafeMutablePointer<lxw_format>,
        _ sheet: UnsafeMutablePointer<lxw_worksheet>
    ) throws(SheetError) {
        let status = worksheet_write_string(
            sheet, lxw_row_t(row), lxw_col_t(column), SheetWriter.escaped(text), format)
        if status == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED { throw .textTooLong(row: row + 1) }
        guard status == LXW_NO_ERROR else { throw .cannotWrite }
    }

    private static func offer(
        _ column: TemplateColumn, list: Int, at index: Int, below rows: Int,
        _ sheet: UnsafeMutablePointer<lxw_worksheet>
    ) {
        var rule = lxw_data_validation()
        // libxlsxwriter copies the texts while it is called.
        let formula = strdup("='\(listSheet)'!$\(letters(list))$1:$\(letters(list))$\(max(1, column.choices.count))")
        // Excel takes 255 characters.
        let note = strdup(String(column.note.prefix(200)))
        defer {
            free(formula)
            free(note)
        }
        if column.choices.isEmpty {
            rule.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
        } else {
            rule.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            rule.value_formula = formula
        }
        rule.show_error = UInt8((column.isClosed ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF).rawValue)
        if !column.note.isEmpty { rule.input_message = note }
        _ = worksheet_data_validation_range(
            sheet, 1, lxw_col_t(index), lxw_row_t(rows + freeRows), lxw_col_t(index), &rule)
    }

    /// A, B … Z, AA …
    private static func letters(_ column: Int) -> String {
        var rest = column
        var text = ""
        repeat {
            text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
            rest = rest / 26 - 1
        } while rest >= 0
        return text
    }
}
