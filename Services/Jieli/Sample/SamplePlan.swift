import Contracts
import Domain

/// An application of one enterprise to one township.
struct SampleApplication: Sendable {
    enum Decision: Equatable, Sendable {
        case waiting, refused
        case accepted(CalendarDay)
    }

    let enterprise: Int
    let township: Township
    /// Indexes into the plan's people.
    let people: [Int]
    let dated: CalendarDay
    let decision: Decision
}

/// Everything that is to happen in the sample county, decided before the first command is sent. The same number of
/// people on the same day gives the same plan.
struct SamplePlan: Sendable {
    /// The days over which acceptance is spread.
    static let span = 150

    let today: CalendarDay
    private(set) var people: [SamplePerson] = []
    private(set) var applications: [SampleApplication] = []
    private(set) var rosters: [SampleRoster] = []

    init(people count: Int, today: CalendarDay) {
        self.today = today
        var chance = SampleChance(seed: 532_529)
        var source = SamplePeople(today: today)
        people = (0..<count).map { _ in source.draw(&chance) }
        for index in people.indices { people[index].course.isVerified = chance.percent(92) }
        apply(&chance)
        decide(&chance)
        for enterprise in SampleEnterprise.all.indices {
            let members = people.indices.filter { people[$0].enterprise == enterprise }
            let isFinancial = SampleEnterprise.all[enterprise].isFinancial
            guard !members.isEmpty || isFinancial else { continue }
            let outside = isFinancial ? (0..<9).map { _ in source.draw(&chance, enterprise: enterprise) } : []
            let faulty = (0..<SampleRoster.faults.count).map { _ in source.draw(&chance, enterprise: enterprise) }
            rosters.append(
                SampleRoster(
                    enterprise: enterprise, members: members, people: members.map { people[$0] } + outside,
                    faulty: faulty))
        }
    }

    func officer(ofEnterprise index: Int) -> Officer { SampleCounty.officer(SampleEnterprise.all[index].user) }

    /// One application for each enterprise and township, larger ones in parts as they come month by month.
    private mutating func apply(_ chance: inout SampleChance) {
        var groups: [[Int]: [Int]] = [:]
        for (index, person) in people.enumerated() where person.course.isVerified && !chance.percent(10) {
            let township = Township.all.firstIndex(of: person.township) ?? 0
            groups[[person.enterprise, township], default: []].append(index)
        }
        let largest = max(12, people.count / 100)
        let parts = groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { _, members in
            stride(from: 0, to: members.count, by: largest).map {
                Array(members[$0..<min($0 + largest, members.count)])
            }
        }
        for (number, members) in parts.enumerated() {
            let first = people[members[0]]
            let isWaiting = chance.percent(12)
            let age = chance.number(0...Self.span - 1)
            let decision: SampleApplication.Decision =
                number == parts.count / 2
                ? .refused : isWaiting ? .waiting : .accepted(max(today.adding(days: -age), Article.effectiveDay))
            let dated: CalendarDay =
                switch decision {
                case .accepted(let day): day.adding(days: -chance.number(2...15))
                case .refused: today.adding(days: -20)
                case .waiting: today.adding(days: -chance.number(0...24))
                }
            applications.append(
                SampleApplication(
                    enterprise: first.enterprise, township: first.township, people: members,
                    dated: max(dated, Article.effectiveDay), decision: decision))
        }
    }

    private mutating func decide(_ chance: inout SampleChance) {
        let fate = SampleFate(today: today)
        for (number, application) in applications.enumerated() {
            for person in application.people {
                switch application.decision {
                case .refused: continue
                case .waiting: fate.applied(&people[person], &chance)
                case .accepted(let day): fate.accepted(&people[person], on: day, &chance)
                }
                people[person].course.application = number
            }
        }
        for index in people.indices where people[index].employer.survey == nil {
            people[index].course.hasBenefits = false
        }
        for index in people.indices where !people[index].isPartyMember { people[index].course.party = .awaiting }
    }
}
