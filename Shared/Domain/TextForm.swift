/// The forms in which Chinese input methods and spreadsheets write the same text.
public enum TextForm {
    /// Spaces of every kind, line breaks, and the invisible characters that copying from web pages brings along.
    public static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x00AD, 0x1680, 0x180E, 0x2000...0x200F, 0x2028, 0x2029, 0x202F, 0x205F,
            0x2060, 0x3000, 0xFEFF:
            true
        default: false
        }
    }

    /// Turns full-width digits and letters (１２３ＡＢＣ) into ASCII and leaves punctuation alone, because addresses are
    /// rightly written with full-width brackets.
    public static func narrowingLettersAndDigits(_ text: String) -> String {
        guard containsFullWidth(text) else { return text }
        return rewriting(text) { scalar in
            switch scalar.value {
            case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: Unicode.Scalar(scalar.value - 0xFEE0)
            default: scalar
            }
        }
    }

    /// Turns every full-width form of an ASCII character into that character.
    public static func narrowing(_ text: String) -> String {
        guard containsFullWidth(text) else { return text }
        return rewriting(text) { scalar in
            switch scalar.value {
            case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
            case 0xFFE5: "¥"
            default: scalar
            }
        }
    }

    /// Without the blanks at both ends.
    public static func trimming(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last, isBlank(first) || isBlank(last) else { return text }
        guard let start = scalars.firstIndex(where: { !isBlank($0) }),
            let end = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(text[start...end])
    }

    /// Without any blank at all.
    public static func removingBlanks(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isBlank) else { return text }
        return rewriting(text) { isBlank($0) ? nil : $0 }
    }

    /// The form in which identifiers are compared: ASCII width, no blanks, capital letters, and without the apostrophe
    /// that spreadsheets use to mark a cell as text.
    public static func identifier(_ text: String) -> String {
        var scalars = Array(removingBlanks(narrowing(text)).uppercased().unicodeScalars)
        if let first = scalars.first, first == "'" || first == "\u{2018}" || first == "\u{2019}" || first == "`" {
            scalars.removeFirst()
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    /// True for ideographs, including the rare ones outside GBK, and for the private-use characters that older systems
    /// put in their place.
    public static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isIdeographic || scalar.properties.generalCategory == .privateUse
    }

    /// Most cells hold no full-width form; looking at the bytes alone is many times faster than decoding them.
    private static func containsFullWidth(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.contains(0xEF) } ?? text.utf8.contains(0xEF)
    }

    private static func rewriting(_ text: String, _ change: (Unicode.Scalar) -> Unicode.Scalar?) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let changed = change(scalar) { result.append(changed) }
        }
        return String(result)
    }
}
