import Contracts
import Domain

/// Where in a batch's rows each field stands.
struct RosterColumns: Sendable {
    private let places: [String: Int]

    init(_ columns: [String]?) {
        places = Dictionary(
            (columns ?? []).enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { _, last in last })
    }

    subscript(_ field: RosterField) -> Int? { places[field.rawValue] }
}

/// A row's cells, tidied; an absent one is empty, and so is one that holds no datum.
struct Cells: Sendable {
    private let texts: [RosterField: String]
    /// What no datum is, in the order of the fields: an error of the spreadsheet, a formula that nobody has computed, a
    /// ditto mark that has nothing above it. It is a fault of the file, and nothing is concluded from it.
    let broken: [RosterField: RosterFault]

    init(row: RosterRowInput, columns: RosterColumns) {
        var texts: [RosterField: String] = [:]
        var broken: [RosterField: RosterFault] = [:]
        for field in RosterField.allCases {
            let text = TextForm.tidied(Self.written(row, columns, field))
            guard !text.isEmpty else { continue }
            if let fault = Self.fault(text, field) {
                broken[field] = fault
            } else {
                texts[field] = text
            }
        }
        self.texts = texts
        self.broken = broken
    }

    subscript(_ field: RosterField) -> String { texts[field] ?? "" }

    private static func written(_ row: RosterRowInput, _ columns: RosterColumns, _ field: RosterField) -> String {
        if let told = row.cells?[field.rawValue] { return told }
        guard let place = columns[field], place < row.original.count else { return "" }
        return row.original[place]
    }

    private static func fault(_ text: String, _ field: RosterField) -> RosterFault? {
        if ComputedCell.isError(text) {
            return .fault(
                field, "roster.row.error-value", "\(field.heading)是表格公式的错误值（如 #N/A），不是数据", "请填写实际内容；没有内容的留空")
        }
        if ComputedCell.isFormula(text) {
            return .fault(
                field, "roster.row.formula-without-value", "\(field.heading)是没有计算结果的公式",
                "请用 WPS 或 Excel 打开文件，保存后重新上传，或把公式改成实际内容")
        }
        if DittoMark.isOne(text) {
            return .fault(
                field, "roster.row.ditto", "\(field.heading)写的是“同上”，上一行没有可用的内容", "请填写实际内容")
        }
        return nil
    }
}
