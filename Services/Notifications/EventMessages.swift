import Contracts
import Domain

/// What happened elsewhere and whom it concerns. The texts count people and name units; they never tell of a person.
struct EventMessages {
    /// When it happened elsewhere.
    let moment: Timestamp
    let notifications: NotificationsWriter

    init(at moment: Timestamp, _ notifications: NotificationsWriter) {
        self.moment = moment
        self.notifications = notifications
    }

    func send(for event: RegistryEvent) throws {
        switch event {
        case .rosterClosed(let event) where event.registered > 0:
            try send(
                "有 \(event.registered) 人待核准登记",
                "\(try name(event.enterprise))报送名册，\(event.registered) 人待核准登记（第十五条（二））。", to: [.county(.humanResources)]
            )
        case .applicationSubmitted(let event):
            try send(
                "有 \(event.people) 人的移交申请待接收",
                "\(try name(event.enterprise))于\(event.on.chinese)提出移交申请，共 \(event.people) 人，请及时接收（第十五条（三））。",
                to: [.township(event.township)])
        case .applicationRefused(let event):
            try send(
                "移交申请未被接收",
                """
                \(name(township: event.township))未接收\(try name(event.enterprise))的移交申请，原因：\(event.cause.chinese)。\
                请企业补正后重新申请；有关人员仍由企业管理（第二条、第十五条（三））。
                """, to: [.enterprise(event.enterprise), .county(.workingTeam)])
        case .applicationAccepted(let event):
            try send(
                "有 \(event.people) 人已被接收",
                "\(name(township: event.township))自\(event.on.chinese)起接收 \(event.people) 人，请按第十六条办理各项移交。",
                to: [.enterprise(event.enterprise)])
        default: break
        }
    }

    func send(for event: AssetsEvent) throws {
        switch event {
        case .inventoryRecorded(let event):
            try send(
                "有资产清单待协商移交",
                "\(try name(event.enterprise))报送专用资产 \(event.items) 项，请牵头协商、签订协议（第十六条（五））。",
                to: [.county(.finance)])
        case .agreementSigned(let event):
            try send(
                "资产移交协议已签订",
                """
                \(try name(event.enterprise))与\(name(township: event.township))于\(event.on.chinese)签订协议，\
                请办理交接和过户（第十六条（五）、第十九条）。
                """,
                to: [.township(event.township), .enterprise(event.enterprise), .county(.naturalResources)])
        default: break
        }
    }

    func send(for event: BenefitsLiaisonEvent) throws {
        switch event {
        case .intakeListBuilt(let event):
            try send(
                "\(event.month.chinese)接收名单待核对",
                "\(event.month.chinese)接收的 \(event.people) 人名单已交付，请核对并衔接社会保障（第十六条（四））。",
                to: [.county(.socialInsurance)])
        default: break
        }
    }

    private func send(_ title: String, _ body: String, to addressees: [Addressee]) throws {
        _ = try notifications.send(title: title, body: body, at: moment, to: addressees)
    }

    private func name(_ enterprise: String) throws -> String {
        try notifications.enterpriseName(enterprise) ?? "统一社会信用代码 \(enterprise) 的企业"
    }

    private func name(township: String) -> String { Township(township)?.name ?? township }
}
