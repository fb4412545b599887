/// What is wrong with a file, a roster in it, or one of its dates. Never carries what a cell holds, because cells hold
/// personal data; headings and limits may appear.
public struct SheetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Stable slug such as `sheet.too-large`.
    public let code: String
    /// What is wrong, in Chinese.
    public let message: String
    /// What to do, in Chinese.
    public let hint: String

    public init(code: String, message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    public var description: String { "\(code): \(message)。\(hint)" }
}

extension SheetError {
    static let unreadable = SheetError(
        code: "sheet.unreadable", message: "文件无法打开", hint: "请核对文件是否存在、是否有读取权限，然后重试")
    static let emptyFile = SheetError(code: "sheet.empty-file", message: "文件是空的", hint: "请核对是否选错文件，或重新导出")
    static let oldFormat = SheetError(
        code: "sheet.old-format", message: "不支持这种表格格式（.xls、.et、.ods、.xlsb）",
        hint: "请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传")
    static let encrypted = SheetError(
        code: "sheet.encrypted", message: "表格设有打开密码", hint: "请取消密码后另存为 .xlsx，再上传")
    static let notASpreadsheet = SheetError(
        code: "sheet.not-a-spreadsheet", message: "这不是表格文件",
        hint: "请上传 .xlsx 或 .csv；改后缀名无效，请用 WPS 或 Excel 打开后另存为 .xlsx")
    static let damaged = SheetError(
        code: "sheet.damaged", message: "文件已损坏或不完整", hint: "请用 WPS 或 Excel 打开并另存为新的 .xlsx，或请对方重新发送")
    static let noVisibleSheet = SheetError(
        code: "sheet.no-visible-sheet", message: "文件中没有可见的工作表", hint: "请取消隐藏工作表后保存，再上传")
    static let zipBomb = SheetError(
        code: "sheet.zip-bomb", message: "文件的压缩比异常，为安全起见不予打开", hint: "请把数据复制到新的表格中保存为 .xlsx，再上传")
    static let wrongEncoding = SheetError(
        code: "sheet.wrong-encoding", message: "文本编码既不是 UTF-8，也不是 GB 18030",
        hint: "请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传")
    static let cannotWrite = SheetError(
        code: "sheet.cannot-write", message: "表格文件写不出来", hint: "请检查磁盘空间和目录权限后重试")

    static func tooLarge(limitInBytes: Int) -> SheetError {
        SheetError(
            code: "sheet.too-large", message: "文件超过 \(limitInBytes / 1_048_576) MB", hint: "请删去图片等无关内容，或拆成几个文件")
    }

    static func unpackedTooLarge(limitInBytes: Int) -> SheetError {
        SheetError(
            code: "sheet.unpacked-too-large", message: "文件展开后超过 \(limitInBytes / 1_048_576) MB",
            hint: "请删去无关的工作表，或拆成几个文件")
    }

    static func tooManyRows(limit: Int) -> SheetError {
        SheetError(code: "sheet.too-many-rows", message: "数据超过 \(limit) 行", hint: "请拆成几个文件分别上传")
    }

    static func tooManyColumns(limit: Int) -> SheetError {
        SheetError(code: "sheet.too-many-columns", message: "表格超过 \(limit) 列", hint: "请删去无关的列后再上传")
    }

    static func tooManyCells(limit: Int) -> SheetError {
        SheetError(code: "sheet.too-many-cells", message: "表格超过 \(limit) 个单元格", hint: "请删去无关的列，或拆成几个文件")
    }

    static func textTooLong(row: Int) -> SheetError {
        SheetError(
            code: "sheet.text-too-long", message: "第 \(row) 行有单元格超过 32767 个字符",
            hint: "请缩短该单元格；如是 csv 文件，请检查引号是否成对")
    }
}
