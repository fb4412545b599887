import Domain

/// Small pieces of text that several parts of the sample write.
enum SampleText {
    /// With zeros in front.
    static func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// As old rosters write it: `1975.09`.
    static func month(_ month: CalendarMonth) -> String { "\(month.year).\(digits(month.month, 2))" }

    /// The last character of an ID number, after GB 11643.
    static func checkCharacter(_ seventeen: String) -> Character {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(seventeen.utf8, weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        return Array("10X98765432")[sum % 11]
    }
}
