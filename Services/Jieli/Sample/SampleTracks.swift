import Contracts
import Domain

/// What is done for each person after, and partly before, the township accepts (第九条至第十六条).
struct SampleTracks {
    let plan: SamplePlan
    let persons: [PersonID]
    let orders: SampleOrders
    let following: SampleFollowing

    /// A person of the plan with the ledger's number.
    struct Subject {
        let number: PersonID
        let person: SamplePerson
        /// The township's acceptance, else the application's date, else today.
        let since: CalendarDay

        var course: SampleCourse { person.course }
    }

    func run(_ progress: (String) -> Void) throws {
        let subjects = plan.people.enumerated().map { index, person in
            Subject(
                number: persons[index], person: person,
                since: person.course.acceptedOn
                    ?? person.course.application.map { plan.applications[$0].dated } ?? plan.today)
        }
        let files = try SampleFiles(plan: plan, orders: orders).run(subjects)
        progress("样例：接收 \(files) 份人事档案")
        let members = try SampleParty(plan: plan, orders: orders).run(subjects)
        progress("样例：\(members) 名党员编入党支部")
        try registerBenefits(subjects)
        let listed = try SampleIntake(plan: plan, orders: orders).run(subjects)
        progress("样例：登记统筹外费用，向社保经办机构交付 \(listed) 人")
        try confirm(subjects)
        try openHealthRecords(subjects)
        progress("样例：核对信息、发放联系卡，建立健康档案")
    }

    private func registerBenefits(_ subjects: [Subject]) throws {
        let officer = SampleCounty.officer("caizheng")
        try orders.run(
            "登记统筹外费用",
            subjects.lazy.filter { $0.person.hasOutOfPool && $0.course.hasBenefits }.map { subject in
                let survey = subject.person.employer.survey ?? []
                // Nobody gets more than the survey found, many get less.
                let items = survey.prefix(1 + Int(subject.number.rawValue % 2)).map { item in
                    BenefitItem(
                        kind: item.kind,
                        monthlyAmountInFen: item.monthlyCapInFen - (subject.number.rawValue % 3) * 1_000,
                        channel: subject.number.rawValue % 5 == 0 ? .setAside : .enterprise)
                }
                return (RegisterBenefits(person: subject.number, items: items), officer)
            })
    }

    private func confirm(_ subjects: [Subject]) throws {
        var chance = SampleChance(seed: 16)
        let confirmed = subjects.filter { $0.course.confirmation >= .confirmed }
        try orders.run(
            "核对信息",
            confirmed.map { subject in
                let method: ConfirmationMethod = [.visit, .visit, .summons, .delegate][chance.weighted([4, 3, 2, 1])]
                let delegate = method == .delegate ? SampleName.make(.hani, isMale: chance.percent(50), &chance) : nil
                let moved = Correction(
                    field: .residence, value: "云南省\(Township.countyName)\(subject.person.township.name)安置小区")
                return (
                    ConfirmPerson(
                        person: subject.number, method: method, delegate: delegate,
                        corrections: chance.percent(10) ? [moved] : []),
                    SampleCounty.officer(of: subject.person.township)
                )
            })
        try orders.run(
            "发放联系卡",
            confirmed.filter { $0.course.confirmation == .card }.map {
                (IssueCard(person: $0.number), SampleCounty.officer(of: $0.person.township))
            })
    }

    private func openHealthRecords(_ subjects: [Subject]) throws {
        var chance = SampleChance(seed: 8)
        let officer = SampleCounty.officer("weijian")
        try orders.run(
            "建立健康档案",
            subjects.filter { $0.course.hasHealthRecord && $0.course.acceptedOn != nil }.map { subject in
                let segment =
                    subject.person.community.hasSuffix("社区") ? chance.number(1...6) : chance.number(101...112)
                return (
                    OpenRecord(
                        person: subject.number, villageSegment: SampleText.digits(segment, 3),
                        dated: min(plan.today, subject.since.adding(days: chance.number(3...40))),
                        bloodType: chance.percent(60) ? chance.pick(["A", "B", "O", "AB"]) + " 型" : nil,
                        allergies: chance.percent(8) ? "青霉素" : nil,
                        chronicDiseases: ["高血压", "2 型糖尿病", "冠心病", "慢性阻塞性肺病"].filter { _ in chance.percent(18) }),
                    officer
                )
            })
    }
}
