import Contracts
import Domain

extension PublishAnnouncement {
    /// Reaches as far as the officer's own area: a township's announcement stays in the township.
    func execute(_ notifications: NotificationsWriter) throws -> PublishedAnnouncement {
        let context = notifications.context
        if context.officer.role == .township {
            guard case .township = context.officer.area else { throw CommonRefusal.areaNotEntitled }
        }
        let title = TextForm.trimming(self.title)
        let body = TextForm.trimming(self.body)
        guard (1...100).contains(title.count) else { throw NotificationsRefusal.titleLength }
        guard (1...5_000).contains(body.count) else { throw NotificationsRefusal.bodyLength }
        let findings = PersonalDataScan.findings(in: "\(title)\n\(body)")
        guard findings.isEmpty else { throw NotificationsRefusal.personalData.naming(findings.map(\.rawValue)) }

        let reached = Role.allCases.filter { roles.isEmpty || roles.contains($0) }
        let area = context.officer.area
        // Accounts of the county and of enterprises do not read what is addressed to a township.
        guard area == .county || reached.contains(context.officer.role) else {
            throw NotificationsRefusal.outsideTownship
        }
        let recipients = try reached.reduce(0) { try $0 + seats(of: $1, area, notifications) }
        let message = try notifications.send(
            title: title, body: body, at: context.now, to: reached.map { Addressee(role: $0, area: area) })
        let announcement = try notifications.publish(message, recipients: recipients)
        try context.emit(AnnouncementPublished(announcement: announcement, recipients: recipients))
        return PublishedAnnouncement(announcement: announcement, recipients: recipients)
    }

    /// County-wide, there is an account type for each township and each enterprise. In a township there is its own.
    private func seats(of role: Role, _ area: Area, _ notifications: NotificationsWriter) throws -> Int {
        guard area == .county else { return role == .township ? 1 : 0 }
        return switch role {
        case .township: Township.all.count
        case .enterprise: try notifications.enterpriseCount()
        default: 1
        }
    }
}
