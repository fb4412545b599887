/// How a spreadsheet shows a number, as far as it changes what the number means (ECMA-376 part 1, 18.8.30 and 18.8.31).
enum NumberFormat: Hashable, Sendable {
    case general
    /// A day; `showsDay` is false for formats such as `yyyy"年"m"月"`.
    case date(showsDay: Bool, showsTime: Bool)
    case time
    /// Zeros that are shown although the number does not need them: `0.00` shows 1955.1 as 1955.10, `0000` 12 as 0012.
    case zeros(whole: Int, fraction: Int)

    /// The formats that files refer to by number alone. 27–36 and 50–58 are those of Chinese installations.
    static func builtIn(_ identifier: Int) -> NumberFormat {
        switch identifier {
        case 14, 15, 16, 28...31, 51, 53, 54, 58: .date(showsDay: true, showsTime: false)
        case 17, 27, 36, 50, 52, 57: .date(showsDay: false, showsTime: false)
        case 22: .date(showsDay: true, showsTime: true)
        case 18...21, 32...35, 45...47, 55, 56: .time
        case 2, 4, 39, 40, 43, 44: .zeros(whole: 1, fraction: 2)
        default: .general
        }
    }

    /// Reads a custom format code. Only the first section counts: those for negative numbers and texts follow after
    /// `;`.
    static func custom(_ code: String) -> NumberFormat {
        var letters = ""
        var digits = ""
        var characters = Array(code.unicodeScalars)[...]
        scan: while let character = characters.popFirst() {
            switch character {
            case ";": break scan
            case "\"":
                while let quoted = characters.popFirst(), quoted != "\"" {}
            case "\\", "_", "*": _ = characters.popFirst()
            case "[":
                // Colours, conditions and locales stand in brackets; so do elapsed hours, minutes and seconds.
                var inside = ""
                while let bracketed = characters.popFirst(), bracketed != "]" {
                    inside.unicodeScalars.append(bracketed)
                }
                if let first = inside.lowercased().first, "hms".contains(first), Set(inside.lowercased()).count == 1 {
                    letters.append(first)
                }
            case "0", "#", "?", ".": digits.unicodeScalars.append(character)
            case "%", "E": digits.append("%")
            default:
                if character.properties.isAlphabetic { letters += String(character).lowercased() }
            }
        }
        if letters.contains("general") || letters.contains("通用格式") { return .general }
        return dateOrTime(letters, hasDigits: !digits.filter { $0 != "." }.isEmpty) ?? zeros(digits)
    }

    private static func dateOrTime(_ letters: String, hasDigits: Bool) -> NumberFormat? {
        let showsYear = letters.contains("y") || (letters.contains("e") && !hasDigits)
        let showsDay = letters.contains("d")
        let showsTime = letters.contains("h") || letters.contains("s")
        if showsYear || showsDay || (letters.contains("m") && !showsTime && !hasDigits) {
            return .date(showsDay: showsDay || !showsYear, showsTime: showsTime)
        }
        return showsTime ? .time : nil
    }

    private static func zeros(_ digits: String) -> NumberFormat {
        guard !digits.contains("%") else { return .general }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts.first?.filter { $0 == "0" }.count ?? 0
        let fraction = parts.count == 2 ? parts[1].filter { $0 == "0" }.count : 0
        return whole > 1 || fraction > 0 ? .zeros(whole: min(whole, 30), fraction: min(fraction, 15)) : .general
    }
}
