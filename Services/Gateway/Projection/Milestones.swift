import Contracts
import Domain
import Host

/// A programme of collective hand-over: what has to be reached by which day. Outside a programme people are handed over
/// month by month, each step within its promised days (常态化移交), and there are no milestones.
struct Programme: Codable, Equatable, Sendable {
    var title: String
    /// The day of each milestone, by its slug. A programme may leave some out.
    var days: [String: CalendarDay]

    static let parameter = Parameter<Programme>(
        "gateway.programme", title: "集中移交的阶段目标",
        form: #"如 {"title":"…","days":{"accepted":"2027-10-31"}}，目标可为 \#(Milestone.slugs.joined(separator: "、"))"#,
        roles: [.workingTeam],
        defaults: [
            DatedValue(
                Programme(
                    title: "2020年集中移交",
                    days: [
                        "mechanism": day(7, 30), "survey": day(8, 31), "tracks": day(9, 30), "accepted": day(10, 31),
                        "handed-over": day(12, 31),
                    ]), from: day(7, 1), source: "红政办规〔2020〕6号第五条至第七条")
        ],
        isValid: { programme in
            !programme.title.isEmpty && !programme.days.isEmpty
                && programme.days.keys.allSatisfy(Milestone.slugs.contains)
        },
        text: { programme in
            let days = Milestone.all.compactMap { milestone in
                programme.days[milestone.slug].map { "\(milestone.title) \($0)" }
            }
            return "\(programme.title)：\(days.joined(separator: "；"))"
        })

    /// With the day of its last milestone a programme is over, whatever was reached.
    func isOver(on today: CalendarDay) -> Bool { days.values.allSatisfy { $0 < today } }

    private static func day(_ month: Int, _ day: Int) -> CalendarDay {
        CalendarDay(year: 2020, month: month, day: day) ?? .latest
    }
}

/// What a programme may set a day for (第五条至第七条).
struct Milestone: Sendable {
    var slug: String
    var title: String
    var article: Article?
    /// How much of how much is done.
    var measure: @Sendable (Tally, [GatewayReads.EnterpriseState]) -> (done: Int, total: Int)

    static let all: [Milestone] = [
        Milestone(slug: "mechanism", title: "建立工作机制，企业报送名册", article: Article(number: 5)) { _, enterprises in
            let concerned = enterprises.filter { !$0.isFinancial }
            return (concerned.count(where: \.hasRoster), concerned.count)
        },
        Milestone(slug: "survey", title: "摸底调查，核准移交人数", article: Article(number: 5)) { county, _ in
            (county.people - county.people(.registered), county.people)
        },
        Milestone(slug: "tracks", title: "资产、档案、党组织关系基本移交", article: Article(number: 6)) { county, enterprises in
            let tracks = county.tracks.filter { $0.track == .archives || $0.track == .party }
            let settled = enterprises.count { $0.assets == .handedOver || $0.assets == .none }
            return (
                tracks.reduce(settled) { $0 + $1.done }, tracks.reduce(enterprises.count) { $0 + $1.needed }
            )
        },
        Milestone(slug: "accepted", title: "全面完成移交和接收", article: Article(number: 6)) { county, _ in
            (county.people(.accepted, .handedOver), county.people)
        },
        Milestone(slug: "handed-over", title: "全部纳入社区管理", article: Article(number: 7)) { county, _ in
            (county.people(.handedOver), county.people)
        },
    ]

    static let slugs = all.map(\.slug)

    /// How far the programme of a day is; empty outside a programme.
    static func progress(
        _ reads: GatewayReads, _ county: Tally, _ enterprises: [GatewayReads.EnterpriseState], today: CalendarDay
    ) throws -> [MilestoneProgress] {
        guard let programme = try reads.snapshot.value(of: Programme.parameter, on: today)?.value,
            !programme.isOver(on: today)
        else { return [] }
        return all.compactMap { milestone in
            guard let due = programme.days[milestone.slug], let article = milestone.article else { return nil }
            let (done, total) = milestone.measure(county, enterprises)
            return MilestoneProgress(
                slug: milestone.slug, title: milestone.title, article: article, due: due, done: done, total: total,
                isOverdue: today > due && done < total)
        }
    }
}
