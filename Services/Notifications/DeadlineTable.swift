import Contracts
import Domain

/// When each track is due: a dated table, so that a later rule applies from its date and nothing is hidden in code.
///
/// The rules of 2020 say "in time" and give no days but one (第十六条（四）, last month's intake); the numbers of days are
/// the county's own commitments (服务承诺, 第二十二条) and change by a further row.
struct DeadlineTable: Sendable {
    /// What sets a track's clock going.
    enum Start: Sendable {
        /// The application reached the township.
        case applied
        /// The township accepted.
        case accepted
    }

    enum Term: Equatable, Sendable {
        case days(Int)
        /// The last day of the month after the one in which the track began.
        case endOfNextMonth

        func due(from day: CalendarDay) -> CalendarDay {
            switch self {
            case .days(let count): day.adding(days: count)
            case .endOfNextMonth: day.month.next.lastDay
            }
        }

        var chinese: String {
            switch self {
            case .days(let count): " \(count) 日内"
            case .endOfNextMonth: "次月底前"
            }
        }
    }

    struct Row: Sendable {
        var track: Track
        var start: Start
        var term: Term
        var article: Article?
        /// The row counts for tracks that begin on this day or later, until a later row.
        var holdsFrom: CalendarDay

        /// `申请后 30 日内，第十六条（一）`
        var chinese: String {
            (start == .applied ? "申请后" : "接收后") + term.chinese + (article.map { "，\($0.citation)" } ?? "")
        }
    }

    var rows: [Row]

    static let county = DeadlineTable(rows: [
        row(.acceptance, .applied, .days(10), Article(number: 15, paragraph: 3)),
        row(.archives, .applied, .days(30), Article(number: 16, paragraph: 1)),
        row(.party, .accepted, .days(30), Article(number: 10, paragraph: 4)),
        row(.confirmation, .accepted, .days(30), Article(number: 16, paragraph: 3)),
        row(.socialInsurance, .accepted, .endOfNextMonth, Article(number: 16, paragraph: 4)),
        row(.health, .accepted, .days(60), Article(number: 8, paragraph: 4)),
        row(.benefits, .accepted, .days(30), Article(number: 12, paragraph: 2)),
    ])

    /// The row that counts for a track that began on a day; nil before the first row holds.
    func row(_ track: Track, startedOn day: CalendarDay) -> Row? {
        rows.filter { $0.track == track && $0.holdsFrom <= day }.max { $0.holdsFrom < $1.holdsFrom }
    }

    private static func row(_ track: Track, _ start: Start, _ term: Term, _ article: Article?) -> Row {
        Row(track: track, start: start, term: term, article: article, holdsFrom: Article.effectiveDay)
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

    /// The last day for a track; nil when the track does not run, or not for this person.
    func due(_ track: Track, by table: DeadlineTable) -> CalendarDay? {
        guard track.isForEverybody || concerned.contains(track) else { return nil }
        let begun = table.rows.filter { $0.track == track }.compactMap { row in
            (row.start == .applied ? appliedOn : acceptedOn).flatMap { day in
                row.holdsFrom <= day ? (row: row, day: day) : nil
            }
        }
        return begun.max { $0.row.holdsFrom < $1.row.holdsFrom }.map { $0.row.term.due(from: $0.day) }
    }
}
