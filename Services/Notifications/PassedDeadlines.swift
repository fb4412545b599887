import Contracts
import Domain
import Host

/// What the clock alone brings about: tracks past due and not done are reported once, and each unit concerned gets one
/// message a day with counts, not one for each person.
enum PassedDeadlines {
    /// The most tracks in one turn, so that a day on which a whole county is late does not hold up other work.
    static let mostTracks = 500
    /// What goes on until all are reported.
    static let work = LongWork(name: "report-late", subject: 0)

    /// - Returns: true when nothing late is left unreported.
    static func find(_ notifications: NotificationsWriter) throws -> Bool {
        let today = notifications.context.today
        var counts: [Addressee: [Track: Int]] = [:]
        let found = try notifications.unreported(before: today, limit: mostTracks)
        for late in found {
            try notifications.setPassed(late.id)
            try notifications.context.emit(
                DeadlinePassed(person: late.person, track: late.track, due: late.due, rule: late.rule))
            for addressee in late.track.responsible(enterprise: late.enterprise, township: late.township) {
                counts[addressee, default: [:]][late.track, default: 0] += 1
            }
        }
        // In a fixed order: the same work gives the same numbers on every run.
        for (addressee, tracks) in counts.sorted(by: { $0.key.order < $1.key.order }) {
            try notifications.addToDigest(of: today, for: addressee, tracks)
        }
        return found.count < mostTracks
    }
}

extension Addressee {
    fileprivate var order: String { "\(role.rawValue) \(area.text)" }
}

/// The day's message about what became late.
enum DigestText {
    static func title(_ counts: [Track: Int]) -> String {
        "逾期提醒：\(counts.values.reduce(0, +)) 项办理事项超过时限"
    }

    static func body(_ counts: [Track: Int], day: CalendarDay, terms: [Track: String]) -> String {
        let lines = Track.allCases.compactMap { track in
            counts[track].map { people in
                let term = terms[track].map { "（\($0)）" } ?? ""
                return "\(track.chinese) \(people) 人\(term)"
            }
        }
        return "\(day.chinese)新增逾期：\(lines.joined(separator: "；"))。请尽快办理，名单见“逾期事项”。"
    }
}
