import Contracts
import Domain
import Web

/// The pieces that pages are made of, so that a table or a form looks and works the same everywhere.
enum Elements {
    /// A table; each row is its cells. `empty` stands in place of no rows.
    static func table(headers: [String], rows: [[HTML]], empty: String = "没有记录。") -> HTML {
        guard !rows.isEmpty else { return "<p class=\"empty\">\(empty)</p>" }
        let head = headers.map { "<th scope=\"col\">\($0)</th>" as HTML }
        let body = rows.map { row in "<tr>\(row.map { "<td>\($0)</td>" as HTML })</tr>" as HTML }
        // A telephone shows four columns; of more it is to say that they are there.
        let isWide = headers.count > 4
        return """
            <div class="scroll\(isWide ? " wide" : "")"\(HTML.attribute("tabindex", isWide ? "0" : nil))>\
            \(isWide ? "<span class=\"hint\">左右滑动查看全部列 ›</span>" as HTML : HTML())<table><thead><tr>\(head)\
            </tr></thead><tbody>\(body)</tbody></table></div>
            """
    }

    static func badge(_ text: String, _ kind: BadgeKind = .plain) -> HTML {
        "<span class=\"badge \(kind.rawValue)\">\(text)</span>"
    }

    enum BadgeKind: String {
        case plain, good, waiting, bad
    }

    static func status(_ status: PersonStatus) -> HTML {
        switch status {
        case .handedOver: badge(status.chinese, .good)
        case .accepted, .applied: badge(status.chinese, .waiting)
        case .verified, .registered: badge(status.chinese)
        }
    }

    /// How much of how much, in figures and as a bar.
    static func progress(_ done: Int, of total: Int) -> HTML {
        guard total > 0 else { return "<span class=\"muted\">—</span>" }
        let percent = done * 100 / total
        return """
            <span class="progress"><progress max="\(total)" value="\(done)">\(percent)%</progress>
            <span>\(done)/\(total)（\(percent)%）</span></span>
            """
    }

    // MARK: Forms

    /// A form of the signed-in account, with its token. Browsers of shared machines are not to offer the names and
    /// numbers that somebody else typed.
    static func form(_ visit: Visit, action: String, hasFile: Bool = false, _ content: HTML) -> HTML {
        """
        <form method="post" action="\(action)" autocomplete="off"\
        \(HTML.attribute("enctype", hasFile ? "multipart/form-data" : nil))>
        \(visit.tokenField)\(content)</form>
        """
    }

    static func field(
        _ name: String, _ label: String, value: String = "", type: String = "text", required: Bool = false,
        hint: String? = nil
    ) -> HTML {
        """
        <label class="field"><span>\(label)</span><input name="\(name)" type="\(type)" value="\(value)"\
        \(HTML.flag("required", required))>\(hint.map { "<small>\($0)</small>" as HTML })</label>
        """
    }

    static func dateField(_ name: String, _ label: String, value: CalendarDay?, latest: CalendarDay? = nil) -> HTML {
        """
        <label class="field"><span>\(label)</span><input name="\(name)" type="date" required \
        value="\(value?.description ?? "")"\(HTML.attribute("max", latest?.description))></label>
        """
    }

    static func textArea(_ name: String, _ label: String, value: String = "", rows: Int = 4, hint: String? = nil)
        -> HTML
    {
        """
        <label class="field wide"><span>\(label)</span><textarea name="\(name)" rows="\(rows)">\(value)</textarea>\
        \(hint.map { "<small>\($0)</small>" as HTML })</label>
        """
    }

    /// - Parameter options: value and text.
    static func select(_ name: String, _ label: String, _ options: [(String, String)], selected: String? = nil) -> HTML
    {
        let choices = options.map { value, text in
            "<option value=\"\(value)\"\(HTML.flag("selected", value == selected))>\(text)</option>" as HTML
        }
        return "<label class=\"field\"><span>\(label)</span><select name=\"\(name)\">\(choices)</select></label>"
    }

    static func checkbox(_ name: String, _ value: String, _ label: String, isOn: Bool = false) -> HTML {
        """
        <label class="check"><input type="checkbox" name="\(name)" value="\(value)"\(HTML.flag("checked", isOn))>
        \(label)</label>
        """
    }

    static func button(_ text: String, kind: String = "primary") -> HTML {
        "<button class=\"\(kind)\" type=\"submit\">\(text)</button>"
    }

    static func link(_ address: String, _ text: String) -> HTML { "<a href=\"\(address)\">\(text)</a>" }

    static func section(_ title: String, _ content: HTML) -> HTML {
        "<section><h2>\(title)</h2>\(content)</section>"
    }

    /// A link to the next page of a list; nothing at its end.
    static func next(_ address: String?) -> HTML {
        guard let address else { return HTML() }
        return "<p class=\"pager\"><a href=\"\(address)\">下一页 ›</a></p>"
    }

    /// Links to the pages before and after one page of a list; nothing when there is only this one.
    static func pager(page: Int, previous: String?, next: String?) -> HTML {
        guard previous != nil || next != nil else { return HTML() }
        return """
            <p class="pager">\(previous.map { "<a href=\"\($0)\" rel=\"prev\">‹ 上一页</a>" as HTML })
            <span class="muted">第 \(page) 页</span>
            \(next.map { "<a href=\"\($0)\" rel=\"next\">下一页 ›</a>" as HTML })</p>
            """
    }

    static func townshipName(_ code: String) -> String { Township(code)?.name ?? code }

    static let townshipOptions = Township.all.map { ($0.code, $0.name) }
}

/// An address with its query, each value encoded.
struct Address {
    private var text: String

    init(_ path: String, _ query: [(String, String?)] = []) {
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(Self.encode($0))" } }
        text = pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
    }

    var string: String { text }

    private static func encode(_ value: String) -> String {
        value.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
