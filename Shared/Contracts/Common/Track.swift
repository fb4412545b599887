import Domain

/// What has to be done for a person (第九条至第十六条). What a track is stands in its `rule`; the stores know it by the
/// case's text alone, so that a further track is a further case and nothing is stored anew.
public enum Track: String, CaseIterable, Codable, Sendable {
    case acceptance
    case archives
    case party
    case confirmation
    case socialInsurance = "social-insurance"
    case health
    case benefits
}

/// What there is to know of a track.
public struct TrackRule: Sendable {
    public var chinese: String
    /// Whom it is for that somebody has this track, and how far it is.
    public var sensitivity: Sensitivity
    /// Whether each person has this track, or those only of whom an event says so. Changing it for a track that is in
    /// use needs a migration: figures are kept of those who differ.
    public var isForEverybody: Bool
    /// Who has to act (第十九条).
    public var acting: [ActingUnit]
    public var deadline: Deadline
}

/// A unit that has to act for a person.
public enum ActingUnit: Hashable, Sendable {
    /// The person's township.
    case township
    /// The enterprise that hands the person over.
    case enterprise
    /// An office of the county.
    case office(Role)
}

/// How long a track may take.
public enum DeadlineTerm: Codable, Equatable, Sendable {
    case days(Int)
    /// The last day of the month after the one in which the track began.
    case endOfNextMonth

    /// A number of days, or this text.
    private static let endOfNextMonthText = "end-of-next-month"
    public static let form = "天数（1 至 3660 的整数），或 \"\(endOfNextMonthText)\"（次月底前）"

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            guard text == Self.endOfNextMonthText else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "unknown term")
            }
            self = .endOfNextMonth
        } else {
            self = .days(try container.decode(Int.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .days(let count): try container.encode(count)
        case .endOfNextMonth: try container.encode(Self.endOfNextMonthText)
        }
    }

    public func due(from day: CalendarDay) -> CalendarDay {
        switch self {
        case .days(let count): day.adding(days: count)
        case .endOfNextMonth: day.month.next.lastDay
        }
    }

    public var isValid: Bool {
        switch self {
        case .days(let count): (1...3660).contains(count)
        case .endOfNextMonth: true
        }
    }

    public var chinese: String {
        switch self {
        case .days(let count): " \(count) 日内"
        case .endOfNextMonth: "次月底前"
        }
    }
}

/// When a track is due. The rules of 2020 say "in time" and give no days but one (第十六条（四）, last month's intake); the
/// numbers of days are the county's own commitments (服务承诺, 第二十二条), which it may set anew from a day on: this is what
/// counts until it does.
public struct Deadline: Sendable {
    /// What sets a track's clock going.
    public enum Start: Sendable {
        /// The application reached the township.
        case applied
        /// The township accepted.
        case accepted

        public var chinese: String { self == .applied ? "申请后" : "接收后" }
    }

    public var start: Start
    public var term: DeadlineTerm
    public var article: Article?

    init(_ start: Start, _ term: DeadlineTerm, _ article: Article?) {
        self.start = start
        self.term = term
        self.article = article
    }
}

extension Track {
    public var chinese: String { rule.chinese }
    public var sensitivity: Sensitivity { rule.sensitivity }
    public var isForEverybody: Bool { rule.isForEverybody }

    public var rule: TrackRule { Self.rules[self] ?? table }

    /// Made once: each event of a person asks for its track's.
    private static let rules = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.table) })

    private var table: TrackRule {
        switch self {
        case .acceptance:
            TrackRule(
                chinese: "登记与接收", sensitivity: .open, isForEverybody: true, acting: [.township],
                deadline: Deadline(.applied, .days(10), Article(number: 15, paragraph: 3)))
        case .archives:
            // The enterprise arranges and hands over, the bureau receives (第九条（二）).
            TrackRule(
                chinese: "人事档案", sensitivity: .open, isForEverybody: true, acting: [.office(.archives), .enterprise],
                deadline: Deadline(.applied, .days(30), Article(number: 16, paragraph: 1)))
        case .party:
            TrackRule(
                chinese: "党组织关系", sensitivity: .membership, isForEverybody: false,
                acting: [.office(.organization), .township],
                deadline: Deadline(.accepted, .days(30), Article(number: 10, paragraph: 4)))
        case .confirmation:
            TrackRule(
                chinese: "核对信息与联系卡", sensitivity: .open, isForEverybody: true, acting: [.township],
                deadline: Deadline(.accepted, .days(30), Article(number: 16, paragraph: 3)))
        case .socialInsurance:
            TrackRule(
                chinese: "社保衔接", sensitivity: .open, isForEverybody: true, acting: [.township],
                deadline: Deadline(.accepted, .endOfNextMonth, Article(number: 16, paragraph: 4)))
        case .health:
            TrackRule(
                chinese: "健康档案", sensitivity: .open, isForEverybody: true, acting: [.office(.health)],
                deadline: Deadline(.accepted, .days(60), Article(number: 8, paragraph: 4)))
        case .benefits:
            TrackRule(
                chinese: "统筹外费用", sensitivity: .money, isForEverybody: false, acting: [.office(.humanResources)],
                deadline: Deadline(.accepted, .days(30), Article(number: 12, paragraph: 2)))
        }
    }
}
