/// A row that could not be taken, with why and what to do.
public struct SetAsideLine: Hashable, Sendable {
    /// The row in the file that was sent, counted from 1.
    public var sheetRow: Int
    /// The cells under the roster's headings, as they were sent.
    public var original: [String]
    /// In Chinese.
    public var reason: String
    /// In Chinese; empty when there is nothing to suggest.
    public var hint: String

    public init(sheetRow: Int, original: [String], reason: String, hint: String) {
        self.sheetRow = sheetRow
        self.original = original
        self.reason = reason
        self.hint = hint
    }

    public init(_ row: RosterRow, reason: String, hint: String) {
        self.init(sheetRow: row.sheetRow, original: row.original, reason: reason, hint: hint)
    }
}

/// The rows that were set aside, as a file of the format in which they came: the sender repairs it and sends it again.
/// `RosterReader` leaves out the three columns that are added here.
public enum SetAsideFile {
    static let rowHeading = "原文件行号"
    static let reasonHeading = "原因"
    static let hintHeading = "修改建议"
    /// The columns behind the sender's own.
    public static let addedHeadings = [rowHeading, reasonHeading, hintHeading]

    /// Errors: `sheet.cannot-write`, `sheet.text-too-long`.
    public static func bytes(
        headings: [String], rows: some Collection<SetAsideLine>, format: SheetFormat
    ) throws(SheetError) -> [UInt8] {
        let lines = rows.lazy.map { row in
            (0..<headings.count).map { $0 < row.original.count ? row.original[$0] : "" }
                + [String(row.sheetRow), row.reason, row.hint]
        }
        return try SheetWriter(sheetName: "未导入人员", header: headings + addedHeadings)
            .bytes(Array(lines), format: format)
    }

    /// Replaces the file at `path` in one step. Errors: as `bytes`.
    public static func write(
        headings: [String], rows: some Collection<SetAsideLine>, format: SheetFormat, path: String
    ) throws(SheetError) {
        try SheetWriter.write(try bytes(headings: headings, rows: rows, format: format), path: path)
    }
}
