import Contracts
import Domain

extension AnswerSupervision {
    /// May be replaced until the notice is closed; the same answer again changes nothing.
    func execute(_ notifications: NotificationsWriter) throws -> Done {
        let context = notifications.context
        guard let stored = try notifications.notice(notice) else { throw NotificationsRefusal.unknownNotice }
        guard context.officer.role == stored.row.role else { throw CommonRefusal.roleNotEntitled }
        guard context.officer.area == stored.row.area else { throw CommonRefusal.areaNotEntitled }
        guard stored.row.state != .closed else { throw NotificationsRefusal.alreadyClosed }
        let text = TextForm.trimming(answer)
        guard (5...2_000).contains(text.count) else { throw NotificationsRefusal.answerLength }
        guard text != stored.row.answer else { return Done() }
        try notifications.answer(notice, text)
        try context.emit(SupervisionAnswered(notice: notice))
        _ = try notifications.send(
            title: "督办通知第 \(notice) 号已答复", body: "责任单位已答复，请核实后办结（第二十二条）。", at: context.now,
            to: [.county(stored.openedByRole)])
        return Done()
    }
}
