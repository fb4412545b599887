import Contracts
import Domain

/// The archives bureau's part (第九条).
struct SampleFiles {
    let plan: SamplePlan
    let orders: SampleOrders

    private let archives = SampleCounty.officer("dangan")

    init(plan: SamplePlan, orders: SampleOrders) {
        self.plan = plan
        self.orders = orders
    }

    /// - Returns: how many files were received.
    func run(_ subjects: [SampleTracks.Subject]) throws -> Int {
        try orders.run(
            "档案不移交登记",
            subjects.filter { $0.course.file == .heldBack }.map { subject in
                let ground: HoldBackGround = subject.person.isCommitteeManaged ? .committeeManaged : .classified
                return (HoldBackFile(person: subject.number, ground: ground), archives)
            })
        try orders.run(
            "档案退回",
            subjects.filter { $0.course.file == .returned }.map { subject in
                let reasons = [["未按规定装订成卷", "目录与材料不符"], ["工资材料不齐"], ["缺页未编号"]]
                let chosen = reasons[Int(subject.number.rawValue) % reasons.count]
                return (ReturnFile(person: subject.number, reasons: chosen), archives)
            })
        var chance = SampleChance(seed: 9)
        let received = subjects.filter { $0.course.file == .received || $0.course.file == .receivedWithProof }
        try orders.run(
            "接收档案",
            received.lazy.map { subject in
                let catalogue = SampleCatalogue(
                    subject.person, hasProof: subject.course.file == .receivedWithProof, &chance)
                return (
                    ReceiveFile(
                        person: subject.number, scheme: catalogue.scheme, volumes: chance.percent(85) ? 1 : 2,
                        catalogue: catalogue.entries, missing: catalogue.missing,
                        dated: min(plan.today, subject.since.adding(days: chance.number(1...28)))),
                    archives
                )
            })
        return received.count
    }
}
