import Contracts
import Domain

extension OpenSupervision {
    func execute(_ notifications: NotificationsWriter) throws -> OpenedNotice {
        let context = notifications.context
        let text = TextForm.trimming(subject)
        guard (1...500).contains(text.count) else { throw NotificationsRefusal.subjectLength }
        guard due >= context.today else { throw NotificationsRefusal.dueInPast }
        guard isUnit else { throw NotificationsRefusal.unitMissing }
        let notice = try notifications.open(self, subject: text)
        try context.emit(SupervisionOpened(notice: notice, role: role, area: area, due: due))
        _ = try notifications.send(
            title: "督办通知第 \(notice) 号", body: "请于\(due.chinese)前办理并答复，内容见“督办”（第二十二条）。",
            at: context.now, to: [Addressee(role: role, area: area)])
        return OpenedNotice(notice: notice)
    }

    /// First-asked responsibility needs one unit that can answer: a township, an enterprise, or a county department.
    private var isUnit: Bool {
        switch (role, area) {
        case (.township, .township(let code)): Township(code) != nil
        case (.enterprise, .enterprise(let code)): (try? UnifiedSocialCreditCode(code)) != nil
        case (.township, _), (.enterprise, _): false
        case (_, .county): true
        default: false
        }
    }
}

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
