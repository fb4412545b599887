/// A place in the county's rules (红政办规〔2020〕6号, the measures for the socialised management of retired staff of
/// state-owned enterprises). Its text is `12` or `12(3)`.
public struct Article: TextCoded, Comparable {
    /// 1…99.
    public let number: Int
    /// 1…99, or nil for the whole article.
    public let paragraph: Int?

    /// The rules' number as official documents cite it.
    public static let document = "红政办规〔2020〕6号"
    /// The first day on which the rules are in force.
    public static let effectiveDay = CalendarDay(daysSinceEpoch: 18_474)

    /// Nil when a number lies outside 1…99.
    public init?(number: Int, paragraph: Int? = nil) {
        guard (1...99).contains(number), paragraph.map({ (1...99).contains($0) }) ?? true else { return nil }
        self.number = number
        self.paragraph = paragraph
    }

    /// Strictly `12` or `12(3)`, without leading zeros; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "(", omittingEmptySubsequences: false)
        guard let number = parts.first.flatMap({ decimal($0.utf8) }), parts.count <= 2 else { return nil }
        var paragraph: Int?
        if parts.count == 2 {
            guard parts[1].hasSuffix(")"), let value = decimal(parts[1].dropLast().utf8) else { return nil }
            paragraph = value
        }
        self.init(number: number, paragraph: paragraph)
        guard description == text else { return nil }
    }

    public var description: String { paragraph.map { "\(number)(\($0))" } ?? "\(number)" }

    /// `第十二条（三）`.
    public var citation: String {
        let article = "第\(ChineseNumerals.everyday(number) ?? String(number))条"
        guard let paragraph else { return article }
        return article + "（\(ChineseNumerals.everyday(paragraph) ?? String(paragraph))）"
    }

    /// `红政办规〔2020〕6号第十二条（三）`.
    public var fullCitation: String { Self.document + citation }

    /// An article stands before its own paragraphs.
    public static func < (left: Article, right: Article) -> Bool {
        (left.number, left.paragraph ?? 0) < (right.number, right.paragraph ?? 0)
    }
}
