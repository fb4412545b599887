import Contracts
import Web

/// The human-resources bureau's list: people from rosters who wait to be verified and registered (第十五条（二）).
struct VerifyPage: Page {
    static let path = "/work/verify"
    static let title = "核准登记"
    static let roles: Set<Role> = [.humanResources, .workingTeam]
    static let menu: String? = "核准登记"
    static let hasForm = true

    func show(_ visit: Visit) throws -> HTML {
        let found = try visit.ask(RegistryWork(step: .verify, after: visit.after, limit: WorkList.rowsPerPage))
        let mayVerify = VerifyPersons.roles.contains(visit.officer.role)
        let table = Elements.table(
            headers: (mayVerify ? [""] : []) + WorkList.personHeaders + ["社区（村）", "政治面貌"],
            rows: found.rows.map { row in
                (mayVerify ? [WorkList.tick(visit, row.person)] : []) + WorkList.personCells(row.person, row)
                    + ["\(row.community)", "\(row.isPartyMember ? "中共党员" : "")"]
            }, empty: "没有待核准的人员。名册导入后会出现在这里。")
        guard mayVerify, !found.rows.isEmpty else { return "\(table)\(WorkList.next(visit, found.next))" }
        return """
            <p>请对照人事档案和养老待遇审批表核对后勾选（第十五条（二））。</p>
            \(Elements.form(
                visit, action: Self.path, "\(WorkList.tickAll)\(table)<p>\(Elements.button("核准登记所选人员"))</p>"))
            \(WorkList.next(visit, found.next))
            """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        try visit.order(VerifyPersons(persons: visit.persons()))
        return Flash.saved.redirect(to: Self.path)
    }
}
