import Contracts
import Domain

extension Inbox {
    func read(_ notifications: NotificationsReader) throws -> InboxMessages {
        let limit = max(1, min(limit, 200))
        let rows = try notifications.inbox(of: notifications.context.officer, before: after ?? .max, limit: limit)
        return InboxMessages(rows: rows, next: rows.count == limit ? rows.last?.message : nil)
    }
}

extension CountUnread {
    func read(_ notifications: NotificationsReader) throws -> UnreadCount {
        UnreadCount(unread: try notifications.unread(of: notifications.context.officer))
    }
}

extension ListSupervision {
    /// The working team follows all notices (第十八条); others see what they gave or have to answer.
    func read(_ notifications: NotificationsReader) throws -> SupervisionRows {
        let officer = notifications.context.officer
        let rows = try officer.role == .workingTeam ? notifications.notices() : notifications.notices(of: officer)
        return SupervisionRows(rows: rows.map(\.row))
    }
}

extension ListOverdue {
    func read(_ notifications: NotificationsReader) throws -> OverdueRows {
        let officer = notifications.context.officer
        let visible = Track.allCases.filter { $0.sensitivity.circle.lateLists.contains(officer.role) }
        if let track, !visible.contains(track) { throw CommonRefusal.roleNotEntitled }
        let tracks = track.map { [$0] } ?? visible
        let limit = max(1, min(limit, 500))
        let late = try notifications.passed(tracks, officer.area, after: after ?? 0, limit: limit)
        return OverdueRows(
            rows: late.map {
                OverdueRow(
                    person: $0.person, track: $0.track, due: $0.due, enterprise: $0.enterprise, township: $0.township,
                    rule: $0.rule)
            }, next: late.count == limit ? late.last?.id : nil,
            total: try notifications.passedCount(tracks, officer.area))
    }
}
