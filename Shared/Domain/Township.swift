/// One of the thirteen townships and towns of Honghe County (红河县, 532529). Its text is the nine-digit code.
public struct Township: TextCoded, Comparable {
    public enum Kind: String, Codable, Sendable {
        /// 镇
        case town
        /// 乡
        case township
    }

    /// Nine digits of the statistical code (统计用区划代码).
    public let code: String
    /// The full name, `甲寅镇`.
    public let name: String
    /// Without its kind: `甲寅`.
    public let shortName: String
    public let kind: Kind

    public static let countyCode = "532529"
    public static let countyName = "红河县"

    /// In the order of their codes.
    public static let all: [Township] = [
        Township("532529101", "迤萨镇", .town), Township("532529102", "甲寅镇", .town),
        Township("532529103", "宝华镇", .town), Township("532529104", "乐育镇", .town),
        Township("532529105", "浪堤镇", .town), Township("532529203", "洛恩乡", .township),
        Township("532529204", "石头寨乡", .township), Township("532529205", "阿扎河乡", .township),
        Township("532529208", "大羊街乡", .township), Township("532529209", "车古乡", .township),
        Township("532529210", "架车乡", .township), Township("532529211", "垤玛乡", .township),
        Township("532529212", "三村乡", .township),
    ]

    private init(_ code: String, _ name: String, _ kind: Kind) {
        self.code = code
        self.name = name
        shortName = String(name.dropLast())
        self.kind = kind
    }

    /// The township with this nine-digit code; nil when the county has none.
    public init?(_ text: String) {
        guard let township = Self.all.first(where: { $0.code == text }) else { return nil }
        self = township
    }

    /// The township that a roster means: its code; its name with or without 镇 or 乡 (five became towns, and old papers
    /// still say 乡); with the county, prefecture and province in front; with 人民政府 or 政府 behind.
    public static func find(_ text: String) -> Township? {
        var rest = TextForm.removingBlanks(TextForm.narrowing(text))
        if let township = Township(rest) { return township }
        for prefix in ["云南省", "云南", "红河哈尼族彝族自治州", "红河自治州", "红河州", countyName] where rest.hasPrefix(prefix) {
            rest.removeFirst(prefix.count)
        }
        for suffix in ["人民政府", "政府", "镇", "乡"] where rest.hasSuffix(suffix) {
            rest.removeLast(suffix.count)
        }
        return all.first { $0.shortName == rest }
    }

    public var description: String { code }

    public static func < (left: Township, right: Township) -> Bool { left.code < right.code }
}
