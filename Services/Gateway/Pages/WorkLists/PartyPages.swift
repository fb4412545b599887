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

    func show(_ visit: Visit) throws -> HTML {
        let state = visit.optional("state").flatMap(TransferState.init)
        let found = try visit.ask(
            PartyWork(
                state: state, narrowing: visit.narrowing, after: visit.after, limit: WorkList.rowsPerPage))
        let names = try WorkList.names(visit, found.rows.map(\.person))
        let choices = [("", "全部未办结")] + WorkList.options(TransferState.self, \.chinese)
        let table = Elements.table(
            headers: WorkList.personHeaders + ["状态", ""],
            rows: found.rows.map { row in
                WorkList.personCells(row.person, names[row.person]) + [
                    Self.badge(row.state), Elements.link("/work/party/\(row.person.rawValue)", "办理"),
                ]
            }, empty: WorkList.none(visit, "没有待办的党组织关系转接。"))
        return """
            \(try WorkList.filters(visit, Elements.select("state", "状态", choices, selected: state?.rawValue)))
            \(table)\(WorkList.next(visit, found.next, [("state", state?.rawValue)]))
            """
    }

    static func badge(_ state: TransferState) -> HTML {
        switch state {
        case .placed: Elements.badge(state.chinese, .good)
        case .returned: Elements.badge(state.chinese, .bad)
        default: Elements.badge(state.chinese, .waiting)
        }
    }
}

