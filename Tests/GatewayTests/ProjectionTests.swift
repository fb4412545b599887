import Contracts
import Domain
import Host
import Support
import Testing

@testable import Gateway

@Suite("Projection: what the gateway learns from each event")
struct ProjectionTests {
    private static let person = PersonID(1)
    private static let day = CalendarDay("2026-11-20")!

    /// Each event about a person, with the track that it finishes; nil when it finishes none.
    static let personEvents: [(event: any Event, stream: ServiceName, finishes: Track?)] = [
        (PartyMembershipNoted(person: person), .registry, nil), (FileRuleNoted(person: person), .registry, nil),
        (OutOfPoolNoted(person: person), .registry, nil), (PersonVerified(person: person), .registry, nil),
        (PersonApplied(person: person, application: 1, township: Sample.township), .registry, nil),
        (PersonReturned(person: person, application: 1), .registry, nil),
        (
            PersonAccepted(person: person, enterprise: Sample.enterprise, township: Sample.township, on: day),
            .registry,
            .acceptance
        ), (PersonConfirmed(person: person), .registry, nil), (CardIssued(person: person), .registry, .confirmation),
        (PersonHandedOver(person: person, on: day), .registry, nil),
        (FileReceived(person: person, missing: 0), .archives, .archives),
        (FileReturned(person: person), .archives, nil),
        (FileHeldBack(person: person), .archives, .archives),
        (TransferPrepared(person: person, isComplete: true), .partyRelations, nil),
        (TransferSent(person: person, validUntil: day), .partyRelations, nil),
        (TransferAccepted(person: person), .partyRelations, nil),
        (TransferReturned(person: person, cause: .other), .partyRelations, nil),
        (MemberPlaced(person: person), .partyRelations, .party),
        (BenefitsRegistered(person: person), .benefitsLiaison, .benefits),
        (PersonListed(person: person, list: 1), .benefitsLiaison, .socialInsurance),
        (PersonChecked(person: person, result: .matches), .benefitsLiaison, .socialInsurance),
        (PersonChecked(person: person, result: .differs), .benefitsLiaison, nil),
        (RecordOpened(person: person), .healthRecords, .health),
        (DeadlinePassed(person: person, track: .archives, due: day), .notifications, nil),
        (LateTrackDone(person: person, track: .archives), .notifications, nil),
    ]

    @Test("Each event of a person enters the timeline, and finishes the track it is about and no other")
    func each() throws {
        for (event, stream, finishes) in Self.personEvents {
            let bench = try GatewayBench()
            try bench.register(1)
            try bench.feed(event, from: stream)
            let name = type(of: event).name
            #expect(try bench.timeline(1).contains(name), "\(name)")
            #expect(try bench.tracks(1, \.isDone) == (finishes.map { [$0] } ?? []), "\(name)")
            #expect(try bench.parked().isEmpty, "\(name)")
        }
    }

    @Test("Events that are about no single person change no person's figures")
    func others() throws {
        let bench = try GatewayBench()
        try bench.enterprise()
        try bench.register(1)
        let before = try bench.overview()
        let events: [(any Event, ServiceName)] = [
            (ContactRecorded(township: Sample.township), .registry),
            (RosterUndone(roster: 9, enterprise: Sample.enterprise, removed: 0), .registry),
            (
                ApplicationSubmitted(
                    application: 1, enterprise: Sample.enterprise, township: Sample.township, people: 1, on: Self.day),
                .registry
            ),
            (
                ApplicationRefused(
                    application: 1, enterprise: Sample.enterprise, township: Sample.township, cause: .notResident),
                .registry
            ),
            (
                ApplicationAccepted(
                    application: 1, enterprise: Sample.enterprise, township: Sample.township, people: 1, on: Self.day),
                .registry
            ), (SurveyFrozen(enterprise: Sample.enterprise, items: 1), .benefitsLiaison),
            (IntakeListBuilt(list: 1, month: Self.day.month, people: 1), .benefitsLiaison),
            (AnnouncementPublished(announcement: 1, recipients: 3), .notifications),
            (SupervisionOpened(notice: 1, role: .township, area: .county, due: Self.day), .notifications),
            (SupervisionAnswered(notice: 1), .notifications), (SupervisionClosed(notice: 1), .notifications),
        ]
        for (event, stream) in events { try bench.feed(event, from: stream) }
        #expect(try bench.overview() == before)
        #expect(try bench.timeline(1) == [PersonRegistered.name])
        #expect(try bench.parked().isEmpty)
    }

