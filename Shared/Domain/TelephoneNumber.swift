/// A telephone number as people give it: one or more numbers, with area codes and notes on whose it is.
public struct TelephoneNumber: Hashable, Sendable {
    /// Trimmed, with narrow digits; empty when there is none.
    public let text: String

    /// The longest text: three numbers, each with a name behind it.
    public static let longest = 60

    /// What a program made of a number is made a number again where nothing is lost: `13987310001.0`, and
    /// `1.3987310001E10` when it is a mobile number with all its digits.
    ///
    /// Errors: `telephone.scientific` for other numbers of that kind; `telephone.not-a-number` unless some run of 7 to
    /// 12 digits is in it, hyphens and blanks not counted, and nothing is longer; `telephone.too-long`.
    public init(validating text: String) throws(DomainError) {
        let narrow = try Self.withoutFloat(TextForm.tidied(TextForm.narrowing(text)))
        guard narrow.count <= Self.longest else {
            throw DomainError(code: "telephone.too-long", message: "联系电话过长，最多 \(Self.longest) 字")
        }
        self.text = narrow
        guard !narrow.isEmpty else { return }
        var runs = [0]
        for character in narrow {
            if character.isASCII, character.isNumber {
                runs[runs.count - 1] += 1
            } else if !["-", " ", "(", ")", "+"].contains(character) {
                runs.append(0)
            }
        }
        // 13 with the country's code before a mobile number.
        guard runs.contains(where: { (7...13).contains($0) }), runs.allSatisfy({ $0 <= 13 }) else {
            throw DomainError(code: "telephone.not-a-number", message: "联系电话不是电话号码，应为 7 至 12 位数字")
        }
    }

    private static func withoutFloat(_ text: String) throws(DomainError) -> String {
        let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        guard mantissa.allSatisfy(isDigits), mantissa.count <= 2, parts.count <= 2 else { return text }
        if parts.count == 1 {
            return mantissa.count == 2 && mantissa[1].allSatisfy { $0 == "0" } ? String(mantissa[0]) : text
        }
        guard let exponent = Int(parts[1]) else { return text }
        let digits = mantissa.joined()
        // Nothing is filled up with zeros: the spreadsheet that wrote 1.39873E+10 has lost the rest.
        guard mantissa[0].count == 1, digits.count == exponent + 1, digits.count == 11, digits.first == "1" else {
            throw DomainError(
                code: "telephone.scientific", message: "联系电话被软件转成了科学计数法，末尾的数字或区号的 0 可能已丢失，请重新录入")
        }
        return digits
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }
}
