import Contracts
import Domain
import Host

extension DeadlineTerm {
    /// The day on which it ends, in SQL, of a column that holds the first day.
    func dueSQL(_ column: String) -> String {
        switch self {
        case .days(let count): "date(\(column), '+\(count) days')"
        case .endOfNextMonth: "date(\(column), 'start of month', '+2 months', '-1 day')"
        }
    }
}

extension Deadline.Start {
    /// Of table `person`.
    var column: String { self == .applied ? "applied_on" : "accepted_on" }
}

extension Track {
    var start: Deadline.Start { rule.deadline.start }

    /// How long the track may take: the county's commitment, from the day of the rules on, unless it sets another.
    var deadline: Parameter<DeadlineTerm> {
        Parameter(
            "deadline.\(rawValue)", title: "“\(chinese)”的办理时限", form: DeadlineTerm.form, roles: [.workingTeam],
            defaults: [
                DatedValue(
                    rule.deadline.term, from: Article.effectiveDay, source: rule.deadline.article?.citation ?? "")
            ], isValid: \.isValid, text: { [start] in start.chinese + $0.chinese })
    }

    static let deadlines: [any AnyParameter] = Track.allCases.map(\.deadline)

    /// Nil for another parameter's name.
    static func track(ofDeadline parameter: String) -> Track? {
        Track.allCases.first { $0.deadline.name == parameter }
    }
}

/// What of a person decides which tracks run, and since when.
struct TrackedPerson: Equatable, Sendable {
    var id: PersonID
    var enterprise: String
    var township: String
    var appliedOn: CalendarDay?
    var acceptedOn: CalendarDay?
    /// The tracks that this person has beyond those of everybody.
    var concerned: Set<Track>

    /// The day on which a track began; nil when it does not run, or not for this person.
    func start(_ track: Track) -> CalendarDay? {
        guard track.isForEverybody || concerned.contains(track) else { return nil }
        return track.start == .applied ? appliedOn : acceptedOn
    }
}
