import Contracts
import Domain
import Host

/// When a track is due.
///
/// The rules of 2020 say "in time" and give no days but one (第十六条（四）, last month's intake); the numbers of days are
/// the county's own commitments (服务承诺, 第二十二条), and so are data: see `Track.deadline`.
enum DeadlineTerm: Codable, Equatable, Sendable {
    case days(Int)
    /// The last day of the month after the one in which the track began.
    case endOfNextMonth

    /// A number of days, or this text.
    private static let endOfNextMonthText = "end-of-next-month"
    static let form = "天数（1 至 3660 的整数），或 \"\(endOfNextMonthText)\"（次月底前）"

    init(from decoder: any Decoder) throws {
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

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .days(let count): try container.encode(count)
        case .endOfNextMonth: try container.encode(Self.endOfNextMonthText)
        }
    }

    func due(from day: CalendarDay) -> CalendarDay {
        switch self {
        case .days(let count): day.adding(days: count)
        case .endOfNextMonth: day.month.next.lastDay
        }
    }

    /// The same in SQL, of a column that holds the first day.
    func dueSQL(_ column: String) -> String {
        switch self {
        case .days(let count): "date(\(column), '+\(count) days')"
        case .endOfNextMonth: "date(\(column), 'start of month', '+2 months', '-1 day')"
        }
    }

    var isValid: Bool {
        switch self {
        case .days(let count): (1...3660).contains(count)
        case .endOfNextMonth: true
        }
    }

    var chinese: String {
        switch self {
        case .days(let count): " \(count) 日内"
        case .endOfNextMonth: "次月底前"
        }
    }
}

/// What sets a track's clock going.
enum TrackStart: Sendable {
    /// The application reached the township.
    case applied
    /// The township accepted.
    case accepted

    var chinese: String { self == .applied ? "申请后" : "接收后" }
    /// Of table `person`.
    var column: String { self == .applied ? "applied_on" : "accepted_on" }
}

extension Track {
    var start: TrackStart {
        switch self {
        case .acceptance, .archives: .applied
        case .party, .confirmation, .socialInsurance, .health, .benefits: .accepted
        }
    }

    /// How long the track may take: the county's commitment, from the day of the rules on, unless it sets another.
    var deadline: Parameter<DeadlineTerm> {
        switch self {
        case .acceptance: deadline(.days(10), "第十五条（三）")
        case .archives: deadline(.days(30), "第十六条（一）")
        case .party: deadline(.days(30), "第十条（四）")
        case .confirmation: deadline(.days(30), "第十六条（三）")
        case .socialInsurance: deadline(.endOfNextMonth, "第十六条（四）")
        case .health: deadline(.days(60), "第八条（四）")
        case .benefits: deadline(.days(30), "第十二条（二）")
        }
    }

    static let deadlines: [any AnyParameter] = Track.allCases.map(\.deadline)

    /// Nil for another parameter's name.
    static func track(ofDeadline parameter: String) -> Track? {
        Track.allCases.first { $0.deadline.name == parameter }
    }

    private func deadline(_ term: DeadlineTerm, _ place: String) -> Parameter<DeadlineTerm> {
        Parameter(
            "deadline.\(rawValue)", title: "“\(chinese)”的办理时限", form: DeadlineTerm.form, roles: [.workingTeam],
            defaults: [DatedValue(term, from: Article.effectiveDay, source: place)], isValid: \.isValid,
            text: { [start] in start.chinese + $0.chinese })
    }
}

/// What of a person decides which tracks run, and since when.
struct TrackedPerson: Equatable, Sendable {
    var id: PersonID
    var enterprise: String
    var township: String
    var appliedOn: CalendarDay?
    var acceptedOn: CalendarDay?
    /// The tracks that this person has beyond those of everybody.
    var concerned: Set<Track>

    /// The day on which a track began; nil when it does not run, or not for this person.
    func start(_ track: Track) -> CalendarDay? {
        guard track.isForEverybody || concerned.contains(track) else { return nil }
        return track.start == .applied ? appliedOn : acceptedOn
    }
}
