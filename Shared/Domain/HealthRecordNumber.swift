/// The number of a resident's health record (居民健康档案编号): seventeen digits, county 6 + township 3 + village 3 +
/// sequence 5 (national norms for basic public health services).
///
/// The village segment is numbered by the health system (001–099 residents' committees, 101–199 villagers' committees,
/// 901–999 others) and differs from the statistical code of the same village, so neither can be derived from the other.
public struct HealthRecordNumber: TextCoded, Comparable {
    /// Seventeen digits.
    public let text: String

    /// Takes hyphens, blanks and full-width digits as well.
    ///
    /// Errors: `health-record-number.empty`, `health-record-number.not-digits`, `health-record-number.wrong-length`,
    /// `health-record-number.no-sequence` (village or sequence all zeros).
    public init(validating text: String) throws(DomainError) {
        let written = TextForm.identifier(text).filter { $0 != "-" }
        guard !written.isEmpty else {
            throw .init(code: "health-record-number.empty", message: "健康档案编号为空，请填写 17 位编号")
        }
        guard written.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            throw .init(code: "health-record-number.not-digits", message: "健康档案编号只能是数字，请核对")
        }
        guard written.utf8.count == 17 else {
            throw .init(code: "health-record-number.wrong-length", message: "健康档案编号应为 17 位，请核对是否多写或漏写")
        }
        guard !written.dropFirst(9).hasPrefix("000"), !written.hasSuffix("00000") else {
            throw .init(code: "health-record-number.no-sequence", message: "健康档案编号的村段和序号都从 1 编起，请核对")
        }
        self.text = written
    }

    /// Nil when `init(validating:)` would throw.
    public init?(_ text: String) {
        guard let number = try? HealthRecordNumber(validating: text) else { return nil }
        self = number
    }

    /// Nil when the village lies outside 1…999 or the sequence outside 1…99999.
    public init?(township: Township, village: Int, sequence: Int) {
        guard (1...999).contains(village), (1...99_999).contains(sequence) else { return nil }
        text = township.code + padded(village, width: 3) + padded(sequence, width: 5)
    }

    /// Six digits.
    public var countyCode: String { String(text.prefix(6)) }
    /// Nine digits: county and township.
    public var townshipCode: String { String(text.prefix(9)) }
    /// The county's own township; nil for a record that was opened elsewhere.
    public var township: Township? { Township(townshipCode) }
    /// 1…999, by the health system's own numbering.
    public var village: Int { decimal(text.utf8.dropFirst(9).prefix(3)) ?? 0 }
    /// 1…99999.
    public var sequence: Int { decimal(text.utf8.suffix(5)) ?? 0 }

    /// `532529-101-001-00001`, for papers.
    public var grouped: String {
        "\(text.prefix(6))-\(text.dropFirst(6).prefix(3))-\(text.dropFirst(9).prefix(3))-\(text.suffix(5))"
    }

    public var description: String { text }

    public static func < (left: HealthRecordNumber, right: HealthRecordNumber) -> Bool { left.text < right.text }
}
