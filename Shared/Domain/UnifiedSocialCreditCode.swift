/// Why a text is not a unified social credit code.
public enum CreditCodeError: Error, Hashable, Sendable {
    case emptyValue
    case wrongLength
    /// Position from 1. The standard leaves out I, O, S, V and Z, because they are taken for 1, 0, 5, U and 2.
    case wrongCharacter(position: Int)
    case wrongCheckCharacter(expected: Character)

    /// Stable name for messages, logs and counts.
    public var slug: String {
        switch self {
        case .emptyValue: "credit-code.empty"
        case .wrongLength: "credit-code.wrong-length"
        case .wrongCharacter: "credit-code.wrong-character"
        case .wrongCheckCharacter: "credit-code.wrong-check-character"
        }
    }

    /// What is wrong, in Chinese.
    public var message: String {
        switch self {
        case .emptyValue: "统一社会信用代码为空"
        case .wrongLength: "统一社会信用代码位数不对"
        case .wrongCharacter: "统一社会信用代码中有不应出现的字符"
        case .wrongCheckCharacter: "统一社会信用代码校验码不符"
        }
    }

    /// How to repair it, in Chinese.
    public var hint: String {
        switch self {
        case .emptyValue: "请补填 18 位统一社会信用代码"
        case .wrongLength: "应为 18 位；15 位的工商注册号请换成营业执照上的统一社会信用代码"
        case .wrongCharacter(let position): "第 \(position) 位有误：代码中没有字母 I、O、S、V、Z，请核对是否应为 1、0、5、U、2"
        case .wrongCheckCharacter(let expected): "按前 17 位推算，最后一位应为 \(expected)；请对照营业执照逐位核对"
        }
    }
}

/// An organisation's unified social credit code (统一社会信用代码), GB 32100-2015: eighteen characters, the last a check.
public struct UnifiedSocialCreditCode: Hashable, Codable, Sendable, CustomStringConvertible {
    /// Eighteen capital letters and digits.
    public let text: String

    /// Takes full-width characters, blanks and small letters as well.
    public init(_ text: String) throws(CreditCodeError) {
        let written = TextForm.identifier(text)
        guard !written.isEmpty else { throw .emptyValue }
        let characters = Array(written.unicodeScalars)
        guard characters.count == 18 else { throw .wrongLength }
        var values: [Int] = []
        for (index, character) in characters.enumerated() {
            guard let value = Self.alphabet.firstIndex(of: character) else {
                throw .wrongCharacter(position: index + 1)
            }
            values.append(value)
        }
        var weight = 1
        var sum = 0
        for value in values.dropLast() {
            sum += value * weight
            weight = weight * 3 % 31
        }
        let expected = (31 - sum % 31) % 31
        guard values[17] == expected else {
            throw .wrongCheckCharacter(expected: Character(Self.alphabet[expected]))
        }
        self.text = written
    }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }

    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".unicodeScalars)
}
