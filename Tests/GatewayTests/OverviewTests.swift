import Contracts
import Domain
import Support
import Testing

@testable import Gateway

@Suite("Overview (第十八条): figures, milestones, what is late")
struct OverviewTests {
    private static let day = CalendarDay("2026-11-20")!

    @Test("An empty county: all thirteen townships stand there with nobody, nothing is overdue")
    func empty() throws {
        let overview = try GatewayBench().overview()
        #expect(overview.people == 0)
        #expect(overview.townships.map(\.township) == Township.all.map(\.code))
        #expect(overview.townships.count == 13)
        #expect(overview.statuses.map(\.status) == PersonStatus.allCases)
        #expect(overview.tracks.map(\.track) == Track.allCases)
        #expect(overview.enterprises.isEmpty)
        #expect(overview.milestones.allSatisfy { !$0.isOverdue && $0.total == 0 })
    }

    @Test("Figures by county, enterprise and township")
    func figures() throws {
        let bench = try GatewayBench()
        try bench.enterprise()
        try bench.enterprise(Sample.otherEnterprise)
        try bench.register(1)
        try bench.register(2, township: Sample.otherTownship)
        try bench.register(3, enterprise: Sample.otherEnterprise)
        for person in [1, 2] as [Int64] {
            try bench.feed(
                PersonAccepted(
                    person: PersonID(person), enterprise: Sample.enterprise, township: Sample.township, on: Self.day),
                from: .registry)
        }
        try bench.feed(PersonHandedOver(person: PersonID(1), on: Self.day), from: .registry)
        try bench.feed(FileReceived(person: PersonID(3), missing: 0), from: .archives)
        let overview = try bench.overview()
        #expect(overview.at == bench.clock.now())
        #expect(overview.people == 3)
        #expect(overview.people(.registered) == 1)
        #expect(overview.people(.accepted) == 1)
        #expect(overview.people(.handedOver) == 1)
        let first = try #require(overview.enterprises.first { $0.enterprise == Sample.enterprise })
        #expect(first.people == 2 && first.handedOver == 1)
        let second = try #require(overview.enterprises.first { $0.enterprise == Sample.otherEnterprise })
        #expect(second.people == 1 && second.handedOver == 0)
        #expect(second.tracks.first { $0.track == .archives }?.done == 1)
        let township = try #require(overview.townships.first { $0.township == Sample.township })
        #expect(township.people == 2 && township.accepted == 1 && township.handedOver == 1)
        let other = try #require(overview.townships.first { $0.township == Sample.otherTownship })
        #expect(other.people == 1 && other.accepted == 1 && other.handedOver == 0)
        #expect(overview.services == nil)
    }

