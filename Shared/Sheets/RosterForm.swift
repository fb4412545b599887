import Domain

/// The empty roster that is handed out: every column that is understood, under its usual heading. Its cells are text,
/// so that no number loses its digits.
public enum RosterForm {
    /// Errors: `sheet.cannot-write`.
    public static func bytes() throws(SheetError) -> [UInt8] {
        let columns = RosterField.allCases.map { field in
            TemplateColumn(
                (RosterField.required.contains(field) ? "*" : "") + field.heading, note: note(field),
                choices: choices(field))
        }
        return try TemplateFile.bytes([TemplateSheet(name: "名册", columns: columns, rows: [])])
    }

    /// Replaces the file at `path` in one step. Errors: as `bytes`.
    public static func write(path: String) throws(SheetError) { try SheetWriter.write(try bytes(), path: path) }

    private static func choices(_ field: RosterField) -> [String] {
        switch field {
        case .sex: ["男", "女"]
        case .township: Township.all.map(\.name)
        case .politicalStatus: ["中共党员", "中共预备党员", "群众"]
        case .partyMember, .ownApplication: ["是", "否"]
        case .retirementKind: ["退休", "退职", "离休"]
        case .pensionPlace, .medicalPlace: ["红河县", "州本级", "省本级", "企业自管"]
        default: []
        }
    }

    private static func note(_ field: RosterField) -> String {
        switch field {
        case .identityNumber: "18 位，末位 X 用英文字母"
        case .birth, .workStart, .retirement: "写成 1955-12 或 1955-12-31"
        case .death: "已去世的填日期；健在的留空"
        case .partyMember: "已填政治面貌的可不填"
        case .ownApplication: "户籍、参保都不在本县，而本人申请移交到所填乡镇的，填“是”"
        case .basicPension: "元/月"
        default: ""
        }
    }
}
