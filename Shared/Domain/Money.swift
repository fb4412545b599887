/// An amount in renminbi, kept in whole fen (分). Never floating point: a tenth of a yuan has no exact binary value, and
/// the sums here are checked against paper.
public struct Money: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public var amountInFen: Int64

    public static let zero = Money(amountInFen: 0)

    public init(amountInFen: Int64) { self.amountInFen = amountInFen }

    /// Takes what people write: `1234.5`, `1,234.50`, `￥1234.50元`, full-width digits, a leading minus.
    ///
    /// Errors: `money.empty`, `money.not-a-number`, `money.too-precise` (less than a fen), `money.too-large`.
    public init(_ text: String) throws(DomainError) {
        var rest = Array(TextForm.removingBlanks(TextForm.narrowing(text)).unicodeScalars)[...]
        guard !rest.isEmpty else { throw .init(code: "money.empty", message: "金额为空，请填写以元为单位的金额") }
        let isNegative = Self.dropSign(&rest)
        if rest.first == "¥" { rest = rest.dropFirst() }
        if rest.last == "元" { rest = rest.dropLast() }
        let signAfterSymbol = !isNegative && Self.dropSign(&rest)
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard let whole = parts.first.flatMap(Self.withoutGrouping), fraction.allSatisfy(Self.isDigit),
            parts.count == 1 || !fraction.isEmpty
        else { throw .init(code: "money.not-a-number", message: "金额无法识别，请只写以元为单位的数字，例如 1234.50") }
        guard fraction.dropFirst(2).allSatisfy({ $0 == "0" }) else {
            throw .init(code: "money.too-precise", message: "金额不能小于 1 分，请保留两位小数")
        }
        let digits = whole + fraction.prefix(2) + Array(repeating: "0", count: max(0, 2 - fraction.count))
        let sign: Int64 = isNegative || signAfterSymbol ? -1 : 1
        var amount: Int64 = 0
        for digit in digits {
            let tens = amount.multipliedReportingOverflow(by: 10)
            let sum = tens.partialValue.addingReportingOverflow(sign * Int64(digit.value - 0x30))
            guard !tens.overflow, !sum.overflow else { throw Self.tooLarge }
            amount = sum.partialValue
        }
        amountInFen = amount
    }

    public init(from decoder: any Decoder) throws {
        amountInFen = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(amountInFen)
    }

    public static func < (left: Money, right: Money) -> Bool { left.amountInFen < right.amountInFen }

    /// Throws `money.too-large` instead of trapping.
    public func adding(_ other: Money) throws(DomainError) -> Money {
        try Self.checked(amountInFen.addingReportingOverflow(other.amountInFen))
    }

    /// Throws `money.too-large` instead of trapping.
    public func subtracting(_ other: Money) throws(DomainError) -> Money {
        try Self.checked(amountInFen.subtractingReportingOverflow(other.amountInFen))
    }

    /// Throws `money.too-large` instead of trapping.
    public static func sum(_ amounts: some Sequence<Money>) throws(DomainError) -> Money {
        var total = Money.zero
        for amount in amounts { total = try total.adding(amount) }
        return total
    }

    /// The exact product with a fraction, rounded once, half a fen away from zero (四舍五入). Computed in 128 bits, so no
    /// step in between can overflow.
    ///
    /// Errors: `money.no-denominator` when the denominator is not positive, `money.too-large`.
    public func multiplied(byNumerator numerator: Int64, denominator: Int64) throws(DomainError) -> Money {
        guard denominator > 0 else {
            throw .init(code: "money.no-denominator", message: "比例的分母必须大于零，请检查参数设置")
        }
        let product = Int128(amountInFen) * Int128(numerator)
        let half = (2 * product.magnitude + UInt128(denominator)) / (2 * UInt128(denominator))
        guard let rounded = Int64(exactly: product < 0 ? -Int128(half) : Int128(half)) else { throw Self.tooLarge }
        return Money(amountInFen: rounded)
    }

    /// With thousands separators, in yuan: `1,234.50`.
    public var description: String {
        let digits = yuanDigits
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped.append(",") }
            grouped.append(digit)
        }
        return sign + grouped + fenDigits
    }

    /// Without separators, in yuan: `1234.50`. For files that other programs read.
    public var plain: String { sign + yuanDigits + fenDigits }

    private var sign: String { amountInFen < 0 ? "-" : "" }
    private var yuanDigits: String { String(amountInFen.magnitude / 100) }
    private var fenDigits: String { "." + twoDigits(Int(amountInFen.magnitude % 100)) }

    private static func dropSign(_ text: inout ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = text.first, first == "-" || first == "\u{2212}" else { return false }
        text = text.dropFirst()
        return true
    }

    /// The digits before the point; nil unless separators, if any, stand before groups of three.
    private static func withoutGrouping(_ text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar]? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else { return nil }
        if groups.count > 1 {
            guard groups[0].count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        }
        return groups.flatMap { $0 }
    }

    private static func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(DomainError) -> Money {
        guard !result.overflow else { throw tooLarge }
        return Money(amountInFen: result.partialValue)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static let tooLarge = DomainError(code: "money.too-large", message: "金额过大，请核对数字和单位")
}
