import Contracts
import Domain

/// The part of the Party's organizations (第十条).
struct SampleParty {
    private static let letterDays = 10

    let plan: SamplePlan
    let orders: SampleOrders

    /// - Returns: how many members were placed in a branch.
    func run(_ subjects: [SampleTracks.Subject]) throws -> Int {
        let members = subjects.filter { $0.person.isPartyMember }
        func reaching(_ goals: SampleCourse.Party...) -> [SampleTracks.Subject] {
            members.filter { goals.contains($0.course.party) }
        }
        try prepare(reaching(.begun, .prepared, .sent, .returned, .accepted, .placed))
        try send(reaching(.sent, .returned, .accepted, .placed))
        try orders.run(
            "退回组织关系",
            reaching(.returned).map { subject in
                let refuse = RefuseTransfer(
                    person: subject.number, cause: .fileIncomplete, explanation: "党员档案中缺少转正材料，请补齐后再转。")
                return (refuse, SampleCounty.officer(of: subject.person.township))
            })
        try orders.run(
            "接收组织关系",
            reaching(.accepted, .placed).map { subject in
                // Not before the last day on which a letter was written, see `send`, and before it runs out.
                let day = max(min(plan.today, subject.since.adding(days: 9)), Article.effectiveDay)
                let accept = AcceptTransfer(person: subject.number, dated: day)
                return (accept, SampleCounty.officer(of: subject.person.township))
            })
        let placed = reaching(.placed)
        try orders.run(
            "编入党支部",
            placed.map { subject in
                let branch = "\(subject.person.township.name)\(subject.person.community)退休党员党支部"
                return (
                    PlaceMember(person: subject.number, branch: branch),
                    SampleCounty.officer(of: subject.person.township)
                )
            })
        return placed.count
    }

    private func prepare(_ members: [SampleTracks.Subject]) throws {
        try orders.run(
            "组织关系转接准备",
            members.map { subject in
                let isDone = subject.course.party != .begun
                let prepare = PrepareTransfer(
                    person: subject.number, kind: subject.number.rawValue % 97 == 0 ? .probationary : .full,
                    preparation: TransferPreparation(
                        fileChecked: isDone, duesBaseVerified: true,
                        duesPaidThrough: isDone ? plan.today.month.previous : nil, dataGathered: isDone),
                    duesBaseInFen: Int64(subject.person.pensionInYuan) * 100)
                return (prepare, plan.officer(ofEnterprise: subject.person.enterprise))
            })
    }

    /// Letters that are still under way are of these days; some of them have run out.
    private func send(_ members: [SampleTracks.Subject]) throws {
        var chance = SampleChance(seed: 10)
        try orders.run(
            "转出组织关系",
            members.map { subject in
                let isUnderWay = subject.course.party == .sent
                let day =
                    isUnderWay
                    ? plan.today.adding(days: -chance.number(0...14)) : subject.since.adding(days: chance.number(1...9))
                let send = SendTransfer(
                    person: subject.number, organization: "中共\(Township.countyName)\(subject.person.township.name)委员会",
                    dated: max(min(plan.today, day), Article.effectiveDay), validDays: Self.letterDays)
                return (send, plan.officer(ofEnterprise: subject.person.enterprise))
            })
    }
}
