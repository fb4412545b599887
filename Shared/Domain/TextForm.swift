/// The forms in which Chinese input methods and spreadsheets write the same text.
public enum TextForm {
    /// Spaces of every kind, line breaks, and what nobody sees.
    public static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: isInvisible(scalar)
        }
    }

    /// Control characters, the marks of writing direction that address books and chat programs put around numbers, and
    /// the zero-width characters that copying from web pages brings along. They stand for nothing.
    public static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x08, 0x0E...0x1F, 0x7F...0x84, 0x86...0x9F, 0xAD, 0x034F, 0x061C, 0x180E, 0x200B...0x200F,
            0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFC, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// What a cell or a field says: without invisible marks, with the usual ideographs, without blanks at the ends and
    /// without the apostrophe that marks a cell as text.
    public static func tidied(_ text: String) -> String {
        // Nearly every cell is tidy, and looking at it is much cheaper than writing it anew.
        let isTidy = text.unicodeScalars.allSatisfy { !isInvisible($0) && IdeographForm.usual($0) == $0 }
        var scalars = Array(
            trimming(isTidy ? text : rewriting(text) { isInvisible($0) ? nil : IdeographForm.usual($0) })
                .unicodeScalars)[...]
        guard let first = scalars.first, apostrophes.contains(first) else {
            return isTidy ? trimming(text) : String(String.UnicodeScalarView(scalars))
        }
        while let first = scalars.first, apostrophes.contains(first) || isBlank(first) { scalars.removeFirst() }
        while let last = scalars.last, apostrophes.contains(last) || isBlank(last) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Those in front of a cell mark it as text.
    private static let apostrophes: Set<Unicode.Scalar> = [
        "'", "`", "\u{00B4}", "\u{2018}", "\u{2019}", "\u{201B}", "\u{2032}", "\u{FF07}",
    ]

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
        while let first = scalars.first, apostrophes.contains(first) { scalars.removeFirst() }
        while let last = scalars.last, apostrophes.contains(last) { scalars.removeLast() }
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
