import Contracts

extension CloseSupervision {
    func execute(_ notifications: NotificationsWriter) throws -> Done {
        let context = notifications.context
        guard let stored = try notifications.notice(notice) else { throw NotificationsRefusal.unknownNotice }
        switch stored.row.state {
        case .open: throw NotificationsRefusal.unanswered
        case .closed: return Done()
        case .answered: break
        }
        try notifications.close(notice)
        try context.emit(SupervisionClosed(notice: notice))
        _ = try notifications.send(
            title: "督办通知第 \(notice) 号已办结", body: "答复已核实，督办办结（第二十二条）。", at: context.now,
            to: [Addressee(role: stored.row.role, area: stored.row.area)])
        return Done()
    }
}
