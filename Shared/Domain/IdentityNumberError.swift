/// Why a text is not a resident identity number. Nothing of the text itself is kept.
public enum IdentityNumberError: Error, Hashable, Sendable {
    case emptyValue
    case wrongLength
    case notDigits
    /// Some of its characters are stars.
    case masked
    /// A spreadsheet kept the number as a floating-point value, so its last digits are gone.
    case scientificNotation
    case wrongDate
    /// What the last character would have to be if the first seventeen digits are right.
    case wrongCheckCharacter(expected: Character)

    /// Stable name for messages, logs and counts.
    public var slug: String {
        switch self {
        case .emptyValue: "identity-number.empty"
        case .wrongLength: "identity-number.wrong-length"
        case .notDigits: "identity-number.not-digits"
        case .masked: "identity-number.masked"
        case .scientificNotation: "identity-number.scientific-notation"
        case .wrongDate: "identity-number.wrong-date"
        case .wrongCheckCharacter: "identity-number.wrong-check-character"
        }
    }

    /// What is wrong, in Chinese.
    public var message: String {
        switch self {
        case .emptyValue: "身份证号为空"
        case .wrongLength: "身份证号位数不对"
        case .notDigits: "身份证号中有不应出现的字符"
        case .masked: "身份证号中有 *，不是完整的号码"
        case .scientificNotation: "身份证号被表格软件转成了科学计数法，末尾数字已丢失"
        case .wrongDate: "身份证号中的出生日期不存在"
        case .wrongCheckCharacter: "身份证号校验码不符"
        }
    }

    /// How to repair it, in Chinese.
    public var hint: String {
        switch self {
        case .emptyValue: "请补填 18 位公民身份号码"
        case .wrongLength: "应为 18 位（旧证为 15 位），请核对是否多写或漏写"
        case .notDigits: "前 17 位只能是数字，最后一位是数字或英文字母 X；请对照身份证逐位改正（如把字母 O 改成数字 0），不要把位数删少"
        case .masked: "请按身份证填写完整的 18 位号码；末位的 * 若代表 X，请改写成英文字母 X，不要删去"
        case .scientificNotation: "丢失的数字无法推算：请把该列设为“文本”格式，再按身份证重新录入"
        case .wrongDate: "请核对第 7 至 14 位（出生年月日）"
        case .wrongCheckCharacter(let expected): "按前 17 位推算，最后一位应为 \(expected)；请对照身份证逐位核对，不要只改最后一位"
        }
    }
}
