import Contracts
import Domain
import Web

/// The transfers of Party members' organization relations (党组织关系, 第十条): enterprise, organization department and
/// township see their own.
struct PartyPage: Page {
    static let path = "/work/party"
    static let title = "党组织关系"
    static let roles = PartyWork.roles
    static let menu: String? = "党组织关系"

    static let list = PeopleList<TransferWorkRow>(
        of: PartyPage.self, columns: [.init("状态", html: { badge($0.row.state) }, text: { $0.row.state.chinese })],
        empty: "没有待办的党组织关系转接。", filter: "state", person: { $0.person },
        total: { try $0.waiting(for: .party, $1) },
        open: { Elements.link("/work/party/\($1.rawValue)", "办理") },
        ask: { visit, scope in
            let found = try visit.ask(
                PartyWork(
                    state: visit.optional("state").flatMap(TransferState.init), narrowing: scope.narrowing,
                    after: scope.after, limit: scope.limit))
            return (found.rows, found.next)
        })

    func show(_ visit: Visit) throws -> HTML {
        let choices = [("", "全部未办结")] + WorkList.options(TransferState.self, \.chinese)
        return try Self.list.html(visit, Elements.select("state", "状态", choices, selected: visit.optional("state")))
    }

    static func badge(_ state: TransferState) -> HTML {
        switch state {
        case .placed: Elements.badge(state.chinese, .good)
        case .returned: Elements.badge(state.chinese, .bad)
        default: Elements.badge(state.chinese, .waiting)
        }
    }
}

/// One member's transfer: where it is, who is responsible, and what can be done with it.
struct PartyMemberPage: Page {
    static let path = "/work/party/:person"
    static let title = "党组织关系"
    static let roles = GetTransfer.roles

    func show(_ visit: Visit) throws -> HTML {
        let person = try visit.person()
        let transfer = try visit.ask(GetTransfer(person: person))
        let names = try WorkList.names(visit, [person])
        return """
            \(Elements.table(headers: WorkList.personHeaders, rows: [WorkList.personCells(person, names[person])]))
            <p>\(PartyPage.badge(transfer.state))　现由 <strong>\(transfer.responsible)</strong> 负责（第十条（二））</p>
            \(WorkList.facts(facts(transfer)))
            \(StepBar.links(visit, Self.steps(transfer.state), person))
            <p>\(Elements.link(PartyPage.path, "‹ 返回列表"))</p>
            """
    }

    /// What the transfer's state leaves to do. The service decides in any case.
    private static func steps(_ state: TransferState) -> [String] {
        switch state {
        case .awaiting, .prepared, .returned: [PrepareTransfer.name, SendTransfer.name, DenyMembership.name]
        case .sent: [AcceptTransfer.name, RefuseTransfer.name]
        case .accepted: [PlaceMember.name]
        case .placed: []
        }
    }

    private func facts(_ transfer: TransferRecord) -> [(String, String)] {
        let dues = transfer.dues.map {
            let since = $0.ruleFrom.map { "自\($0.chinese)起，" } ?? ""
            return "\(Money(amountInFen: $0.amountInFen)) 元/月（\(since)\($0.source)）"
        }
        return [
            ("党员类别", transfer.kind?.chinese ?? ""),
            ("党费交纳基数", transfer.duesBaseInFen.map { "\(Money(amountInFen: $0)) 元/月" } ?? ""), ("党费", dues ?? ""),
            ("应缴党费收缴至", transfer.preparation.duesPaidThrough?.chinese ?? ""),
            ("介绍信", transfer.letter?.letterNumber ?? ""), ("有效期至", transfer.letter?.validUntil.chinese ?? ""),
            ("有效期依据", transfer.letter?.rule?.sentence ?? ""),
            ("接收党组织", transfer.organization ?? ""), ("党支部", transfer.branch ?? ""),
            ("退回原因", transfer.refusalCause?.chinese ?? ""), ("退回说明", transfer.explanation ?? ""),
        ]
    }
}
