import Contracts
import Domain
import Recount
import Testing

@Suite("The recount of the overview")
struct OverviewRecountTests {
    private static let person = PersonID(7)
    private static let township = Township.all[0]

    private func logged(_ event: some Event) throws -> LoggedEvent {
        LoggedEvent(name: type(of: event).name, key: event.key, body: try JSONCoding.bytes(event))
    }

    private func recount() throws -> OverviewRecount {
        try OverviewRecount([
            .registry: [
                logged(
                    EnterpriseRecorded(
                        enterprise: "e", name: "茶厂", ownership: .county, isFinancial: false, hasVanished: false,
                        hasAnnuity: false)),
                logged(
                    PersonRegistered(person: Self.person, enterprise: "e", township: Self.township.code, roster: 1)),
                logged(
                    PersonRegistered(person: PersonID(8), enterprise: "e", township: Self.township.code, roster: 1)),
                logged(PersonWithdrawn(person: PersonID(8))), logged(PersonVerified(person: Self.person)),
                logged(
                    PersonAccepted(
                        person: Self.person, enterprise: "e", township: Self.township.code,
                        on: CalendarDay("2026-11-24")!)),
            ], .assets: [logged(InventoryRecorded(enterprise: "e", items: 2))],
        ])
    }

    private func overview(_ change: (inout Overview) -> Void = { _ in }) -> Overview {
        let acceptance = TrackCount(track: .acceptance, needed: 1, done: 1, overdue: 0)
        var overview = Overview(
            at: CalendarDay("2026-11-24")!.start, people: 1, statuses: [StatusCount(status: .accepted, people: 1)],
            tracks: [acceptance],
            enterprises: [
                EnterpriseProgress(
                    enterprise: "e", name: "茶厂", ownership: .county, people: 1, handedOver: 0, assets: .inventoried,
                    tracks: [acceptance])
            ],
            townships: [
                TownshipProgress(
                    township: Self.township.code, name: Self.township.name, people: 1, accepted: 1, handedOver: 0,
                    tracks: [acceptance])
            ], milestones: [])
        change(&overview)
        return overview
    }

    @Test("agrees with figures that are those of the logs, and counts nobody who has left")
    func agrees() throws {
        let recount = try recount()
        #expect(recount.people == 1 && recount.handedOver == 0)
        #expect(recount.compare(with: overview()).differences == [])
        #expect(recount.compare(with: overview()).compared == 19)
    }

    @Test("finds each single figure that is not")
    func differs() throws {
        let recount = try recount()
        let changes: [(inout Overview) -> Void] = [
            { $0.people = 2 }, { $0.statuses[0].people = 0 }, { $0.tracks[0].needed = 2 }, { $0.tracks[0].done = 0 },
            { $0.tracks[0].overdue = 1 }, { $0.enterprises[0].people = 0 }, { $0.enterprises[0].handedOver = 1 },
            { $0.enterprises[0].assets = .agreed }, { $0.enterprises[0].tracks[0].done = 0 }, { $0.enterprises = [] },
            { $0.townships[0].people = 0 }, { $0.townships[0].accepted = 0 }, { $0.townships[0].handedOver = 1 },
            { $0.townships[0].tracks[0].needed = 0 }, { $0.townships = [] },
        ]
        for (place, change) in changes.enumerated() {
            #expect(!recount.compare(with: overview(change)).differences.isEmpty, "change \(place)")
        }
    }

    @Test("finds who is handed over too early, and who should be and is not")
    func contradictions() throws {
        let early = try OverviewRecount([
            .registry: [
                logged(PersonRegistered(person: Self.person, enterprise: "e", township: "t", roster: 1)),
                logged(PersonHandedOver(person: Self.person, on: CalendarDay("2026-11-24")!)),
            ]
        ])
        #expect(early.contradictions.tooEarly == [Self.person] && early.contradictions.notHandedOver.isEmpty)
    }
}
