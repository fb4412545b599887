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
        guard let number = record.cardNumber else { throw RegistryRefusal.notConfirmed }
        let township = Elements.townshipName(record.row.township)
        return """
            <section class="card"><div class="code">\(try Self.code("JIELI:\(number):\(record.row.township)"))</div>
            <div><h2>社会化管理服务联系卡</h2>
            \(WorkList.facts([
                ("卡号", number), ("姓名", record.row.name), ("身份证号", record.row.maskedIdentity),
                ("管理服务单位", "\(Township.countyName)\(township)"), ("社区（村）", record.row.community),
                ("接收日期", record.acceptedOn?.chinese ?? ""),
            ]))
            <p class="muted">凭本卡到所在乡镇（社区）办理社会化管理服务事项。</p></div></section>
            <p><button class="primary" type="button" data-print>打印</button>　\
            \(Elements.link("/people/\(record.row.person.rawValue)", "个人台账"))</p>
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
