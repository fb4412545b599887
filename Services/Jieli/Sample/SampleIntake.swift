import Contracts
import Domain

/// The monthly lists for the social-insurance agency and what it found (第十六条（四）).
struct SampleIntake {
    let plan: SamplePlan
    let orders: SampleOrders

    /// Lists of all months but the last are complete; of the last month's, every other township's is still awaited.
    /// - Returns: how many people were listed.
    func run(_ subjects: [SampleTracks.Subject]) throws -> Int {
        let accepted = subjects.filter { $0.course.acceptedOn != nil }
        let last = plan.today.month.previous
        // A month's list may only follow the one before, or it would take that one's people, too.
        for month in Set(accepted.map { $0.since.month }).sorted() where month < last {
            try orders.run("交付名单", BuildIntakeList(month: month), as: SampleCounty.officer("renshe"))
        }
        let punctual = Township.all.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        let concerned = punctual.filter { township in
            accepted.contains { $0.since.month == last && $0.person.township == township }
        }
        try orders.run(
            "交付名单", concerned.map { (BuildIntakeList(month: last), SampleCounty.officer(of: $0)) })
        let listed = accepted.filter {
            $0.since.month < last || ($0.since.month == last && punctual.contains($0.person.township))
        }
        try orders.run(
            "社保核对",
            listed.compactMap { subject -> (CheckListed, Officer)? in
                guard let check = subject.course.check else { return nil }
                return (
                    CheckListed(
                        person: subject.number, result: check,
                        note: check == .differs ? "参保系统中的退休时间与名册相差一个月，请核对。" : nil),
                    SampleCounty.officer("shebao")
                )
            })
        return listed.count
    }
}
