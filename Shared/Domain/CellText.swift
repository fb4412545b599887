/// Marks that stand for what is written in the row above (同上, 〃).
public enum DittoMark {
    public static func isOne(_ text: String) -> Bool { marks.contains(TextForm.removingBlanks(text)) }

    private static let marks: Set<String> = [
        "同上", "同前", "上同", "仝上", "同上行", "同上一行", "〃", "″", "”", "“", "\"", "''", "〞", "〝", "--〃--", "-\"-",
    ]
}

/// What a spreadsheet shows where it could not compute a value, and formulas that nobody has computed.
public enum ComputedCell {
    /// `#N/A`, `#REF!` and the like, in full-width form as well.
    public static func isError(_ text: String) -> Bool {
        guard text.hasPrefix("#") || text.hasPrefix("＃") else { return false }
        let narrow = TextForm.removingBlanks(TextForm.narrowing(text)).uppercased()
        return errors.contains(narrow)
    }

    /// `=VLOOKUP(…)`: a formula without a stored value.
    public static func isFormula(_ text: String) -> Bool { text.utf8.count > 1 && text.hasPrefix("=") }

    private static let errors: Set<String> = [
        "#N/A", "#NA", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
        "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!", "#GETTING_DATA", "#PYTHON!",
    ]
}
