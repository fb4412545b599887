import Contracts
import Domain
import Web

/// The enterprises of the programme (第四条、第七条), and entering or changing one.
struct EnterprisesPage: Page {
    static let path = "/enterprises"
    static let title = "移交企业"
    static let roles = ListEnterprises.roles
    static let menu: String? = "企业"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let mayRecord = RecordEnterprise.roles.contains(visit.officer.role)
        let enterprises = try visit.ask(ListEnterprises()).rows
        let table = Elements.table(
            headers: ["统一社会信用代码", "企业", "类型", "人数", "备注"] + (mayRecord ? [""] : []),
            rows: enterprises.map { row in
                let remarks = [
                    row.isFinancial ? "金融企业" : nil, row.hasAnnuity ? "有企业年金" : nil,
                    row.hasVanished ? "主体已消失，由\(row.standIn ?? "")办理（第七条）" : nil,
                ]
                return [
                    "\(row.code)", "\(row.name)", "\(row.ownership.chinese)", "\(row.people)",
                    "\(remarks.compactMap { $0 }.joined(separator: "；"))",
                ] + (mayRecord ? [Elements.link(Address(Self.path, [("change", row.code)]).string, "修改")] : [])
            }, empty: "还没有登记企业。")
        guard mayRecord else { return table }
        let known = enterprises.first { $0.code == visit.optional("change") }
        return "\(table)\(form(visit, known))"
    }

    func act(_ visit: Visit) throws -> WebResponse {
        try visit.order(
            RecordEnterprise(
                code: visit.text("code"), name: visit.text("name"),
                ownership: try visit.choice("ownership", "企业类型", of: Ownership.self),
                isFinancial: visit.isTicked("isFinancial"), hasVanished: visit.isTicked("hasVanished"),
                standIn: visit.optional("standIn"), hasAnnuity: visit.isTicked("hasAnnuity")))
        return Flash.saved.redirect(to: Self.path)
    }

    /// - Parameter known: the enterprise to be changed; what was entered wins over it.
    private func form(_ visit: Visit, _ known: EnterpriseRow?) -> HTML {
        let isSent = visit.request.method == .post
        let kinds = WorkList.options(Ownership.self, \.chinese)
        let content: HTML = """
            <div>\(Elements.field(
                "code", "统一社会信用代码", value: visit.optional("code") ?? known?.code ?? "", required: true))
            \(Elements.field("name", "企业名称", value: visit.optional("name") ?? known?.name ?? "", required: true))
            \(Elements.select(
                "ownership", "企业类型", kinds, selected: visit.optional("ownership") ?? known?.ownership.rawValue))
            \(Elements.field(
                "standIn", "代为办理的单位", value: isSent ? visit.text("standIn") : known?.standIn ?? "",
                hint: "主体已消失的必填（第七条）"))</div>
            \(Elements.checkbox(
                "isFinancial", "on", "金融企业",
                isOn: isSent ? visit.isTicked("isFinancial") : known?.isFinancial ?? false))
            \(Elements.checkbox(
                "hasVanished", "on", "企业主体已消失",
                isOn: isSent ? visit.isTicked("hasVanished") : known?.hasVanished ?? false))
            \(Elements.checkbox(
                "hasAnnuity", "on", "有企业年金", isOn: isSent ? visit.isTicked("hasAnnuity") : known?.hasAnnuity ?? false))
            <div>\(Elements.button("保存"))</div>
            """
        return Elements.section(
            known == nil ? "登记企业" : "修改企业", Elements.form(visit, action: Self.path, content))
    }
}