/// One member's transfer: prepare and send; accept or refuse; place in a branch.
struct PartyMemberPage: Page {
    static let path = "/work/party/:person"
    static let title = "办理党组织关系"
    static let roles = GetTransfer.roles
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let person = try visit.person()
        let transfer = try visit.ask(GetTransfer(person: person))
        let names = try WorkList.names(visit, [person])
        return """
            \(Elements.table(headers: WorkList.personHeaders, rows: [WorkList.personCells(person, names[person])]))
            <p>\(PartyPage.badge(transfer.state))　现由 <strong>\(transfer.responsible)</strong> 负责（第十条（二））</p>
            \(WorkList.facts(facts(transfer)))
            \(steps(visit, transfer, names[person]))
            <p>\(Elements.link(PartyPage.path, "‹ 返回列表"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let person = try visit.person()
        let here = "/work/party/\(person.rawValue)"
        switch visit.text("step") {
        case "prepare":
            let paid = try visit.optional("paidThrough").map { _ in try visit.month("paidThrough", "应缴党费收缴至（月）") }
            try visit.order(
                PrepareTransfer(
                    person: person, kind: try visit.choice("kind", "党员类别", of: MemberKind.self),
                    preparation: TransferPreparation(
                        fileChecked: visit.isTicked("fileChecked"),
                        duesBaseVerified: visit.isTicked("duesBaseVerified"), duesPaidThrough: paid,
                        dataGathered: visit.isTicked("dataGathered")),
                    duesBaseInFen: try visit.money("duesBase", "党费交纳基数")))
            return Flash.saved.redirect(to: here)
        case "send":
            guard let days = Int(visit.text("validDays")) else { throw FormFault.refusal("有效天数") }
            try visit.order(
                SendTransfer(
                    person: person, organization: visit.text("organization"), dated: try visit.day("dated", "开具日期"),
                    validDays: days))
            return Flash.sent.redirect(to: here)
        case "accept":
            try visit.order(
                AcceptTransfer(
                    person: person, dated: try visit.optional("dated").map { _ in try visit.day("dated", "接收日期") }))
            return Flash.accepted.redirect(to: here)
        case "refuse":
            try visit.order(
                RefuseTransfer(
                    person: person, cause: try visit.choice("cause", "退回原因", of: TransferRefusalCause.self),
                    explanation: visit.text("explanation")))
            return Flash.refused.redirect(to: PartyPage.path)
        case "place":
            try visit.order(PlaceMember(person: person, branch: visit.text("branch")))
            return Flash.saved.redirect(to: PartyPage.path)
        case "deny":
            try visit.order(DenyMembership(person: person))
            return Flash.saved.redirect(to: PartyPage.path)
        default: throw FormFault.refusal("步骤")
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

    /// The forms that fit the transfer's state and the account's duty. The service decides in any case.
    private func steps(_ visit: Visit, _ transfer: TransferRecord, _ row: PersonRow?) -> HTML {
        let role = visit.officer.role
        var steps: [HTML] = []
        if [.awaiting, .prepared, .returned].contains(transfer.state), PrepareTransfer.roles.contains(role) {
            steps.append(step(visit, transfer, "转接前工作（第十条（三））", prepare(visit, transfer)))
            steps.append(step(visit, transfer, "开具介绍信、转出", send(visit, row)))
        }
        if [.awaiting, .prepared, .returned].contains(transfer.state), DenyMembership.roles.contains(role) {
            let deny: HTML = """
                \(WorkList.hidden("step", "deny"))
                <p>经查党员档案、核实身份，确认不是中共党员的，此人不再需要接转组织关系（第十六条（二））。</p>
                \(Elements.button("确认不是党员", kind: "danger"))
                """
            steps.append("<details><summary>核实不是党员…</summary>\(step(visit, transfer, "核实不是党员", deny))</details>")
        }
        if transfer.state == .sent, AcceptTransfer.roles.contains(role) {
            let accept: HTML = """
                \(WorkList.hidden("step", "accept"))<div class="row">\(Elements.dateField(
                    "dated", "接收日期", value: visit.shownDay("dated"), latest: visit.desk.today))
                \(Elements.button("接收党组织关系"))</div>
                """
            steps.append(step(visit, transfer, "接收", accept))
            steps.append(step(visit, transfer, "退回", refuse(visit)))
        }
        if transfer.state == .accepted, PlaceMember.roles.contains(role) {
            let place: HTML = """
                \(WorkList.hidden("step", "place"))<div class="row">
                \(Elements.field("branch", "党支部", value: visit.text("branch"), required: true))
                \(Elements.button("编入党支部"))</div>
                """
            steps.append(step(visit, transfer, "编入党支部（第十条（四））", place))
        }
        return steps.joined()
    }

    private func step(_ visit: Visit, _ transfer: TransferRecord, _ title: String, _ content: HTML) -> HTML {
        Elements.section(
            title, Elements.form(visit, action: "/work/party/\(transfer.person.rawValue)", content))
    }

    private func prepare(_ visit: Visit, _ transfer: TransferRecord) -> HTML {
        let isSent = visit.text("step") == "prepare"
        let done = transfer.preparation
        let base = visit.optional("duesBase") ?? transfer.duesBaseInFen.map { Money(amountInFen: $0).description }
        let kinds = WorkList.options(MemberKind.self, \.chinese)
        return """
            \(WorkList.hidden("step", "prepare"))
            \(Elements.checkbox(
                "duesBaseVerified", "on", "党费交纳基数核准",
                isOn: isSent ? visit.isTicked("duesBaseVerified") : done.duesBaseVerified))
            \(Elements.checkbox(
                "dataGathered", "on", "党员基本信息梳理汇总", isOn: isSent ? visit.isTicked("dataGathered") : done.dataGathered))
            \(Elements.checkbox(
                "fileChecked", "on", "党员档案核查完备", isOn: isSent ? visit.isTicked("fileChecked") : done.fileChecked))
            <div>\(Elements.select("kind", "党员类别", kinds, selected: visit.optional("kind") ?? transfer.kind?.rawValue))
            \(Elements.field("duesBase", "党费交纳基数（元/月）", value: base ?? "", required: true))
            \(Elements.field(
                "paidThrough", "应缴党费收缴至（月）",
                value: visit.optional("paidThrough") ?? done.duesPaidThrough?.description ?? "",
                type: "month"))</div>
            \(Elements.button("保存"))
            """
    }

    private func send(_ visit: Visit, _ row: PersonRow?) -> HTML {
        let usual = row.map { "\(Elements.townshipName($0.township))党委" } ?? ""
        return """
            \(WorkList.hidden("step", "send"))<div class="row">
            \(Elements.field("organization", "接收党组织", value: visit.optional("organization") ?? usual, required: true))
            \(Elements.dateField("dated", "开具日期", value: visit.shownDay("dated"), latest: visit.desk.today))
            \(Elements.field("validDays", "有效天数", value: visit.optional("validDays") ?? "10", type: "number"))
            \(Elements.button("转出"))</div>
            """
    }

    private func refuse(_ visit: Visit) -> HTML {
        """
        \(WorkList.hidden("step", "refuse"))
        \(Elements.select(
            "cause", "原因", WorkList.options(TransferRefusalCause.self, \.chinese), selected: visit.optional("cause")))
        \(Elements.textArea("explanation", "具体情况", value: visit.text("explanation"), rows: 2))
        <p class="muted">无正当理由不得拒绝接收（第十条（五））。</p>
        \(Elements.button("退回", kind: "danger"))
        """
    }
}
