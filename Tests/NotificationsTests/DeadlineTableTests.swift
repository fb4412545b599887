import Contracts
import Domain
import Testing

@testable import Notifications

@Suite("The table of deadlines")
struct DeadlineTableTests {
    private func person(
        appliedOn: String? = nil, acceptedOn: String? = nil, isPartyMember: Bool = true, hasOutOfPool: Bool = true
    ) -> TrackedPerson {
        TrackedPerson(
            id: PersonID(1), enterprise: "", township: "", appliedOn: appliedOn.flatMap { CalendarDay($0) },
            acceptedOn: acceptedOn.flatMap { CalendarDay($0) },
            concerned: Set((isPartyMember ? [.party] : []) + (hasOutOfPool ? [.benefits] : [])))
    }

    @Test(
        "Each track's last day",
        arguments: [
            (Track.acceptance, "2026-11-30"), (.archives, "2026-12-20"), (.party, "2027-01-14"),
            (.confirmation, "2027-01-14"), (.socialInsurance, "2027-01-31"), (.health, "2027-02-13"),
            (.benefits, "2027-01-14"),
        ])
    func days(track: Track, day: String) {
        let person = person(appliedOn: "2026-11-20", acceptedOn: "2026-12-15")
        #expect(person.due(track, by: .county)?.description == day)
    }

    @Test(
        "第十六条（四）: the month after acceptance has its own length",
        arguments: [("2026-10-31", "2026-11-30"), ("2027-01-31", "2027-02-28"), ("2028-01-01", "2028-02-29")])
    func monthEnds(accepted: String, due: String) {
        #expect(person(acceptedOn: accepted).due(.socialInsurance, by: .county)?.description == due)
    }

    @Test("Tracks that have not begun, and those not for this person, have no day")
    func none() {
        #expect(Track.allCases.allSatisfy { person().due($0, by: .county) == nil })
        let applied = person(appliedOn: "2026-11-20")
        #expect(Track.allCases.filter { applied.due($0, by: .county) != nil } == [.acceptance, .archives])
        let plain = person(acceptedOn: "2026-11-20", isPartyMember: false, hasOutOfPool: false)
        #expect(
            Track.allCases.filter { plain.due($0, by: .county) != nil } == [.confirmation, .socialInsurance, .health])
    }

    @Test("A later row counts from its date, for what begins from then on")
    func dated() {
        var table = DeadlineTable.county
        table.rows.append(
            DeadlineTable.Row(
                track: .health, start: .accepted, term: .days(20), article: nil,
                holdsFrom: CalendarDay("2027-01-01")!))
        #expect(person(acceptedOn: "2026-12-31").due(.health, by: table)?.description == "2027-03-01")
        #expect(person(acceptedOn: "2027-01-01").due(.health, by: table)?.description == "2027-01-21")
        #expect(person(acceptedOn: "2020-07-30").due(.health, by: table) == nil)
    }

    @Test("Every track has a row with its article, somebody responsible, and the working team")
    func complete() {
        for track in Track.allCases {
            #expect(DeadlineTable.county.row(track, startedOn: Article.effectiveDay)?.article != nil)
            let responsible = track.responsible(enterprise: "E", township: "T")
            #expect(responsible.count >= 2)
            #expect(responsible.last == .county(.workingTeam))
            #expect(Set(responsible).count == responsible.count)
        }
    }
}
