import Web

/// What a form did for several people at once, told with their number after the redirect. The address holds the name of
/// a known sentence and a number only, so it cannot put words into a page.
enum Deed: String {
    case applied
    case received
    case sentBack = "sent-back"
    case cardsIssued = "cards-issued"

    private func sentence(_ count: Int) -> String {
        switch self {
        case .applied: "已提出移交申请，共 \(count) 人。"
        case .received: "已接收 \(count) 人，转由本乡镇管理。"
        case .sentBack: "已退回申请，涉及 \(count) 人；企业在“移交申请”页能看到原因。"
        case .cardsIssued: "已发放联系卡 \(count) 张。"
        }
    }

    func redirect(to path: String, count: Int, _ query: [(String, String?)] = []) -> WebResponse {
        .redirect(to: Address(path, query + [("did", rawValue), ("count", String(count))]).string)
    }

    /// The sentence that the address asks for; nothing without one. It is not printed.
    static func line(_ visit: Visit) -> HTML {
        guard let deed = visit.request.query("did").flatMap(Deed.init),
            let count = visit.request.query("count").flatMap({ Int($0) }), count > 0
        else { return HTML() }
        return "<p class=\"done screen\" role=\"status\">\(deed.sentence(count))</p>"
    }
}
