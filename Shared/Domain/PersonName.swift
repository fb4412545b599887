/// A person's name in the one form in which it is stored and compared.
public struct PersonName: TextCoded, Comparable {
    public let text: String

    /// At most this many characters. The longest names of the county's peoples stay well below.
    public static let maximumLength = 50

    /// Brings a name into its form: blanks at the ends go, the many dots that stand for the interpunct become `·`
    /// (U+00B7), and blanks inside a purely Chinese name go too, because rosters space `李 明` to align it with names of
    /// three characters. So do invisible marks, and radicals and compatibility ideographs become the usual characters.
    ///
    /// Errors: `name.empty`, `name.too-long`, `name.wrong-character` (digits, punctuation, notes in brackets).
    public init(validating text: String) throws(DomainError) {
        var scalars: [Unicode.Scalar] = []
        for scalar in TextForm.tidied(TextForm.narrowing(text)).unicodeScalars {
            if TextForm.isBlank(scalar) {
                if scalars.last != " ", !scalars.isEmpty { scalars.append(" ") }
            } else {
                scalars.append(Self.dots.contains(scalar) ? "·" : scalar)
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        scalars = Self.tidied(scalars)
        guard scalars.contains(where: Self.isLetter) else {
            throw .init(code: "name.empty", message: "姓名为空，请补填姓名")
        }
        guard scalars.allSatisfy({ Self.isLetter($0) || Self.isJoiner($0) }) else {
            throw .init(code: "name.wrong-character", message: "姓名中有数字、标点或括注，请只写姓名，说明请写在备注栏")
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        let name = String(view)
        guard name.count <= Self.maximumLength else {
            throw .init(code: "name.too-long", message: "姓名超过 \(Self.maximumLength) 个字，请核对是否混入了其他内容")
        }
        self.text = name
    }

    /// Nil when `init(validating:)` would throw.
    public init?(_ text: String) {
        guard let name = try? PersonName(validating: text) else { return nil }
        self = name
    }

    public var description: String { text }

    /// The distinct characters by which a name is found, in order, without dots and blanks, Latin letters small.
    /// Full-text indexes of three characters never find a two-character Chinese name, so single characters are indexed.
    public var searchCharacters: [Character] {
        var seen: Set<Character> = []
        return text.lowercased().filter { character in
            character.unicodeScalars.contains(where: Self.isLetter) && seen.insert(character).inserted
        }.map { $0 }
    }

    /// The first character, the rest as stars: `李**`.
    public var masked: String { text.prefix(1) + String(repeating: "*", count: max(1, text.count - 1)) }

    public static func < (left: PersonName, right: PersonName) -> Bool { left.text < right.text }

    /// Blanks inside a Chinese name and around interpuncts mean nothing; those between Latin words part them.
    private static func tidied(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let isChinese = scalars.allSatisfy { TextForm.isHan($0) || isJoiner($0) || isVariationSelector($0) }
        return scalars.enumerated().filter { index, scalar in
            guard scalar == " " else { return true }
            return !isChinese && scalars[index - 1] != "·" && scalars[index + 1] != "·"
        }.map(\.element)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        // U+3007 is a letter number in Unicode, but an everyday character in names.
        TextForm.isHan(scalar) || scalar.properties.isAlphabetic || isVariationSelector(scalar)
            || scalar.properties.generalCategory == .nonspacingMark
    }

    private static func isVariationSelector(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isVariationSelector }

    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "·" || scalar == " " || scalar == "-" || scalar == "'"
    }

    /// Bullet, katakana middle dots, hyphenation point, bullet and dot operators, Greek ano teleia, one dot leader,
    /// full stop.
    private static let dots: Set<Unicode.Scalar> = [
        "\u{00B7}", "\u{2022}", "\u{30FB}", "\u{FF65}", "\u{2027}", "\u{2219}", "\u{22C5}", "\u{0387}", "\u{2024}",
        ".",
    ]
}
