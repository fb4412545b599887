import Domain

/// Finds numbers that stand for one person in a text that is to be published.
enum PersonalDataScan {
    enum Finding: String, CaseIterable, Sendable {
        case identityNumber = "身份证号"
        case mobileNumber = "手机号"
    }

    /// What the text contains; empty when it may be published. Full-width digits are read, and so are numbers that are
    /// written in groups with blanks or hyphens (138 1234 5678).
    static func findings(in text: String) -> [Finding] {
        let scalars = Array(TextForm.narrowing(text).uppercased().unicodeScalars)
        return Finding.allCases.filter { finding in
            scalars.indices.contains { start in
                guard start == 0 || !isDigit(scalars[start - 1]) else { return false }
                return switch finding {
                case .identityNumber: groups([6, 8, 4], in: scalars, from: start).contains(where: isIdentityNumber)
                case .mobileNumber: isMobile(scalars, from: start)
                }
            }
        }
    }

    /// Whatever its check character: a mistyped number still points at somebody. The date of birth keeps credit codes
    /// and document numbers of eighteen digits apart.
    private static func isIdentityNumber(_ number: [Unicode.Scalar]) -> Bool {
        let text = String(String.UnicodeScalarView(number))
        let birthday = text.dropFirst(6).prefix(8)
        let day = "\(birthday.prefix(4))-\(birthday.dropFirst(4).prefix(2))-\(birthday.suffix(2))"
        guard let born = CalendarDay(day) else { return false }
        return (1880...2100).contains(born.year)
    }

    private static func isMobile(_ scalars: [Unicode.Scalar], from start: Int) -> Bool {
        // 86 and 0086 in front are the country's code.
        let prefixes = ["", "86", "0086"].filter { prefix in
            scalars[start...].starts(with: prefix.unicodeScalars)
        }
        return prefixes.contains { prefix in
            groups([3, 4, 4], in: scalars, from: start + prefix.unicodeScalars.count).contains { number in
                number.allSatisfy(isDigit) && number[0] == "1" && ("3"..."9").contains(number[1])
            }
        }
    }

    /// The number that begins at `start`: these many digits, together or with one separator between the groups, and no
    /// further digit behind. The last digit may be the check character X.
    private static func groups(
        _ lengths: [Int], in scalars: [Unicode.Scalar], from start: Int
    ) -> [[Unicode.Scalar]] {
        var number: [Unicode.Scalar] = []
        var position = start
        let total = lengths.reduce(0, +)
        for (index, length) in lengths.enumerated() {
            if index > 0, position < scalars.count, isSeparator(scalars[position]) { position += 1 }
            for _ in 0..<length {
                guard position < scalars.count else { return [] }
                let scalar = scalars[position]
                guard isDigit(scalar) || (scalar == "X" && number.count == total - 1) else { return [] }
                number.append(scalar)
                position += 1
            }
        }
        guard position == scalars.count || !isDigit(scalars[position]) else { return [] }
        return [number]
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || TextForm.isBlank(scalar)
    }
}
