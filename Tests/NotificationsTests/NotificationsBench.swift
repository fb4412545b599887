import Contracts
import Domain
import Support

@testable import Notifications

typealias NotificationsBench = ServiceBench<Notifications>

extension ServiceBench where Logic == Notifications {
    /// A person as the registry tells of one.
    @discardableResult
    func register(
        _ id: Int64, township: String = Sample.township, enterprise: String = Sample.enterprise,
        isPartyMember: Bool = false, hasOutOfPool: Bool = false
    ) throws -> PersonID {
        let person = PersonID(id)
        try feed(
            PersonRegistered(person: person, enterprise: enterprise, township: township, roster: 1), from: .registry)
        if isPartyMember { try feed(PartyMembershipNoted(person: person), from: .registry) }
        if hasOutOfPool { try feed(OutOfPoolNoted(person: person), from: .registry) }
        return person
    }

    /// The person's application reaches the township today.
    func apply(_ person: PersonID, township: String = Sample.township) throws {
        try feed(PersonApplied(person: person, application: 1, township: township), from: .registry)
    }

    func accept(
        _ person: PersonID, on day: String, township: String = Sample.township,
        enterprise: String = Sample.enterprise
    ) throws {
        try feed(
            PersonAccepted(person: person, enterprise: enterprise, township: township, on: CalendarDay(day)!),
            from: .registry)
    }

    /// Sets the clock to noon of a day and lets the clock's work be done.
    func wake(on day: String) throws {
        clock.set(CalendarDay(day)!)
        try wake()
    }

    /// What was reported as late since the last call, as `person track day`.
    func passed() throws -> [String] {
        try newEvents(DeadlinePassed.self).map { "\($0.person.rawValue) \($0.track.rawValue) \($0.due)" }
    }

    func overdue(_ officer: Officer, track: Track? = nil) throws -> [String] {
        try ask(ListOverdue(track: track, limit: 500), as: officer).rows.map {
            "\($0.person.rawValue) \($0.track.rawValue)"
        }
    }

    func titles(_ officer: Officer) throws -> [String] {
        try ask(Inbox(limit: 50), as: officer).rows.map(\.title)
    }
}