    @Test("A person's status follows the registry")
    func status() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        let steps: [(any Event, PersonStatus)] = [
            (PersonVerified(person: Self.person), .verified),
            (PersonApplied(person: Self.person, application: 1, township: Sample.township), .applied),
            (PersonReturned(person: Self.person, application: 1), .verified),
            (PersonApplied(person: Self.person, application: 2, township: Sample.township), .applied),
            (
                PersonAccepted(
                    person: Self.person, enterprise: Sample.enterprise, township: Sample.township, on: Self.day),
                .accepted
            ), (PersonHandedOver(person: Self.person, on: Self.day), .handedOver),
        ]
        for (event, status) in steps {
            try bench.feed(event, from: .registry)
            let overview = try bench.overview()
            #expect(try bench.progress(1)?.status == status)
            #expect(overview.people(status) == 1)
            #expect(overview.statuses.reduce(0) { $0 + $1.people } == 1)
        }
    }

    @Test("Party and out-of-pool benefits are needed only by those concerned")
    func needed() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        try bench.register(2)
        #expect(try bench.overview().track(.party)?.needed == 0)
        #expect(try bench.overview().track(.benefits)?.needed == 0)
        #expect(try bench.overview().track(.archives)?.needed == 2)
        try bench.feed(PartyMembershipNoted(person: Self.person), from: .registry)
        try bench.feed(OutOfPoolNoted(person: PersonID(2)), from: .registry)
        #expect(try bench.overview().track(.party)?.needed == 1)
        #expect(try bench.overview().track(.benefits)?.needed == 1)
    }

    @Test("A file sent back and a difference found reopen their tracks")
    func reopened() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        try bench.feed(FileReceived(person: Self.person, missing: 0), from: .archives)
        try bench.feed(PersonListed(person: Self.person, list: 1), from: .benefitsLiaison)
        #expect(try bench.overview().track(.archives)?.done == 1)
        #expect(try bench.overview().track(.socialInsurance)?.done == 1)
        try bench.feed(FileReturned(person: Self.person), from: .archives)
        try bench.feed(PersonChecked(person: Self.person, result: .differs), from: .benefitsLiaison)
        #expect(try bench.overview().track(.archives)?.done == 0)
        #expect(try bench.overview().track(.socialInsurance)?.done == 0)
        try bench.feed(PersonChecked(person: Self.person, result: .matches), from: .benefitsLiaison)
        #expect(try bench.overview().track(.socialInsurance)?.done == 1)
    }

    @Test("A department's event before the registry's: counted once the registry has told who it is")
    func crossStream() throws {
        let bench = try GatewayBench()
        try bench.feed(FileReceived(person: Self.person, missing: 0), from: .archives)
        try bench.feed(DeadlinePassed(person: Self.person, track: .health, due: Self.day), from: .notifications)
        #expect(try bench.overview().people == 0)
        #expect(try bench.overview().track(.archives)?.done == 0)
        try bench.register(1)
        let overview = try bench.overview()
        #expect(overview.people == 1)
        #expect(overview.track(.archives) == TrackCount(track: .archives, needed: 1, done: 1, overdue: 0))
        #expect(overview.track(.health) == TrackCount(track: .health, needed: 1, done: 0, overdue: 1))
        #expect(Set(try bench.timeline(1)) == [FileReceived.name, DeadlinePassed.name, PersonRegistered.name])
    }

    @Test("Assets before the enterprise: its state stays when the registry names it")
    func assetsFirst() throws {
        let bench = try GatewayBench()
        try bench.feed(NoAssetsDeclared(enterprise: Sample.enterprise), from: .assets)
        #expect(try bench.overview().enterprises.map(\.assets) == [.none])
        try bench.enterprise()
        let enterprise = try #require(try bench.overview().enterprises.first)
        #expect(enterprise.name == "红河县测试茶厂")
        #expect(enterprise.assets == .none)
    }

    @Test("Assets go from inventory to hand-over")
    func assets() throws {
        let bench = try GatewayBench()
        try bench.enterprise()
        #expect(try bench.overview().enterprises.map(\.assets) == [.awaiting])
        let steps: [(any Event, AssetState)] = [
            (InventoryRecorded(enterprise: Sample.enterprise, items: 3), .inventoried),
            (AgreementSigned(enterprise: Sample.enterprise, township: Sample.township, on: Self.day), .agreed),
            (AssetsHandedOver(enterprise: Sample.enterprise, on: Self.day), .handedOver),
        ]
        for (event, state) in steps {
            try bench.feed(event, from: .assets)
            #expect(try bench.overview().enterprises.map(\.assets) == [state])
        }
    }

    @Test("Who leaves with an undone roster counts nowhere, whatever arrives about them later")
    func withdrawn() throws {
        let bench = try GatewayBench()
        try bench.enterprise()
        try bench.register(1)
        try bench.register(2)
        try bench.feed(FileReceived(person: Self.person, missing: 0), from: .archives)
        try bench.feed(DeadlinePassed(person: Self.person, track: .health, due: Self.day), from: .notifications)
        try bench.feed(PersonWithdrawn(person: Self.person), from: .registry)
        #expect(try bench.progress(1) == nil)
        #expect(try bench.timeline(1).isEmpty)
        let after = try bench.overview()
        #expect(after.people == 1)
        #expect(after.track(.archives) == TrackCount(track: .archives, needed: 1, done: 0, overdue: 0))
        #expect(after.track(.health)?.overdue == 0)
        #expect(after.enterprises.first?.people == 1)
        try bench.feed(RecordOpened(person: Self.person), from: .healthRecords)
        try bench.feed(PersonWithdrawn(person: PersonID(77)), from: .registry)
        #expect(try bench.overview().people == 1)
        #expect(try bench.overview().track(.health)?.done == 0)
        #expect(try bench.parked().isEmpty)
    }

    @Test("A person who is registered anew with another township and enterprise counts there and nowhere else")
    func moved() throws {
        let bench = try GatewayBench()
        try bench.enterprise()
        try bench.enterprise(Sample.otherEnterprise)
        try bench.register(1)
        try bench.register(1, enterprise: Sample.otherEnterprise, township: Sample.otherTownship)
        let overview = try bench.overview()
        #expect(overview.people == 1)
        #expect(overview.townships.filter { $0.people > 0 }.map(\.township) == [Sample.otherTownship])
        #expect(overview.enterprises.filter { $0.people > 0 }.map(\.enterprise) == [Sample.otherEnterprise])
    }

    @Test("The timeline is in the order of time and tells which service spoke")
    func timeline() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        bench.clock.advance(byMilliseconds: 1000)
        try bench.feed(FileReceived(person: Self.person, missing: 0), from: .archives)
        bench.clock.advance(byMilliseconds: 1000)
        try bench.feed(PersonVerified(person: Self.person), from: .registry)
        let entries = try bench.look { try $0.timeline(Self.person) }
        #expect(entries.map(\.event) == [PersonRegistered.name, FileReceived.name, PersonVerified.name])
        #expect(entries.map(\.service) == [.registry, .archives, .registry])
        #expect(entries.map(\.at) == entries.map(\.at).sorted())
    }

    @Test("Positions tell how far each log is followed")
    func positions() throws {
        let bench = try GatewayBench()
        try bench.register(1)
        try bench.register(2)
        try bench.feed(RecordOpened(person: Self.person), from: .healthRecords)
        let rows = try bench.ask(GetPositions(), as: .operations).rows
        #expect(rows.first { $0.stream == "registry" }?.applied == 2)
        #expect(rows.first { $0.stream == "health-records" }?.applied == 1)
    }
}
