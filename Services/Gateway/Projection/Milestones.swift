import Contracts
import Domain

/// The milestones of 第五条 to 第七条, as data of a programme year: the rules set them for 2020, and the same days hold
/// for the standing hand-over of later years until the county sets others.
struct Milestone: Sendable {
    var slug: String
    var title: String
    var article: Article?
    var month: Int
    var day: Int
    /// How much of how much is done.
    var measure: @Sendable (Tally, [GatewayReads.EnterpriseState]) -> (done: Int, total: Int)

    static let all: [Milestone] = [
        Milestone(slug: "mechanism", title: "建立工作机制，企业报送名册", article: Article(number: 5), month: 7, day: 30) {
            _, enterprises in
            let concerned = enterprises.filter { !$0.isFinancial }
            return (concerned.count(where: \.hasRoster), concerned.count)
        },
        Milestone(slug: "survey", title: "摸底调查，核准移交人数", article: Article(number: 5), month: 8, day: 31) {
            county, _ in (county.people - county.people(.registered), county.people)
        },
        Milestone(slug: "tracks", title: "资产、档案、党组织关系基本移交", article: Article(number: 6), month: 9, day: 30) {
            county, enterprises in
            let tracks = county.tracks.filter { $0.track == .archives || $0.track == .party }
            let settled = enterprises.count { $0.assets == .handedOver || $0.assets == .none }
            return (
                tracks.reduce(settled) { $0 + $1.done }, tracks.reduce(enterprises.count) { $0 + $1.needed }
            )
        },
        Milestone(slug: "accepted", title: "全面完成移交和接收", article: Article(number: 6), month: 10, day: 31) {
            county, _ in (county.people(.accepted, .handedOver), county.people)
        },
        Milestone(slug: "handed-over", title: "全部纳入社区管理", article: Article(number: 7), month: 12, day: 31) {
            county, _ in (county.people(.handedOver), county.people)
        },
    ]

    func progress(
        _ county: Tally, _ enterprises: [GatewayReads.EnterpriseState], today: CalendarDay
    ) -> MilestoneProgress? {
        guard let due = CalendarDay(year: today.year, month: month, day: day), let article else { return nil }
        let (done, total) = measure(county, enterprises)
        return MilestoneProgress(
            slug: slug, title: title, article: article, due: due, done: done, total: total,
            isOverdue: today > due && done < total)
    }
}
