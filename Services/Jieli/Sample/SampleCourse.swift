import Contracts
import Domain

/// How far one person gets on each track. Every state occurs somewhere in the county.
struct SampleCourse: Sendable {
    enum File: CaseIterable, Sendable { case awaiting, returned, received, receivedWithProof, heldBack }
    enum Party: CaseIterable, Comparable, Sendable { case awaiting, begun, prepared, sent, returned, accepted, placed }
    enum Confirmation: CaseIterable, Comparable, Sendable { case awaiting, confirmed, card }

    var isVerified = false
    /// Index into the plan's applications.
    var application: Int?
    var acceptedOn: CalendarDay?
    var file = File.awaiting
    var party = Party.awaiting
    var confirmation = Confirmation.awaiting
    var check: ListCheck?
    var hasHealthRecord = false
    var hasBenefits = false
}

/// Decides a person's course once it is known whether and when the township accepted.
struct SampleFate {
    let today: CalendarDay

    /// Somebody whose application waits: the file may be under way and the Party relation prepared, nothing else.
    func applied(_ person: inout SamplePerson, _ chance: inout SampleChance) {
        let file = chance.weighted([60, 10, 30])
        person.course.file = person.isCommitteeManaged ? .heldBack : [.awaiting, .returned, .received][file]
        if person.isPartyMember { person.course.party = chance.pick([.awaiting, .begun, .prepared]) }
        person.course.hasBenefits = chance.percent(40)
    }

    /// The longer ago, the more is done; the last month's people are at their beginnings.
    func accepted(_ person: inout SamplePerson, on day: CalendarDay, _ chance: inout SampleChance) {
        let age = today.days(since: day)
        person.course.acceptedOn = day
        if chance.percent(age > 75 ? 88 : age > 35 ? 70 : 25) { return complete(&person, &chance) }
        let rate = age > 75 ? 75 : age > 35 ? 55 : 30
        person.course.file =
            person.isCommitteeManaged
            ? (chance.percent(60) ? .heldBack : .awaiting)
            : chance.percent(rate) ? .received : chance.percent(25) ? .returned : .awaiting
        person.course.party =
            chance.percent(rate) ? .placed : chance.pick([.awaiting, .begun, .prepared, .sent, .returned, .accepted])
        person.course.confirmation = chance.percent(rate) ? .card : chance.pick([.awaiting, .confirmed])
        person.course.check = chance.percent(rate) ? .matches : chance.percent(40) ? .differs : nil
        person.course.hasHealthRecord = chance.percent(rate)
        person.course.hasBenefits = chance.percent(rate)
        holdOne(&person, &chance)
    }

    private func complete(_ person: inout SamplePerson, _ chance: inout SampleChance) {
        let file: SampleCourse.File = chance.percent(12) ? .receivedWithProof : .received
        person.course.file = person.isCommitteeManaged || chance.percent(1) ? .heldBack : file
        person.course.party = .placed
        person.course.confirmation = .card
        // Listed is enough for the end of the hand-over; the agency may still be at work.
        person.course.check = chance.percent(92) ? .matches : nil
        person.course.hasHealthRecord = true
        person.course.hasBenefits = true
    }

    /// One track at least stays open, or this would be another complete course.
    private func holdOne(_ person: inout SamplePerson, _ chance: inout SampleChance) {
        switch chance.number(0...3) {
        case 0 where !person.isCommitteeManaged: person.course.file = chance.percent(30) ? .returned : .awaiting
        case 1: person.course.confirmation = chance.pick([.awaiting, .confirmed])
        case 2 where person.isPartyMember: person.course.party = chance.pick([.prepared, .sent, .returned, .accepted])
        default: person.course.hasHealthRecord = false
        }
    }
}
