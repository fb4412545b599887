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
        let found = try visit.ask(
            RegistryWork(step: .verify, narrowing: visit.narrowing, after: visit.after, limit: WorkList.rowsPerPage))
        let mayVerify = VerifyPersons.roles.contains(visit.officer.role)
        let table = Elements.table(
            headers: (mayVerify ? [""] : []) + WorkList.personHeaders + ["社区（村）", "政治面貌", "名册提示"],
            rows: found.rows.map { row in
                (mayVerify ? [WorkList.tick(visit, row.person)] : []) + WorkList.personCells(row.person, row)
                    + ["\(row.community)", "\(row.isPartyMember ? "中共党员" : "")", WorkList.noted(row)]
            }, empty: WorkList.none(visit, "没有待核准的人员。名册导入后会出现在这里。"))
        let filters = try WorkList.filters(visit)
        guard mayVerify, !found.rows.isEmpty else { return "\(filters)\(table)\(WorkList.next(visit, found.next))" }
        return """
            \(filters)<p>请对照人事档案和养老待遇审批表核对后勾选（第十五条（二））。</p>
            \(Elements.form(
                visit, action: Address(Self.path, visit.narrowed).string,
                "\(WorkList.tickAll)\(table)<p>\(Elements.button("核准登记所选人员"))</p>\(declining(visit))"))
            \(WorkList.next(visit, found.next))
            """
    }

    /// A second button of the same form, for those who are not to be verified.
    private func declining(_ visit: Visit) -> HTML {
        """
        <details><summary>所选人员有误，不予核准</summary>
        <p class="muted">不予核准的人员从台账中移除，原因列在名册页上；企业改正后可用新文件重报这些行。</p>
        <div class="row">\(Elements.select(
            "cause", "原因", WorkList.options(DeclineCause.self, \.chinese), selected: visit.optional("cause")))
        <button class="danger" type="submit" name="step" value="decline">不予核准所选人员</button></div></details>
        """
    }

    func act(_ visit: Visit) throws -> WebResponse {
        if visit.text("step") == "decline" {
            let cause = try visit.choice("cause", "原因", of: DeclineCause.self)
            try visit.order(DeclinePersons(persons: visit.persons(), cause: cause))
        } else {
            try visit.order(VerifyPersons(persons: visit.persons()))
        }
        return Flash.saved.redirect(to: Self.path, visit.narrowed)
    }
}
