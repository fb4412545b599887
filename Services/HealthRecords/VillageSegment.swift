import Domain

/// The village segment of a health-record number, as the health system numbers it (national norms for basic public
/// health services): three digits, different from the statistical code of the same village. 100 and 200 to 900 are
/// given to nobody.
struct VillageSegment: Equatable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case residentsCommittee = "居民委员会"
        case villagersCommittee = "村民委员会"
        case other = "其他机构"

        var range: ClosedRange<Int> {
            switch self {
            case .residentsCommittee: 1...99
            case .villagersCommittee: 101...199
            case .other: 901...999
            }
        }
    }

    let number: Int
    let kind: Kind

    /// Nil unless the text is exactly three digits within one of the ranges; full-width digits are taken as well.
    init?(_ text: String) {
        let digits = TextForm.identifier(text)
        guard digits.utf8.count == 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
            let kind = Kind.allCases.first(where: { $0.range.contains(number) })
        else { return nil }
        self.number = number
        self.kind = kind
    }

    /// The ranges for people who have to choose one.
    static let ranges = Kind.allCases.map { kind in
        "\(threeDigits(kind.range.lowerBound))–\(threeDigits(kind.range.upperBound)) \(kind.rawValue)"
    }

    private static func threeDigits(_ number: Int) -> String {
        String(repeating: "0", count: 3 - String(number).count) + String(number)
    }
}
