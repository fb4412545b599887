import Contracts
import Domain
import Web

/// The community's list: accepted people whose data are to be verified, and those who wait for their contact card
/// (第十六条（三）).
struct ConfirmPage: Page {
    static let path = "/work/confirm"
    static let title = "核对信息与联系卡"
    static let roles: Set<Role> = [.township]
    static let menu: String? = "核对与联系卡"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let waiting = try visit.ask(
            RegistryWork(
                step: .confirm, narrowing: visit.narrowing, after: visit.after, limit: WorkList.rowsPerPage))
        let cardless = try visit.ask(
            RegistryWork(step: .issueCard, narrowing: visit.narrowing, limit: WorkList.rowsPerPage))
        let steps = StepBar.steps(of: Self.self, visit)
        let records = try KnownOfPersons.records(visit.asker, waiting.rows.map(\.person))
        let people = Elements.table(
            headers: [""] + WorkList.personHeaders + ["社区（村）", "名册提示", "现居住地址", "联系电话", ""],
            rows: waiting.rows.map { row in
                let record = records[row.person]
                return [WorkList.tick(visit, row.person, row.name)]
                    + WorkList.personCells(row.person, row, identity: record?.identityNumber) + [
                        "\(row.community)", WorkList.noted(row), "\(record?.residence)", "\(record?.telephone)",
                        steps.first.map { StepBar.link(visit, $0, row.person) } ?? HTML(),
                    ]
            }, empty: WorkList.none(visit, "没有待核对的人员。"))
        let toConfirm = StepBar.form(visit, steps, waiting.rows.isEmpty ? nil : people) ?? people
        let toIssue = Elements.table(
            headers: [""] + WorkList.personHeaders + ["社区（村）"],
            rows: cardless.rows.map { row in
                [WorkList.tick(visit, row.person)] + WorkList.personCells(row.person, row) + ["\(row.community)"]
            }, empty: WorkList.none(visit, "没有待发联系卡的人员。"))
        let cards: HTML =
            cardless.rows.isEmpty
            ? toIssue
            : Elements.form(
                visit, action: Self.path, "\(WorkList.tickAll)\(toIssue)<p>\(Elements.button("发放所选人员的联系卡"))</p>")
        return """
            \(try WorkList.filters(visit))
            \(Elements.section("待核对信息", "\(toConfirm)\(WorkList.next(visit, waiting.next))"))
            \(Elements.section("待发放联系卡", cards))
            \(try issued(visit))
            """
    }

    /// Cards stay within reach after they were issued: one is lost, or a printer had no paper.
    private func issued(_ visit: Visit) throws -> HTML {
        let after = visit.optional("cards").flatMap { Int64($0) }
        let found = try visit.ask(ListCards(after: after, limit: WorkList.rowsPerPage))
        let table = Elements.table(
            headers: ["联系卡"] + WorkList.personHeaders + ["社区（村）"],
            rows: found.rows.map { row in
                [Elements.link("/cards/\(row.person.person.rawValue)", row.cardNumber)]
                    + WorkList.personCells(row.person.person, row.person) + ["\(row.person.community)"]
            }, empty: "还没有发放联系卡。")
        let contact = Self.contact(visit, found.contact)
        guard !found.rows.isEmpty else { return "\(Elements.section("已发放的联系卡", table))\(contact)" }
        let print = Elements.link(CardsPage.address(found.rows.map(\.person.person)), "打印本页的 \(found.rows.count) 张联系卡")
        let next = found.next.map { Address(Self.path, [("cards", String($0))]).string }
        let issued: HTML = "\(table)<p class=\"screen\">\(print)</p>\(Elements.next(next))"
        return "\(Elements.section("已发放的联系卡", issued))\(contact)"
    }

    /// What the cards tell of the township itself.
    private static func contact(_ visit: Visit, _ contact: ServiceContact?) -> HTML {
        let missing: HTML =
            contact == nil ? "<p class=\"notice\">尚未填写，联系卡上没有电话。</p>" : "<p class=\"muted\">印在本乡镇的联系卡上。</p>"
        let content: HTML = """
            \(WorkList.hidden("step", "contact"))\(missing)<div class="row">
            \(Elements.field(
                "telephone", "联系电话", value: visit.request.field("telephone") ?? contact?.telephone ?? "",
                required: true))
            \(Elements.field("address", "地址", value: visit.request.field("address") ?? contact?.address ?? ""))
            \(Elements.button("保存联系方式"))</div>
            """
        return Elements.section("本乡镇联系方式", Elements.form(visit, action: path, content))
    }

    func act(_ visit: Visit) throws -> WebResponse {
        if visit.text("step") == "contact" {
            let contact = ServiceContact(telephone: visit.text("telephone"), address: visit.text("address"))
            try visit.order(RecordContact(contact: contact))
            return Flash.saved.redirect(to: Self.path)
        }
        let persons = visit.persons()
        guard !persons.isEmpty else { throw RegistryRefusal.nobodyChosen }
        try visit.orderEach(persons, part: \.rawValue) { IssueCard(person: $0) }
        return Deed.cardsIssued.redirect(
            to: CardsPage.path, count: persons.count, persons.map { ("person", String($0.rawValue)) })
    }
}