    @Test("Milestones with the rules' dates and articles (第五条至第七条)")
    func milestones() throws {
        let bench = try GatewayBench()
        bench.clock.set(CalendarDay("2020-08-01")!)
        let overview = try bench.overview()
        #expect(
            overview.milestones.map(\.slug) == ["mechanism", "survey", "tracks", "accepted", "handed-over"])
        #expect(
            overview.milestones.map(\.due.description) == [
                "2020-07-30", "2020-08-31", "2020-09-30", "2020-10-31", "2020-12-31",
            ])
        #expect(overview.milestones.map(\.article.number) == [5, 5, 6, 6, 7])
        #expect(overview.milestones.allSatisfy { !$0.title.isEmpty })
    }

    @Test("What each milestone measures")
    func measures() throws {
        let bench = try GatewayBench()
        bench.clock.set(CalendarDay("2020-08-01")!)
        try bench.enterprise()
        try bench.enterprise(Sample.otherEnterprise, isFinancial: true)
        func counts(_ slug: String) throws -> [Int] {
            let milestone = try #require(try bench.overview().milestone(slug))
            return [milestone.done, milestone.total]
        }
        // 第四条: a financial enterprise owes no roster.
        #expect(try counts("mechanism") == [0, 1])
        try bench.feed(
            RosterClosed(roster: 1, enterprise: Sample.enterprise, registered: 2, setAside: 0), from: .registry)
        #expect(try counts("mechanism") == [1, 1])
        try bench.feed(RosterUndone(roster: 1, enterprise: Sample.enterprise, removed: 2), from: .registry)
        #expect(try counts("mechanism") == [0, 1], "a roster that was taken back is not in")
        try bench.feed(
            RosterClosed(roster: 2, enterprise: Sample.enterprise, registered: 2, setAside: 0), from: .registry)
        #expect(try counts("mechanism") == [1, 1])
        try bench.register(1)
        try bench.register(2)
        #expect(try counts("survey") == [0, 2])
        try bench.feed(PersonVerified(person: PersonID(1)), from: .registry)
        #expect(try counts("survey") == [1, 2])
        // Two files, and each enterprise's assets.
        #expect(try counts("tracks") == [0, 4])
        try bench.feed(FileReceived(person: PersonID(1), missing: 0), from: .archives)
        try bench.feed(NoAssetsDeclared(enterprise: Sample.enterprise), from: .assets)
        try bench.feed(AssetsHandedOver(enterprise: Sample.otherEnterprise, on: Self.day), from: .assets)
        #expect(try counts("tracks") == [3, 4])
        #expect(try counts("accepted") == [0, 2])
        try bench.feed(
            PersonAccepted(
                person: PersonID(1), enterprise: Sample.enterprise, township: Sample.township, on: Self.day),
            from: .registry)
        #expect(try counts("accepted") == [1, 2])
        #expect(try counts("handed-over") == [0, 2])
        try bench.feed(PersonHandedOver(person: PersonID(1), on: Self.day), from: .registry)
        #expect(try counts("accepted") == [1, 2])
        #expect(try counts("handed-over") == [1, 2])
    }

    @Test("A milestone is overdue from the day after its date, until it is reached")
    func overdueMilestone() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        bench.clock.set(CalendarDay("2020-10-31")!)
        #expect(try bench.overview().milestone("accepted")?.isOverdue == false)
        bench.clock.set(CalendarDay("2020-11-01")!)
        #expect(try bench.overview().milestone("accepted")?.isOverdue == true)
        #expect(try bench.overview().milestone("handed-over")?.isOverdue == false)
        try bench.feed(
            PersonAccepted(
                person: PersonID(1), enterprise: Sample.enterprise, township: Sample.township, on: Self.day),
            from: .registry)
        #expect(try bench.overview().milestone("accepted")?.isOverdue == false)
    }

    @Test("With its last day a programme is over; the county may set another, which holds from its day")
    func programmes() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        bench.clock.set(CalendarDay("2020-12-31")!)
        #expect(try bench.overview().milestones.count == 5)
        bench.clock.set(CalendarDay("2021-01-01")!)
        #expect(try bench.overview().milestones == [])
        bench.clock.set(CalendarDay("2026-11-24")!)
        let next = SetParameter(
            parameter: Programme.parameter.name,
            value: #"{"title":"2027年集中移交","days":{"accepted":"2027-06-30"}}"#, holdsFrom: CalendarDay("2027-01-01")!,
            source: "县工作专班方案", isPreview: false)
        let reach = try bench.execute(next, as: .workingTeam)
        #expect(reach.changed == [] && reach.upcoming.map(\.count) == [1])
        #expect(try bench.overview().milestones == [])
        bench.clock.set(CalendarDay("2027-01-01")!)
        #expect(try bench.overview().milestones.map(\.due) == [CalendarDay("2027-06-30")!])
        var unknown = next
        unknown.holdsFrom = CalendarDay("2028-01-01")!
        unknown.value = #"{"title":"2028","days":{"nowhere":"2028-06-30"}}"#
        #expect(try bench.refusal(of: unknown, as: .workingTeam)?.slug == ParameterRefusal.wrongValue.slug)
    }

    @Test("A track is overdue while its deadline has passed and it is not done")
    func overdueTrack() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        let person = PersonID(1)
        func overdue() throws -> Int? { try bench.overview().track(.archives)?.overdue }
        try bench.feed(DeadlinePassed(person: person, track: .archives, due: Self.day), from: .notifications)
        #expect(try overdue() == 1)
        #expect(try bench.overview().townships.first { $0.people == 1 }?.tracks.reduce(0) { $0 + $1.overdue } == 1)
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        #expect(try overdue() == 0)
        try bench.feed(FileReturned(person: person), from: .archives)
        #expect(try overdue() == 1)
        try bench.feed(FileReceived(person: person, missing: 0), from: .archives)
        try bench.feed(LateTrackDone(person: person, track: .archives), from: .notifications)
        try bench.feed(FileReturned(person: person), from: .archives)
        #expect(try overdue() == 0)
        // A deadline of a track that the person does not need counts nowhere.
        try bench.feed(DeadlinePassed(person: person, track: .party, due: Self.day), from: .notifications)
        #expect(try bench.overview().track(.party)?.overdue == 0)
    }

    @Test("Only those whose duty it is get the overview")
    func roles() throws {
        let bench = try GatewayBench()
        #expect(try bench.refusal(of: GetOverview(), as: .township())?.slug == "access.role")
        #expect(try bench.refusal(of: GetPositions(), as: .workingTeam)?.slug == "access.role")
        #expect(try bench.refusal(of: GetOverview(), as: .operations) == nil)
    }
}
