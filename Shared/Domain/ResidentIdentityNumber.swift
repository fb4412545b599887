/// A resident identity number (公民身份号码), GB 11643-1999: six digits for the area of first registration, eight for the
/// birthday, three in sequence (odd for men) and a check character.
///
/// The area is never a reason to refuse: people move, and the area stays what it was at birth.
public struct ResidentIdentityNumber: Hashable, Codable, Sendable, CustomStringConvertible {
    /// Eighteen characters, the last possibly a capital X. Personal data: never log it, use `masked`.
    public let text: String
    public let birthday: CalendarDay

    /// Takes the number as people write it: full-width digits, blanks, a small x, and the fifteen digits of cards
    /// issued before October 1999, which become eighteen by inserting `19` and appending the check character.
    public init(_ text: String) throws(IdentityNumberError) {
        let written = Self.withUsualX(TextForm.identifier(text))
        guard !written.isEmpty else { throw .emptyValue }
        guard !written.contains("*") else { throw .masked }
        var characters = Array(written.utf8)
        if characters.count == 17, characters.suffix(2).elementsEqual(".0".utf8) { characters.removeLast(2) }
        guard !Self.isScientific(characters) else { throw .scientificNotation }
        guard characters.dropLast().allSatisfy(Self.isDigit), let last = characters.last,
            Self.isDigit(last) || (last == UInt8(ascii: "X") && characters.count != 15)
        else { throw .notDigits }
        guard characters.count == 18 || characters.count == 15 else { throw .wrongLength }
        if characters.count == 15 {
            characters.insert(contentsOf: "19".utf8, at: 6)
            characters.append(Self.checkCharacter(characters))
        }
        guard let year = decimal(characters[6..<10]), let month = decimal(characters[10..<12]),
            let day = decimal(characters[12..<14]), (1800...2199).contains(year),
            let birthday = CalendarDay(year: year, month: month, day: day)
        else { throw .wrongDate }
        let expected = Self.checkCharacter(characters)
        guard characters[17] == expected else {
            // A floating-point number keeps fifteen digits; shown in full, the last three have become zeros.
            if characters.suffix(3).elementsEqual("000".utf8) { throw .scientificNotation }
            throw .wrongCheckCharacter(expected: Character(Unicode.Scalar(expected)))
        }
        self.text = String(decoding: characters, as: UTF8.self)
        self.birthday = birthday
    }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// The seventeenth digit is odd for men.
    public var isMale: Bool { text.utf8.dropLast().last.map { $0 & 1 == 1 } ?? false }

    /// Six digits: the county or district of first registration.
    public var areaCode: String { String(text.prefix(6)) }

    /// The first three and the last four characters, the rest as stars: `532***********0028`.
    public var masked: String { text.prefix(3) + String(repeating: "*", count: 11) + text.suffix(4) }

    /// Masked, so that a number that slips into a log or an interpolated message shows nobody.
    public var description: String { masked }

    /// The last character as a capital X where somebody typed what looks like one: the Roman ten (U+2169), the
    /// multiplication sign, the Cyrillic or Greek letter.
    private static func withUsualX(_ text: String) -> String {
        guard let last = text.unicodeScalars.last, othersForX.contains(last) else { return text }
        return String(text.unicodeScalars.dropLast()) + "X"
    }

    private static let othersForX: Set<Unicode.Scalar> = [
        "\u{2169}", "\u{2179}", "\u{00D7}", "\u{0425}", "\u{0445}", "\u{03A7}", "\u{03C7}", "\u{2715}", "\u{2716}",
        "\u{2A2F}", "\u{2573}", "\u{274C}",
    ]

    /// ISO 7064 MOD 11-2 over the first seventeen digits.
    private static func checkCharacter(_ characters: [UInt8]) -> UInt8 {
        let sum = zip(characters, weights).reduce(0) { $0 + Int($1.0 - UInt8(ascii: "0")) * $1.1 }
        return checkCharacters[sum % 11]
    }

    /// `5.32529E+17`, also without the decimal point or with more digits, and `532529195301151500.0`, which data-frame
    /// programs write.
    private static func isScientific(_ characters: [UInt8]) -> Bool {
        if characters.count > 17, characters.suffix(2).elementsEqual(".0".utf8),
            characters.dropLast(2).allSatisfy(isDigit)
        {
            return true
        }
        let parts = characters.split(separator: UInt8(ascii: "E"), omittingEmptySubsequences: false)
        guard parts.count == 2, let first = parts[0].first, isDigit(first) else { return false }
        let exponent = parts[1].first == UInt8(ascii: "+") ? parts[1].dropFirst() : parts[1]
        return !exponent.isEmpty && exponent.allSatisfy(isDigit)
            && parts[0].allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checkCharacters = Array("10X98765432".utf8)
}
