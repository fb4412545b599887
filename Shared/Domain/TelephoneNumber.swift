/// A telephone number as people give it: one or more numbers, with area codes and notes on whose it is.
public struct TelephoneNumber: Hashable, Sendable {
    /// Trimmed, with narrow digits; empty when there is none.
    public let text: String

    /// The longest text: three numbers, each with a name behind it.
    public static let longest = 60

    /// Errors: `telephone.not-a-number` unless some run of 7 to 12 digits is in it, hyphens and blanks not counted, and
    /// nothing is longer; `telephone.too-long`.
    public init(validating text: String) throws(DomainError) {
        let narrow = TextForm.trimming(TextForm.narrowing(text))
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
}
