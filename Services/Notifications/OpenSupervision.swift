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
