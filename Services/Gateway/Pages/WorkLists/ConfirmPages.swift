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
        let toConfirm = Elements.table(
            headers: WorkList.personHeaders + ["社区（村）", "名册提示", ""],
            rows: waiting.rows.map { row in
                WorkList.personCells(row.person, row)
                    + [
                        "\(row.community)", WorkList.noted(row),
                        Elements.link("/work/confirm/\(row.person.rawValue)", "核对信息"),
                    ]
            }, empty: WorkList.none(visit, "没有待核对的人员。"))
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

/// Verifying one person's data at the door, with corrections.
struct ConfirmPersonPage: Page {
    static let path = "/work/confirm/:person"
    static let title = "核对信息"
    static let roles: Set<Role> = [.township]
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let person = try visit.person()
        let record = try visit.ask(GetPerson(person: person))
        let methods = WorkList.options(ConfirmationMethod.self, \.chinese)
        let fields = CorrectableField.allCases.map { field in
            let now = Self.value(field, record)
            return Elements.field(
                field.rawValue, field.chinese, value: visit.request.field(field.rawValue) ?? now,
                hint: now.isEmpty ? "未登记" : "登记为：\(now)")
        }
        let content: HTML = """
            <p>与本人逐项核对，有变化的直接改；没有变化的不用动。</p><div>\(fields)</div>
            <div>\(Elements.select("method", "核对方式", methods, selected: visit.optional("method")))
            \(Elements.field("delegate", "授权委托人姓名", value: visit.text("delegate"), hint: "仅委托人前来时填写"))</div>
            \(Elements.button("核对完毕"))
            """
        return """
            \(Elements.section(
                record.row.name,
                WorkList.facts([
                    ("身份证号", record.identityNumber), ("性别", record.sex), ("出生日期", record.birthday?.chinese ?? ""),
                    ("移交企业", record.row.enterpriseName), ("退休时间", record.retirement),
                    ("乡镇", Elements.townshipName(record.row.township)), ("政治面貌", record.politicalStatus),
                ] + (record.facts ?? []).map { ($0.title, $0.text) })))
            \(Elements.section("核对", Elements.form(visit, action: "/work/confirm/\(person.rawValue)", content)))
            <p>\(Elements.link(ConfirmPage.path, "‹ 返回列表"))</p>
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        let person = try visit.person()
        let record = try visit.ask(GetPerson(person: person))
        let corrections = CorrectableField.allCases.compactMap { field -> Correction? in
            let entered = visit.text(field.rawValue)
            let before = Self.value(field, record)
            return entered.isEmpty || entered == before ? nil : Correction(field: field, value: entered)
        }
        try visit.order(
            ConfirmPerson(
                person: person, method: try visit.choice("method", "核对方式", of: ConfirmationMethod.self),
                delegate: visit.optional("delegate"), corrections: corrections))
        return Flash.saved.redirect(to: ConfirmPage.path)
    }

    private static func value(_ field: CorrectableField, _ record: PersonRecord) -> String {
        switch field {
        case .name: record.row.name
        case .politicalStatus: record.politicalStatus
        case .telephone: record.telephone
        case .residence: record.residence
        case .registeredAddress: record.registeredAddress
        case .ethnicity: record.ethnicity
        case .community: record.row.community
        }
    }
}
