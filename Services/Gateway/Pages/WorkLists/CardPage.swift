import Contracts
import Domain
import Papers
import Web

/// A person's contact card (联系卡, 第十六条（三）), to print and hand over. The QR code holds the card's number and the
/// township's code only, so that a lost card tells a finder nothing more than what is printed on it.
struct CardPage: Page {
    static let path = "/cards/:person"
    static let title = "退休人员联系卡"
    static let roles = GetPerson.roles

    func show(_ visit: Visit) throws -> HTML {
        let record = try visit.ask(GetPerson(person: try visit.person()))
        if record.cardNumber == nil, record.confirmedBy != nil { return Self.missing(visit, record) }
        return """
            \(try Self.card(record))
            <p class="screen"><button class="primary" type="button" data-print>打印</button>　\
            \(Elements.link("/people/\(record.row.person.rawValue)", "个人台账"))</p>
            """
    }

    /// Verified, and only the card is still to be issued: the way to it, for those who may go it.
    private static func missing(_ visit: Visit, _ record: PersonRecord) -> HTML {
        let way: HTML =
            ConfirmPage.roles.contains(visit.officer.role)
            ? "请在\(Elements.link(ConfirmPage.path, "核对与联系卡"))页勾选此人，发放联系卡。" : "由所在乡镇（社区）发放。"
        return """
            <p class="notice">\(Elements.link("/people/\(record.row.person.rawValue)", record.row.name))：\
            已核对，联系卡尚未发放。\(way)</p>
            """
    }

    static func card(_ record: PersonRecord) throws -> HTML {
        guard let number = record.cardNumber else {
            throw record.confirmedBy == nil ? RegistryRefusal.notConfirmed : GatewayRefusal.cardNotIssued
        }
        let township = Elements.townshipName(record.row.township)
        return """
            <section class="card"><div class="code">\(try Self.code("JIELI:\(number):\(record.row.township)"))</div>
            <div><h2>社会化管理服务联系卡</h2>
            \(WorkList.facts([
                ("卡号", number), ("姓名", record.row.name), ("身份证号", record.row.maskedIdentity),
                ("管理服务单位", "\(Township.countyName)\(township)"), ("社区（村）", record.row.community),
                ("联系电话", record.contact?.telephone ?? ""), ("地址", record.contact?.address ?? ""),
                ("接收日期", record.acceptedOn?.chinese ?? ""),
            ]))
            <p class="muted">凭本卡到所在乡镇（社区）办理社会化管理服务事项。</p></div></section>
            """
    }

    static func code(_ text: String) throws -> HTML {
        do {
            return HTML(trustedMarkup: try QRCode.svg(text, moduleSizeInPixels: 4))
        } catch {
            throw Refusal("gateway.card.code", .busy, error.message)
        }
    }
}

/// Several cards on one page, to print at once: those that were just issued, or a page of all that were.
struct CardsPage: Page {
    static let path = "/cards"
    static let title = "退休人员联系卡"
    static let roles: Set<Role> = [.township]
    private static let most = WorkList.rowsPerPage

    static func address(_ persons: [PersonID]) -> String {
        Address(path, persons.map { ("person", String($0.rawValue)) }).string
    }

    func show(_ visit: Visit) throws -> HTML {
        let persons = visit.request.queries("person").compactMap { Int64($0) }.prefix(Self.most)
        guard !persons.isEmpty else {
            return "<p class=\"empty\">没有选择人员，请在\(Elements.link(ConfirmPage.path, ConfirmPage.title))页勾选后发放。</p>"
        }
        let cards = try persons.map { try CardPage.card(visit.ask(GetPerson(person: PersonID($0)))) }
        return """
            \(Deed.line(visit))
            <p class="screen">共 \(cards.count) 张。<button class="primary" type="button" data-print>全部打印</button>　\
            \(Elements.link(ConfirmPage.path, "‹ 返回列表"))</p>\(cards)
            """
    }
}
